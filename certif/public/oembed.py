"""How other sites show a page of ours in theirs, when somebody pastes its address there. Source: oEmbed 1.0, 2.3 (oembed.com)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax import saxutils

from werkzeug.exceptions import NotFound

from certif.directory import TALL_FRAME, frame_code, question_in
from certif.kit.copies import KEPT_SECONDS
from certif.kit.languages import _, language, speaking
from certif.kit.settings import settings
from certif.kit.web import absolute_url
from certif.public.queries import shown_at
from certif.visibility import BADGE, badge_code

_ADDRESS = re.compile(r"https?://([^/?#]+)(/en)?(?:/v/([0-9A-Za-z-]{1,60})|(/repertoire(?:/cadre)?))/?(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_LIST = (720, TALL_FRAME)
_SMALLEST = 100

Said = dict[str, str | int]


@dataclass(frozen=True)
class Room:
    """The most room that a site gives, in pixels; None where it does not say."""

    width: int | None
    height: int | None

    def fit(self, size: tuple[int, int]) -> tuple[int, int]:
        """Give the size that is shown: its own, or less where there is less room."""
        width, height = (min(own, most or own) for own, most in zip(size, (self.width, self.height), strict=True))
        return width, height


def shown_elsewhere(address: str, room: Room) -> Said:
    """Give how a page is shown in another site.

    Refuses (404): an address that is not of this site, or of a page that has no small form; a code that shows nothing; no room for it.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or found[1] != settings().host or min(room.width or _SMALLEST, room.height or _SMALLEST) < _SMALLEST:
        raise NotFound
    with speaking("en" if found[2] else "fr"):
        return _badge(found[3], room) if found[3] else _directory(found[5] or "", room)


def as_xml(said: Said) -> str:
    """Write the same as XML."""
    inside = "".join(f"<{name}>{saxutils.escape(str(value))}</{name}>" for name, value in said.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{inside}</oembed>\n'


def _badge(code: str, room: Room) -> Said:
    shown = shown_at(code)
    size, title = room.fit(BADGE), f"{shown.status.label} – {shown.employer}"
    picture: Said = {
        "thumbnail_url": str(absolute_url("public.badge_small", code=shown.code)),
        "thumbnail_width": 320,
        "thumbnail_height": 320,
    }
    is_small = (room.width or 320) < 320 or (room.height or 320) < 320
    rich = _rich(title, badge_code(shown.code, title, size), size)
    return rich if is_small else rich | picture


def _directory(query: str, room: Room) -> Said:
    size = room.fit(_LIST)
    return _rich(str(_("Employeurs certifiés")), frame_code(question_in(query), str(size[0]), size[1]), size)


def _rich(title: str, html: str, size: tuple[int, int]) -> Said:
    return {
        "type": "rich",
        "version": "1.0",
        "title": title,
        "provider_name": "Certif",
        "provider_url": str(absolute_url("public.home", language=language())),
        "cache_age": KEPT_SECONDS,
        "html": html,
        "width": size[0],
        "height": size[1],
    }
