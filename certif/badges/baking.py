"""Pictures that carry their credential with them. Source: 1EdTech, Open Badges 3.0, 5.3 (PNG) and 5.2 (SVG)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"


def bake_png(picture: bytes, credential: str) -> bytes:
    """Put a credential into a PNG, in its one iTXt chunk. One that it carried before is left out."""
    kept = [(kind, data) for kind, data in _chunks(picture) if kind != b"iTXt"]
    text = KEYWORD + b"\0\0\0\0\0" + credential.encode()  # not compressed, no language, no translated keyword
    return SIGNATURE + b"".join(_chunk(*one) for one in (kept[0], (b"iTXt", text), *kept[1:]))


def bake_svg(drawing: bytes, credential: str) -> bytes:
    """Put a credential into an SVG, as the first thing in it."""
    head, rest = drawing.decode().split(">", 1)
    inside = credential.replace("]]>", "]]\\u003e")  # only inside a JSON text can these three signs meet
    baked = f"<openbadges:credential><![CDATA[{inside}]]></openbadges:credential>"
    return f'{head} xmlns:openbadges="{NAMESPACE}">{baked}{rest}'.encode()


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(picture):
        (length,) = struct.unpack_from(">I", picture, place)
        yield picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        place += 12 + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
