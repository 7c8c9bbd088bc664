"""The badge that other sites show: a small page to be framed, and a plain picture. Both follow the status, without script nor cookie."""

from __future__ import annotations

from flask import Response

from certif.kit.access import ANYONE, audience
from certif.kit.copies import kept_copy
from certif.kit.limits import limiter
from certif.kit.web import anonymous, page
from certif.public.picture_views import as_picture
from certif.public.pictures import badge_as_png, face_of
from certif.public.queries import facts_at, shown_at, shown_by
from certif.public.views import GENEROUS, pages

SMALL = 320
FRAMEABLE = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""The policy of the one page that any site may frame: it runs nothing, asks nothing, and its only link opens apart."""


@pages.route("/v/<code>/insigne")
@audience(ANYONE)
@anonymous
def badge_frame(code: str) -> Response:
    """The badge as it stands today, as a page for other sites to frame."""
    facts = facts_at(code)
    answer = kept_copy(f"badge {code}", facts, lambda: page("public/badge_frame.html", shown=shown_by(facts)))
    answer.headers["Content-Security-Policy"] = FRAMEABLE
    return answer


@pages.route("/v/<code>/insigne.png", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def badge_small(code: str) -> Response:
    """The same as a picture, small enough for a page or an e-mail."""
    shown = shown_at(code)
    return as_picture(badge_as_png(face_of(shown), SMALL), "image/png", f"insigne-{shown.code}.png")
