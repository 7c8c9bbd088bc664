"""The badge and the social card: one drawing (`templates/documents/badge.typ`, `card.typ`), as PNG and as SVG."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from certif.badges.qr import qr_svg

_ROOT = Path(__file__).parents[2]
_DRAWINGS = _ROOT / "templates" / "documents"
_FONTS = _ROOT / "static" / "fonts" / "pdf"
_POINTS = 300
"""The side of the drawing, in points: 1200 pixels at 288 dots an inch."""

_press = Lock()


@dataclass(frozen=True)
class BadgeFace:
    """What a badge says. `status` is one of `in_progress certified supporter suspended expired revoked paused`, `label` the same in words;
    `colour`, `#rrggbb`, the program's; `address`, the short address printed on it, which alone is the proof; `link`, the whole of it, which
    the code of the card opens.
    """

    employer: str
    place: str
    program: str
    status: str
    label: str
    dates: str
    address: str
    language: str
    level: str = ""
    colour: str = "#0f4a3c"
    link: str = ""


_MOST = {"employer": 96, "place": 46, "program": 60, "level": 24}
"""How many signs the drawing has room for; the page that the code opens says it whole."""


def draw_badge(face: BadgeFace, size: int = 1200) -> bytes:
    """Draw a badge. Gives: PNG bytes, `size` × `size` pixels, sRGB, the same for the same face."""
    drawn = _draw("badge", face, format="png", ppi=size * 72 / _POINTS)
    assert isinstance(drawn, bytes)
    return drawn


def badge_svg(face: BadgeFace) -> bytes:
    """Draw a badge. Gives: a whole SVG document, its letters drawn, named for who cannot see it."""
    drawn = _draw("badge", face, format="svg")
    title = f"{face.label} : {face.employer}" if face.language == "fr" else f"{face.label}: {face.employer}"
    head, rest = drawn.decode().split(">", 1)
    about = escape(f"{face.place}. {face.dates}. {face.address}")
    return f'{head} role="img"><title>{escape(title)}</title><desc>{about}</desc>{rest}'.encode()


def social_card(face: BadgeFace) -> bytes:
    """Draw the card for social networks. Gives: PNG bytes, 1200 × 630 pixels."""
    drawn = _draw("card", face, format="png", ppi=144)
    assert isinstance(drawn, bytes)
    return drawn


def _draw(drawing: str, face: BadgeFace, **how: Any) -> Any:
    with _press:
        said = {name: _shortened(value, _MOST.get(name)) for name, value in asdict(face).items()}
        said["qr"] = qr_svg(face.link or face.address, alt="") if drawing == "card" else ""
        return _compiler(drawing).compile(sys_inputs={"data": json.dumps(said, ensure_ascii=False)}, **how)


def _shortened(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else f"{text[: most - 1].rstrip()}…"


@cache
def _compiler(drawing: str) -> Any:
    return typst.Compiler(_DRAWINGS / f"{drawing}.typ", root=_DRAWINGS, font_paths=[_FONTS], ignore_system_fonts=True)
