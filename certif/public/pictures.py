"""The pictures of a code: its badge, its QR, its card. Drawn once for what they say, and kept in memory for the next who asks."""

from __future__ import annotations

from functools import lru_cache

from certif.badges import BadgeFace, badge_svg, draw_badge, draw_qr, qr_svg, social_card
from certif.kit.languages import _, format_day
from certif.kit.web import absolute_url
from certif.public.queries import Shown
from certif.standing import Status

_KEPT = 128

badge_as_png = lru_cache(_KEPT)(draw_badge)
badge_as_svg = lru_cache(_KEPT)(badge_svg)
card_as_png = lru_cache(_KEPT)(social_card)
qr_as_png = lru_cache(_KEPT)(draw_qr)


def face_of(shown: Shown) -> BadgeFace:
    """Give what the badge of a code says today, in French: the language of what is posted up."""
    level, colours = shown.level if shown.status.is_held else None, shown.version.rules.colours
    usual = colours.in_progress if shown.status is Status.IN_PROGRESS else colours.primary
    return BadgeFace(
        employer=shown.employer,
        place=shown.place,
        program=shown.program,
        status=shown.status.value,
        label=shown.status.label,
        dates=_dates(shown),
        address=printed_address(shown.code),
        language="fr",
        level=level.name.fr if level and not level.is_supporter else "",
        colour=level.colour if level else usual,
        link=address_of(shown.code),
    )


def address_of(code: str) -> str:
    """Give the whole address that the QR of a code holds."""
    return str(absolute_url("public.verify", code=code, language="fr"))


def printed_address(code: str) -> str:
    """Give the short address printed beside the QR: the same, without its scheme."""
    return address_of(code).split("://")[1]


def qr_as_svg(code: str) -> str:
    """Draw the QR of a code as SVG."""
    return qr_svg(address_of(code), alt=_("Code QR qui mène à %(address)s", address=printed_address(code)))


def _dates(shown: Shown) -> str:
    if shown.status is Status.REVOKED and shown.revoked_on:
        return str(_("Retirée le %(day)s", day=format_day(shown.revoked_on)))
    if shown.valid_until is None:
        return ""
    if shown.status.is_held:
        return str(_("Jusqu’au %(day)s", day=format_day(shown.valid_until)))
    if shown.status is Status.EXPIRED:
        return str(_("Terminée le %(day)s", day=format_day(shown.valid_until)))
    return str(_("Terme prévu : %(day)s", day=format_day(shown.valid_until)))
