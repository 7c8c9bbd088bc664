"""Programs that the site gives away: each is one file that needs nothing but Python, so what it takes from here is written into it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_TAKEN = "from certif.kit.ed25519 import read_multikey, verifies\n"
_SOURCE = Path(__file__).with_name("ed25519.py")


@cache
def handout(path: Path) -> bytes:
    """Give a program of this house as others run it: how signatures are checked stands where it was imported."""
    program = path.read_text(encoding="utf-8")
    assert program.count(_TAKEN) == 1, f"{path.name} does not import how signatures are checked"
    taken = _SOURCE.read_text(encoding="utf-8").split("annotations\n", 1)[1].strip()
    return program.replace(_TAKEN, f"# Ed25519, as RFC 8032 writes it (5.1).\n{taken}\n").encode()
