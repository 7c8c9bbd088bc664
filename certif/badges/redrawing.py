"""Pictures that people give, made again from their pixels: what is kept holds nothing but a picture, of a bounded size.

What the header says is believed only to refuse: kind, size and animation are read there, before one pixel is decoded. Source: reliability,
T9: a PNG of 17 KiB may ask for 700 MiB.
"""

from __future__ import annotations

import base64
import io

from PIL import Image, ImageOps, UnidentifiedImageError

from certif.kit.errors import Refusal
from certif.kit.languages import _

HEAVIEST_PICTURE, MOST_PIXELS = 5 * 1024 * 1024, 16_000_000
WIDEST, HEAVIEST, WIDEST_PAGE = 800, 600 * 1024, 2200
"""What is kept: 800 pixels are 300 dots an inch on the 68 mm that a poster gives a logo."""

_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def redrawn(content: bytes) -> bytes:
    """Draw a picture again.

    Takes: `content`, the bytes of what claims to be a picture, however hostile.
    Gives: PNG bytes, at most 800 px wide and high and some 600 KB, upright, without metadata.
    Refuses: what is heavier than 5 MB; what is not a PNG, JPEG or WebP picture, or is cut short; one of more than 16 million pixels; one
    that moves.
    """
    return _bounded(_drawn(content, WIDEST))


def redrawn_page(content: bytes) -> bytes:
    """Draw the picture of a page again, so that it can still be read.

    Takes: `content`, the bytes of what claims to be a picture, however hostile.
    Gives: JPEG bytes, at most 2200 px wide and high, upright, on white, without metadata.
    Refuses: what `redrawn` refuses.
    """
    drawn, kept = _drawn(content, WIDEST_PAGE), io.BytesIO()
    page = Image.new("RGB", drawn.size, "white")
    page.paste(drawn, mask=drawn)
    page.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def _drawn(content: bytes, widest: int) -> Image.Image:
    if len(content) > HEAVIEST_PICTURE:
        raise Refusal(_("Cette image est trop lourde. Choisissez-en une de 5 Mo au plus."))
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
            _check_header(picture)
            picture.draft("RGB", (2 * widest, 2 * widest))  # a JPEG is decoded no larger than needed
            drawn = ImageOps.exif_transpose(picture).convert("RGBA")
    except _BOMBS:
        raise _too_large() from None
    except _UNREADABLE as error:
        raise Refusal(_("Ce fichier n’est pas une image lisible. Choisissez une image PNG, JPEG ou WebP.")) from error
    drawn.thumbnail((widest, widest))
    return drawn


def as_svg(png: bytes) -> str:
    """Wrap a picture that was redrawn in SVG, as the typesetter takes it. Gives: a whole SVG document without any outside reference."""
    width, height = Image.open(io.BytesIO(png), formats=("PNG",)).size
    data = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def _check_header(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large()
    if getattr(picture, "is_animated", False):
        raise Refusal(_("Cette image est animée. Choisissez une image fixe."))


def _too_large() -> Refusal:
    return Refusal(_("Cette image est trop grande. Choisissez-en une de 16 millions de pixels au plus, comme 4000 sur 4000."))


def _bounded(drawn: Image.Image) -> bytes:
    while True:
        clean, kept = Image.new("RGBA", drawn.size), io.BytesIO()
        clean.paste(drawn)
        clean.save(kept, "PNG", optimize=True)
        if kept.tell() <= HEAVIEST:
            return kept.getvalue()
        drawn = drawn.resize((max(1, drawn.width * 3 // 4), max(1, drawn.height * 3 // 4)), Image.Resampling.LANCZOS)
