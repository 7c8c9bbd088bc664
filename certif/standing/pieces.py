"""Files that support what an employer says: bounded, looked into, and kept for a time. Pictures are drawn again from their pixels."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from certif.kit import sent_files
from certif.kit.errors import Refusal
from certif.kit.languages import _

LARGEST = 2 * 1024 * 1024
_MOST_PIXELS, _WIDEST = 16_000_000, 2000
_NAME = 80
_UNREADABLE = (
    UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, SyntaxError, ValueError, EOFError,
    IndexError, TypeError,
)  # fmt: skip


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: `name`, as its owner calls it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Piece:
    """A file that is kept: its digest, and the name under which it is saved."""

    digest: str
    name: str


def keep_piece(upload: Upload) -> Piece:
    """Keep a file.

    Takes: a PDF, kept byte for byte, or a PNG or JPEG picture, drawn again (at most 2000 px, no metadata).
    Refuses: anything else; more than 2 MiB; a picture of more than 16 million pixels.
    """
    if len(upload.content) > LARGEST:
        raise Refusal(_("Le fichier « %(name)s » est trop lourd. Choisissez-en un de 2 Mo au plus.", name=upload.name[:_NAME]))
    stem = "".join(sign for sign in upload.name.rsplit(".", 1)[0] if sign.isprintable())[:_NAME] or "piece"
    if upload.content.startswith(b"%PDF-"):
        return Piece(sent_files.keep(upload.content, "application/pdf"), f"{stem}.pdf")
    return Piece(sent_files.keep(_redrawn(upload), "image/jpeg"), f"{stem}.jpg")


def _redrawn(upload: Upload) -> bytes:
    wrong = Refusal(_("Le fichier « %(name)s » n’est ni un PDF, ni une image PNG ou JPEG.", name=upload.name[:_NAME]))
    try:
        with Image.open(io.BytesIO(upload.content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise wrong
            picture.draft("RGB", (2 * _WIDEST, 2 * _WIDEST))  # a JPEG is decoded no larger than needed
            drawn = ImageOps.exif_transpose(picture).convert("RGB")
    except _UNREADABLE as error:
        raise wrong from error
    drawn.thumbnail((_WIDEST, _WIDEST))
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=85)
    return kept.getvalue()
