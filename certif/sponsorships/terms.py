"""What a sponsor and a program agree on, as one value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif.kit.money import Money
from certif.sponsorships.kinds import SponsorKind
from certif.territory import Mrc


@dataclass(frozen=True)
class SponsorshipTerms:
    """What a sponsor and the program agreed on.

    Takes: `seats` or `budget`, one of both; `percent` of each contribution, and at most `most` of it; `mrcs` and `municipalities`, none
    for the whole program; `sector`, a SCIAN code, None for all; `language` of the letters to the contact.
    """

    sponsor: str
    kind: SponsorKind
    valid_from: dt.date
    valid_until: dt.date
    seats: int | None = None
    budget: Money | None = None
    percent: int = 100
    most: Money | None = None
    mrcs: tuple[Mrc, ...] = ()
    municipalities: tuple[str, ...] = ()
    sector: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    language: str = "fr"
    shows_name: bool = False
    reference: str | None = None
