"""Pictures taken at meetings: the place or what hangs there, never kept as the phone made them."""

from __future__ import annotations

from certif import badges
from certif.kit import sent_files


def keep_photo(content: bytes) -> str:
    """Keep the picture of a meeting, drawn again without what a phone writes in it (place, hour, device). Gives: its digest.

    Refuses: what is not a picture; one that is too heavy.
    """
    return sent_files.keep(badges.redrawn_page(content), "image/jpeg")
