"""The credential of a code, and the pictures that carry it: they follow the status, and what they carry was signed once."""

from __future__ import annotations

from functools import lru_cache

from werkzeug.exceptions import NotFound

from certif.badges import bake_png, bake_svg
from certif.kit import evidence
from certif.public.pictures import badge_as_png, badge_as_svg, face_of
from certif.public.queries import Shown

_KEPT = 256


def credential_of(shown: Shown) -> str:
    """Give the credential of a code, byte for byte as it was signed. Refuses (404): a code that has none yet."""
    if shown.credential is None:
        raise NotFound
    return _text(shown.credential)


def baked_png(shown: Shown) -> bytes:
    """Give the badge as it stands today, with its credential inside."""
    return bake_png(badge_as_png(face_of(shown)), credential_of(shown))


def baked_svg(shown: Shown) -> bytes:
    """Give the same as a drawing."""
    return bake_svg(badge_as_svg(face_of(shown)), credential_of(shown))


@lru_cache(_KEPT)
def _text(digest: str) -> str:
    return evidence.fetch(digest).content.decode()
