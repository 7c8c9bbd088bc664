"""The blueprint of the room, and how its pages find the draft of a browser or the employer of a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from werkzeug import Response

from certif.employers.arrivals import RegistrationDraft
from certif.employers.drafts import DRAFT_COOKIE, KEPT, find_draft
from certif.employers.model import employers_of, membership_of
from certif.kit import tokens
from certif.kit.access import actor
from certif.kit.languages import _
from certif.kit.settings import settings
from certif.kit.web import Pages, go, say

pages = Pages("employers", __name__)

View = Callable[..., Any]
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def open_draft() -> RegistrationDraft | None:
    """Give this browser's draft while it is not finished, or None."""
    draft = find_draft(request.cookies.get(DRAFT_COOKIE))
    return draft if draft is not None and draft.employer_id is None else None


def draft_token() -> str:
    """Give the token this browser keeps its draft under; a new one where it has none, or where its draft is finished."""
    token = request.cookies.get(DRAFT_COOKIE, "")
    draft = find_draft(token)
    is_fit = draft.employer_id is None if draft is not None else _TOKEN.fullmatch(token)
    return token if is_fit else tokens.secret()


def remember(response: Response, token: str) -> Response:
    """Let the browser keep the token of its draft, out of the reach of scripts."""
    response.set_cookie(DRAFT_COOKIE, token, max_age=KEPT, httponly=True, samesite="Lax", secure=settings().is_https)
    return response


def with_draft(view: View) -> View:
    """Give the view this browser's draft; without one, lead to the beginning."""

    @wraps(view)
    def found(**values: Any) -> Any:
        draft = open_draft()
        if draft is None:
            say(_("Votre inscription n’a pas été retrouvée. Commencez-la ici, ou ouvrez le lien que vous avez reçu par courriel."))
            return go("employers.start")
        return view(draft, **values)

    return found


def with_my_employer(view: View) -> View:
    """Give the view my membership of the employer named `ref`; without a name, of my only one, else lead to the list of mine."""

    @wraps(view)
    def found(ref: str | None = None) -> Any:
        if ref is None:
            mine = employers_of(actor())
            if len(mine) != 1:
                return go("employers.list_employers")
            ref = mine[0].ref
        return view(membership_of(actor(), ref))

    return found
