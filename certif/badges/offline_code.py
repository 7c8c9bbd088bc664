"""A certificate that fits in a QR code and is checked without any network: a few lines of text, and their signature before them.

It is the end of an address, after `#`, which no browser sends to anybody: base 32 without padding, of 64 bytes of Ed25519 signature, then
the text in UTF-8. What is signed begins with PURPOSE, so that nothing else that this key signs can be taken for a certificate.
"""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass

from certif.badges.keys import IssuerKey

PURPOSE = b"certif-attestation-1\n"
_LONGEST = {"name": 60, "municipality": 40, "level": 24}


@dataclass(frozen=True)
class OfflineCertificate:
    """What is said without a network. `code`: the public code, where anyone with a network reads the rest; `until`: the last day."""

    code: str
    number: str
    name: str
    municipality: str
    level: str
    until: dt.date


def offline_code(said: OfflineCertificate, key: IssuerKey) -> str:
    """Sign a certificate. The same certificate and key give the same text: capitals and figures only, which a QR code packs tightly."""
    lines = [said.code, said.number, *(_line(name, getattr(said, name)) for name in _LONGEST), said.until.isoformat()]
    text = "\n".join(lines).encode()
    return base64.b32encode(key.private.sign(PURPOSE + text) + text).decode().rstrip("=")


def _line(name: str, words: str) -> str:
    """Give words on one line, cut where they are too long for a small code."""
    most, whole = _LONGEST[name], " ".join(words.split())
    return whole if len(whole) <= most else f"{whole[: most - 1]}…"
