"""How a sample is drawn: pure, and short enough to be redone by hand. Tickets hide the codes, so that nobody is named by the draw."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_SHOWN = 20


def ticket_of(code: str) -> str:
    """Give the ticket of a verification code: the first twenty signs of its SHA-256. Who has the code finds the ticket; not the reverse."""
    return _sha256(code)[:_SHOWN]


def seed_digest(seed: str) -> str:
    """Give what is published before the draw: the SHA-256 of the seed, which binds to it without telling it."""
    return _sha256(seed)


def picked(seed: str, tickets: Iterable[str], percent: int) -> list[str]:
    """Draw the sample: each ticket is ranked by SHA-256 of «seed ticket», and the first ones are taken, rounded up.

    Gives: the tickets drawn, sorted. The same for the same seed, tickets and percentage, in whatever order the tickets come.
    """
    found = ranked(seed, tickets)
    return sorted(found[: -(-len(found) * percent // 100)])


def ranked(seed: str, tickets: Iterable[str]) -> list[str]:
    """Give all the tickets in the order that chance gives them: by SHA-256 of «seed ticket»."""
    return sorted(set(tickets), key=lambda ticket: _sha256(f"{seed} {ticket}"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
