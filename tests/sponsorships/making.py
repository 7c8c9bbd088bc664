"""Sponsorships, made by the real act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif import sponsorships
from certif.kit import clock
from certif.kit.access import SYSTEM, Actor
from certif.programs import Program
from certif.sponsorships import SponsorKind, Sponsorship, SponsorshipTerms
from tests.factories import unit


def sponsor(program: Program, *, by: Actor = SYSTEM, **terms: Any) -> Sponsorship:
    """Record a sponsorship. `terms`: what is otherwise than three contributions for anyone, from today for a month."""
    today = clock.today()
    agreed: dict[str, Any] = {
        "sponsor": "MRC des Exemples", "kind": SponsorKind.MRC, "valid_from": today, "valid_until": today + dt.timedelta(days=30),
        **({} if "budget" in terms else {"seats": 3}), **terms,
    }  # fmt: skip
    with unit():
        return sponsorships.record_sponsorship(program, SponsorshipTerms(**agreed), by=by)
