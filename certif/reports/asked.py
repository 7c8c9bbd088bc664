"""A question put to the figures: of which programs, between which days, and what narrows it. The same question has one answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import exists, select

from certif.kit import clock
from certif.kit.db import db
from certif.kit.languages import _, format_day
from certif.plans import AUDIENCES, Funder, Objective, objectives_in
from certif.programs import Program
from certif.reports.model import TOGETHER, FrozenFigure, ReportPeriod
from certif.territory import Mrc

ALL, MRC, OBJECTIVE, AUDIENCE, FUNDER, AXIS = "all", "mrc", "objective", "audience", "funder", "axis"
"""By what figures are cut. The last two gather objectives."""


@dataclass(frozen=True)
class Asked:
    """A question; both days are included. `period`: the one that was asked for, if any. All else narrows it, None for nothing."""

    programs: tuple[Program, ...]
    since: dt.date
    until: dt.date
    period: ReportPeriod | None = None
    mrc: Mrc | None = None
    funder: Funder | None = None
    axis: str | None = None
    objective: Objective | None = None
    audience: str | None = None

    @property
    def program_ids(self) -> list[int]:
        """The programs, by id."""
        return [one.id for one in self.programs]

    @property
    def begins(self) -> dt.datetime:
        """The first instant, included."""
        return clock.midnight(self.since)

    @property
    def ends(self) -> dt.datetime:
        """The first instant that is no longer included."""
        return clock.midnight(self.until + dt.timedelta(days=1))

    @property
    def last_day(self) -> dt.date:
        """The last day that can be known: today at the latest."""
        return min(self.until, clock.today())

    @property
    def by_objective(self) -> bool:
        """Whether it narrows to some objectives: only what is tied to an objective can answer."""
        return self.objective is not None or self.funder is not None or self.axis is not None

    @cached_property
    def objective_ids(self) -> list[int]:
        """The objectives that it narrows to."""
        return [one.id for one in objectives_in(*self.programs) if self._is_meant(one)]

    def _is_meant(self, one: Objective) -> bool:
        pays = self.funder is None or one.plan.funder_id == self.funder.id
        return pays and (self.axis is None or one.axis == self.axis) and (self.objective is None or one is self.objective)

    @property
    def narrowed(self) -> dict[str, str]:
        """What narrows it: the key of each cut, by name."""
        said = {
            MRC: self.mrc and self.mrc.slug, FUNDER: self.funder and self.funder.ref, AXIS: self.axis,
            OBJECTIVE: self.objective and self.objective.ref, AUDIENCE: self.audience,
        }  # fmt: skip
        return {cut: key for cut, key in said.items() if key}

    @property
    def cell(self) -> tuple[str, str] | None:
        """The one cell that answers it, as locks freeze them: a cut and its key; None where several things narrow it."""
        found = self.narrowed
        return next(iter(found.items()), (ALL, "")) if len(found) <= 1 else None

    @cached_property
    def has_combinations(self) -> bool:
        """Whether its period was locked with the cells that combine filters: those locked long ago were not."""
        lock = self.period.lock if self.period else None
        if lock is None:
            return False
        return bool(db.session.scalar(select(exists().where(FrozenFigure.lock_id == lock.id, FrozenFigure.cut == TOGETHER))))

    @property
    def is_frozen(self) -> bool:
        """Whether its answer was frozen by the lock of its period."""
        return self.period is not None and self.period.lock is not None and (self.cell is not None or self.has_combinations)

    @property
    def days_said(self) -> str:
        """Its days, in words."""
        return _("du %(since)s au %(until)s", since=format_day(self.since), until=format_day(self.until))

    @property
    def words(self) -> Sequence[tuple[str, str]]:
        """All that it asks, in pairs of words, for whoever reads its answer on paper."""
        said = [
            (_("Programme"), ", ".join(one.name for one in self.programs)),
            (_("Période"), f"{self.period.title} ({self.days_said})" if self.period else self.days_said),
        ]
        more = [
            (_("MRC"), self.mrc.name if self.mrc else None), (_("Bailleur de fonds"), self.funder.name if self.funder else None),
            (_("Axe"), self.axis), (_("Objectif"), f"{self.objective.code} {self.objective.title}" if self.objective else None),
            (_("Clientèle"), str(AUDIENCES[self.audience]) if self.audience else None),  # type: ignore[index]
        ]  # fmt: skip
        return said + [(label, value) for label, value in more if value]
