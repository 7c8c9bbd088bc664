"""What somebody tells of a meeting, in the shape in which it is kept where two accounts differ."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from certif.plans import Audience
from certif.territory import Mrc
from certif.visits.model import VisitKind

_DAYS = ("met_on", "next_on")


@dataclass(frozen=True)
class Told:
    """What is told of a meeting. `client_key`, chosen where it was written; `tools`, how many copies by slug; `next_by`, the ref of who
    does the next step, None for whoever reports; `written_at`, when it was written, as the phone says; `photo_digest`, a picture that is
    kept.
    """

    client_key: str
    outcome: str
    met_on: dt.date
    written_at: dt.datetime
    people_met: int = 0
    minutes: int = 0
    kilometres: int = 0
    needs_training: bool = False
    tools: dict[str, int] = field(default_factory=dict)
    next_step: str = ""
    next_on: dt.date | None = None
    next_by: str | None = None
    note: str = ""
    photo_digest: str | None = None

    def as_kept(self) -> dict[str, Any]:
        """Give it as it is kept in a conflict, the picture aside, which has a column of its own."""
        said = dataclasses.asdict(self)
        del said["photo_digest"]
        days = {name: said[name].isoformat() if said[name] else None for name in _DAYS}
        return {**said, **days, "written_at": self.written_at.isoformat()}

    @classmethod
    def from_kept(cls, said: dict[str, Any], photo_digest: str | None) -> Told:
        """Give what was kept in a conflict."""
        days = {name: dt.date.fromisoformat(said[name]) if said[name] else None for name in _DAYS}
        written_at = dt.datetime.fromisoformat(said["written_at"])
        return cls(**{**said, **days, "written_at": written_at, "photo_digest": photo_digest})


@dataclass(frozen=True)
class Account:
    """The first account of a meeting, and who gave it; `ref`, of the report that stands."""

    told: Told
    who: str
    ref: str


@dataclass(frozen=True)
class WalkIn:
    """Where somebody went without a plan. `prospect_id` and `employer_id`, whom it is about, where that is known."""

    title: str
    kind: str = VisitKind.VISIT
    audience: str = Audience.EMPLOYERS
    mrc: Mrc | None = None
    prospect_id: int | None = None
    employer_id: int | None = None
