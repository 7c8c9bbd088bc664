"""An offer to try things in, through the real acts."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from certif.accounts import actor_of
from certif.certification import Certification
from certif.kit import clock
from certif.kit.access import Actor
from certif.law import HourRule, StudentGroup
from certif.offers import JobOffer, OfferTerms, Season, post_offer
from certif.programs import Program, Text
from tests.factories import make_program, owner_of, unit

PROMISE = (
    HourRule(StudentGroup.EVERYONE, week_hours=15, latest_finish=dt.time(21)),
    HourRule(StudentGroup.SECONDARY_COMPULSORY, week_hours=15, monday_friday_hours=10),
)
"""What the program of these tests promises: less than the law allows."""


def make_promising_program(**overrides: Any) -> Program:
    """Give a program of region 14 whose promise is known."""
    return make_program(code="14", **{"hours": PROMISE, **overrides})


def terms(**said: Any) -> OfferTerms:
    """Give an offer that keeps the promise and the law; `said` replaces what is named."""
    today = clock.today()
    plain = OfferTerms(
        Text("Commis de fin de semaine", "Weekend Clerk"), Text("Servir la clientèle.\n\nPlacer les produits.", ""),
        StudentGroup.EVERYONE, Season.SCHOOL, 12, 6, dt.time(20, 30), 14, today + dt.timedelta(days=7), today + dt.timedelta(days=60),
        apply_email="emploi@exemple.com",
    )  # fmt: skip
    return dataclasses.replace(plain, **said)


def code_of(certification: Certification) -> str:
    """Give the public code of its first place of work."""
    return certification.badges[0].verification.code


def owner(certification: Certification) -> Actor:
    """Give who speaks for its employer."""
    return actor_of(owner_of(certification.employer))


def make_offer(certification: Certification, **said: Any) -> JobOffer:
    """Give an offer of an employer that is certified."""
    with unit():
        return post_offer(certification.employer, code_of(certification), terms(**said), by=owner(certification))
