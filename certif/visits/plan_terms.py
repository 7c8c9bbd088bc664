"""What a meeting is planned with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif.employers import Employer
from certif.imports import Prospect
from certif.plans import Audience, Objective
from certif.territory import Mrc, Partner
from certif.visits.model import VisitKind


@dataclass(frozen=True)
class About:
    """Whom a meeting is about: one of the three, or nobody."""

    prospect: Prospect | None = None
    employer: Employer | None = None
    partner: Partner | None = None


@dataclass(frozen=True)
class VisitTime:
    """When and where a meeting is; `mrc`, where on the map."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str = ""
    address: str = ""
    mrc: Mrc | None = None


@dataclass(frozen=True)
class VisitTerms:
    """What a meeting is."""

    kind: VisitKind
    audience: Audience
    title: str = ""
    objective: Objective | None = None
