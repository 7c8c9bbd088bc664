"""Logos, made again from their pixels: what is kept holds nothing but a picture, of a bounded size."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from certif.kit.errors import Refusal
from certif.kit.languages import _

WIDEST, MOST_PIXELS = 800, 40_000_000


def redrawn(content: bytes) -> bytes:
    """Draw a picture again.

    Gives: PNG bytes, at most 800 px wide and high, without metadata.
    Refuses: what is not a PNG, JPEG or WebP picture, or has more than 40 million pixels.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refusal(_("Choisissez une image plus petite : 40 millions de pixels au plus."))
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refusal(_("Choisissez une image PNG, JPEG ou WebP.")) from error
    drawn.thumbnail((WIDEST, WIDEST))
    clean = Image.new("RGBA", drawn.size)
    clean.paste(drawn)
    kept = io.BytesIO()
    clean.save(kept, "PNG", optimize=True)
    return kept.getvalue()
