"""The pictures of a code, for its employer to post up and for anyone to fetch. They follow the status; the page stays the proof."""

from __future__ import annotations

from flask import Response, request

from certif.kit.access import ANYONE, audience
from certif.kit.copies import kept_briefly
from certif.kit.limits import limiter
from certif.kit.web import anonymous
from certif.public import pictures
from certif.public.queries import shown_at
from certif.public.views import GENEROUS, pages

_PNG, _SVG = "image/png", "image/svg+xml"


@pages.route("/v/<code>/badge.png", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def badge_png(code: str) -> Response:
    """The badge as it stands today."""
    shown = shown_at(code)
    return as_picture(pictures.badge_as_png(pictures.face_of(shown)), _PNG, f"badge-{shown.code}.png")


@pages.route("/v/<code>/badge.svg", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def badge_svg(code: str) -> Response:
    """The badge as it stands today, for print at any size."""
    shown = shown_at(code)
    return as_picture(pictures.badge_as_svg(pictures.face_of(shown)), _SVG, f"badge-{shown.code}.svg")


@pages.route("/v/<code>/qr.png", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def qr_png(code: str) -> Response:
    """The QR code, which always opens the same page."""
    shown = shown_at(code)
    return as_picture(pictures.qr_as_png(pictures.address_of(shown.code)), _PNG, f"qr-{shown.code}.png")


@pages.route("/v/<code>/qr.svg", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def qr_svg(code: str) -> Response:
    """The QR code, for print at any size."""
    shown = shown_at(code)
    return as_picture(pictures.qr_as_svg(shown.code).encode(), _SVG, f"qr-{shown.code}.svg")


@pages.route("/v/<code>/card.png", bilingual=False)
@limiter.limit(GENEROUS)
@audience(ANYONE)
@anonymous
def card_png(code: str) -> Response:
    """What a social network shows of the page."""
    shown = shown_at(code)
    return as_picture(pictures.card_as_png(pictures.face_of(shown)), _PNG, f"carte-{shown.code}.png")


def as_picture(content: bytes, kind: str, file_name: str) -> Response:
    """Answer with a picture that may never run as a page of ours, and that anybody may keep briefly."""
    response = Response(content, mimetype=kind)
    response.headers.set("Content-Disposition", "inline", filename=file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    kept_briefly(response).make_conditional(request)
    return response
