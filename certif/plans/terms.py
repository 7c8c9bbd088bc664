"""What is said of a plan and of an objective when it is made or edited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif.plans.model import Funder


@dataclass(frozen=True)
class PlanTerms:
    """What a plan is: both days are included; `funder`, who pays for it, if anyone does."""

    title: str
    from_on: dt.date
    until_on: dt.date
    funder: Funder | None = None
    is_pilot: bool = False


@dataclass(frozen=True)
class ObjectiveTerms:
    """What an objective is. `audience`: one of `Audience`, or None for several."""

    code: str
    title: str
    axis: str = ""
    audience: str | None = None
