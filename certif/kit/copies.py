"""Copies of public pages, kept in memory for as long as what they say is true: read anew, compared, and only then given again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import Response, request

from certif.kit import clock
from certif.kit.languages import language
from certif.kit.settings import settings

KEPT_SECONDS = 30
"""How long a neighbour who serves many may show its copy without asking again: a revocation is seen by all within the minute."""

_MOST = 1024  # some 11 MB in each process

_copies: OrderedDict[tuple[str, ...], tuple[object, Response]] = OrderedDict()
_turn = Lock()


def kept_copy(name: str, facts: object, make: Callable[[], Response]) -> Response:
    """Answer with the copy made from the very same facts, on the same day, in this language; else make it, and keep it.

    Takes: `name`, of the page and what it is about; `facts`, all that the page says, comparable.
    """
    key, mark = (name, language(), settings().public_base_url), (facts, clock.today())
    with _turn:
        known = _copies.get(key)
    if known is None or known[0] != mark:
        known = (mark, kept_briefly(make()))
        with _turn:
            _copies[key] = known
            if len(_copies) > _MOST:
                _copies.popitem(last=False)
    copy = Response(known[1].get_data(), known[1].status_code, known[1].headers)
    copy.make_conditional(request)
    return copy


def kept_briefly(response: Response) -> Response:
    """Let those who serve many keep this answer for half a minute, and a reader ask each time, cheaply: its mark changes with every word.

    Whoever has just suspended an employer, and looks, must not be shown what their own browser kept.
    """
    response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={KEPT_SECONDS}, must-revalidate"
    response.add_etag()
    return response
