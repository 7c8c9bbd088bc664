"""The roll, for people and for programs. Nothing is gathered whole: a day is given page by page, as it is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import Response, request, stream_with_context

from certif.kit.access import ANYONE, audience
from certif.kit.copies import kept_copy
from certif.kit.handouts import handout
from certif.kit.limits import limiter
from certif.kit.web import Pages, absolute_url, anonymous, page
from certif.roll import queries

pages = Pages("roll", __name__)

OFTEN, SELDOM = "600 per minute", "60 per minute"
LINES = "application/jsonl"
SCRIPT = Path(__file__).with_name("check_roll.py")


@pages.route("/registre")
@audience(ANYONE)
@anonymous
def show_roll() -> Response:
    """The days of the roll, and how to check them without us."""
    before = _number_asked("avant")
    shown, following = queries.days_before(before)
    site = str(absolute_url("public.home", language="fr")).rstrip("/")
    return kept_copy(
        f"roll {shown[0].number if shown else ''} {before is not None}",
        (*(one.digest for one in shown), following),
        lambda: page("roll/show_roll.html", days=shown, before=before, following=following, site=site),
    )


@pages.route("/registre.jsonl", bilingual=False)
@limiter.limit(SELDOM)
@audience(ANYONE)
@anonymous
def read_chain() -> Response:
    """Every day, oldest first, one a line; `?apres=12`: those after the twelfth only, for who has the others."""
    days = queries.days_after(_number_asked("apres") or 0)
    return _streamed((one.line.encode() for one in days), "registre.jsonl")


@pages.route("/registre/<day>.json", bilingual=False)
@limiter.limit(OFTEN)
@audience(ANYONE)
@anonymous
def read_day(day: str) -> Response:
    """One day: what was signed, and the signature."""
    return _unchanging(queries.roll_of(day).line.encode(), "application/json", f"registre-{day}.json")


@pages.route("/registre/<day>.jsonl", bilingual=False)
@limiter.limit(SELDOM)
@audience(ANYONE)
@anonymous
def read_names(day: str) -> Response:
    """Every line of a day: who was certified, where, at which level, until when."""
    return _streamed(queries.pages_named(queries.digests_of(queries.roll_of(day))), f"registre-{day}.jsonl")


@pages.route("/registre/pages/<digest>.jsonl", bilingual=False)
@limiter.limit(OFTEN)
@audience(ANYONE)
@anonymous
def read_page(digest: str) -> Response:
    """One page of lines, named by its own SHA-256."""
    return _unchanging(queries.page_of(digest), LINES, f"{digest}.jsonl")


@pages.route("/registre/verifier.py", bilingual=False)
@limiter.limit(OFTEN)
@audience(ANYONE)
@anonymous
def read_script() -> Response:
    """The program that checks an archive of the roll, and needs nothing but Python."""
    return _kept(handout(SCRIPT), "text/x-python", "verifier.py", "public, max-age=300")


def _number_asked(name: str) -> int | None:
    """Read the number of a day in the question of an address; what is no number asks nothing."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else None


def _streamed(parts: Iterable[bytes], file_name: str) -> Response:
    return _named(Response(stream_with_context(parts), mimetype=LINES), file_name, kept="public, max-age=30")  # type: ignore[call-overload]


def _unchanging(content: bytes, kind: str, file_name: str) -> Response:
    return _kept(content, kind, file_name, "public, max-age=31536000, immutable")


def _kept(content: bytes, kind: str, file_name: str, kept: str) -> Response:
    response = _named(Response(content, mimetype=kind), file_name, kept=kept)
    response.add_etag()
    response.make_conditional(request)
    return response


def _named(response: Response, file_name: str, *, kept: str) -> Response:
    response.headers.set("Content-Disposition", "inline", filename=file_name)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = kept
    return response
