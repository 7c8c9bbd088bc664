"""What an offer is, as it was typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif.law import StudentGroup
from certif.offers.model import Season
from certif.programs import Text


@dataclass(frozen=True)
class OfferTerms:
    """What an offer says. `latest_finish`, Québec’s time, before 6 h meaning after midnight; `until_on`, the last day it is shown;
    `ends_on`, the last day of work, where there is one; the ways to apply are empty where there is none."""

    title: Text
    tasks: Text
    group: StudentGroup
    season: Season
    week_hours: int
    monday_friday_hours: int
    latest_finish: dt.time
    least_age: int
    starts_on: dt.date
    until_on: dt.date
    ends_on: dt.date | None = None
    monday_thursday_hours: int | None = None
    apply_email: str = ""
    apply_phone: str = ""
    apply_url: str = ""
