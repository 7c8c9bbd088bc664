"""What tests of the years share: a day to stand on, the employer's own person, a cycle renewed and granted."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

from certif import accounts, standing
from certif.certification import Certification, Stage
from certif.kit import clock
from certif.kit.access import Actor
from tests.factories import lead_to, owner_of, unit


def on(day: dt.date) -> AbstractContextManager[None]:
    """Stand at noon of a day."""
    return clock.frozen(clock.midnight(day) + dt.timedelta(hours=12))


def days(count: int) -> dt.timedelta:
    """Give so many days."""
    return dt.timedelta(days=count)


def owner(certification: Certification) -> Actor:
    """Give who acts for the employer."""
    return accounts.actor_of(owner_of(certification.employer))


def renew(certification: Certification, stage: Stage | None = None) -> Certification:
    """Confirm what was answered, and lead the next cycle to a stage."""
    with unit():
        following = standing.renew(certification, seen=standing.digest_of(standing.answers_of(certification)), by=owner(certification))
    if stage is not None:
        lead_to(following, stage)
    return following
