"""Figures: one function counts, whatever shows it. A period that is locked gives what was frozen, and says how it differs from today."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, select

from certif.kit import clock
from certif.kit.db import db
from certif.kit.paging import PAGE, Slice, cut, read_cursor
from certif.plans import objectives_in
from certif.portraits import PeopleTold, people_told
from certif.reports.asked import ALL, AUDIENCE, AXIS, FUNDER, MRC, OBJECTIVE, Asked
from certif.reports.freezing import Cells, frozen_of, together_key
from certif.reports.indicators import INDICATORS, Indicator
from certif.reports.model import TOGETHER, ReportPeriod, Target
from certif.territory import Mrc


@dataclass(frozen=True)
class Figure:
    """One answer. `live`: as the rows stand; `frozen`: as the lock of its period says, where it holds; `is_asked`: False where the
    indicator cannot be narrowed as asked; `aim`: the target, if any."""

    indicator: Indicator
    live: int | None
    frozen: int | None = None
    is_frozen: bool = False
    is_asked: bool = True
    aim: int | None = None

    @property
    def count(self) -> int | None:
        """What is told: what was frozen, else what is counted now."""
        return self.frozen if self.is_frozen else self.live

    @property
    def is_withheld(self) -> bool:
        """Whether it is kept back: too few people."""
        return self.is_asked and self.count is None

    @property
    def drift(self) -> int:
        """How far what is counted now is from what was frozen."""
        if not self.is_frozen or self.live is None or self.frozen is None:
            return 0
        return self.live - self.frozen

    @property
    def share(self) -> int | None:
        """How much of the target was reached, in percent; None without a target."""
        return None if self.aim is None or self.count is None else self.count * 100 // self.aim


@dataclass(frozen=True)
class Line:
    """One row of the list behind a figure. `amount`: None where it is withheld."""

    day: dt.date
    what: str
    amount: int | None
    mrc: str
    ref: str


def figures_of(asked: Asked) -> list[Figure]:
    """Give every indicator, as asked: with its target, and as it was frozen where the period is locked."""
    frozen, aims = frozen_of(asked), _aims(asked)
    return [_figure(one, asked, frozen, aims) for one in INDICATORS.values()]


def figure_of(indicator: Indicator, asked: Asked) -> Figure:
    """Give one of them, the same."""
    return _figure(indicator, asked, frozen_of(asked), _aims(asked))


def _figure(indicator: Indicator, asked: Asked, frozen: Mapping[str, int | None] | None, aims: Mapping[str, int]) -> Figure:
    if not indicator.answers(asked):
        return Figure(indicator, None, is_asked=False)
    live, aim = count_of(indicator, asked), aims.get(indicator.name)
    if frozen is None or indicator.name not in frozen:
        return Figure(indicator, live, aim=aim)
    return Figure(indicator, live, frozen[indicator.name], is_frozen=True, aim=aim)


def count_of(indicator: Indicator, asked: Asked) -> int | None:
    """Count, as the rows stand now: one statement."""
    if indicator.rows is None:
        return _added(one.amount for one in _told(asked))
    rows, conditions = _rows(indicator, asked)
    return int(db.session.scalar(select(func.coalesce(func.sum(rows.c.amount), 0)).where(*conditions)) or 0)


def cells_of(indicator: Indicator, asked: Asked, by: str) -> Cells:
    """Count, as the rows stand now, in each cell of a cut: one statement, and one for names. What has no place is under an empty key."""
    if by not in indicator.cuts:
        return {}
    if indicator.rows is None:
        return _told_by_mrc(asked)
    rows, conditions = _rows(indicator, asked)
    column = {MRC: rows.c.mrc_id, OBJECTIVE: rows.c.objective_id, AUDIENCE: rows.c.audience}[by]
    found = db.session.execute(select(column, func.sum(rows.c.amount)).where(*conditions).group_by(column)).all()
    names = _names(asked, by)
    return {names.get(key, "") if names is not None else key or "": int(count) for key, count in found}


def gathered(cells: Cells, asked: Asked, by: str) -> Cells:
    """Gather the cells of objectives by funder or by axis."""
    found: dict[str, int] = defaultdict(int)
    for one in objectives_in(*asked.programs):
        key = (one.plan.funder.ref if one.plan.funder else "") if by == FUNDER else one.axis
        found[key] += cells.get(one.ref) or 0
    return {key: count for key, count in found.items() if key}


def list_behind(indicator: Indicator, asked: Asked, after: str | None) -> Slice[Line]:
    """Give a page of the rows that a figure counts, the newest first: the same rows, narrowed alike."""
    if indicator.rows is None:
        return Slice(_told(asked)[:PAGE], None)
    rows, conditions = _rows(indicator, asked)
    found = select(rows.c.since, rows.c.ref, rows.c.page, rows.c.day, rows.c.what, rows.c.amount, Mrc.name.label("mrc"))
    found = found.select_from(rows).outerjoin(Mrc, Mrc.id == rows.c.mrc_id).where(*conditions)
    page = cut(found, rows.c.since, rows.c.ref, read_cursor(after), newest_first=True)
    return Slice([Line(row.day or _day(row.since), row.what, int(row.amount), row.mrc or "", row.page) for row in page.rows], page.next)


def _rows(indicator: Indicator, asked: Asked) -> tuple[Subquery, list[ColumnElement[bool]]]:
    """Give the rows of an indicator, and what narrows them: the count and the list behind it read both alike."""
    assert indicator.rows is not None
    rows = indicator.rows(asked).subquery()
    conditions: list[ColumnElement[bool]] = []
    if asked.mrc is not None:
        conditions.append(rows.c.mrc_id == asked.mrc.id)
    if asked.by_objective:
        conditions.append(rows.c.objective_id.in_(asked.objective_ids))
    if asked.audience is not None:
        conditions.append(rows.c.audience == asked.audience)
    return rows, conditions


def _names(asked: Asked, by: str) -> dict[Any, str] | None:
    if by == MRC:
        return {row[0]: row[1] for row in db.session.execute(select(Mrc.id, Mrc.slug))}
    return {one.id: one.ref for one in objectives_in(*asked.programs)} if by == OBJECTIVE else None


def _told(asked: Asked) -> list[Line]:
    return [_told_line(one, asked) for one in people_told(asked.program_ids, asked.begins, asked.ends)]


def _told_line(told: PeopleTold, asked: Asked) -> Line:
    count = told.by_mrc.get(asked.mrc.slug) if asked.mrc else told.everyone
    return Line(
        _day(told.first_at), f"{told.release.program.name}, {told.release.school_year}", count, asked.mrc.name if asked.mrc else "", ""
    )


def _told_by_mrc(asked: Asked) -> Cells:
    all_told = people_told(asked.program_ids, asked.begins, asked.ends)
    slugs = {slug for one in all_told for slug in one.by_mrc}
    return {slug: _added(one.by_mrc.get(slug) for one in all_told) for slug in slugs}


def _added(counts: Iterable[int | None]) -> int | None:
    """Add up what is told; None where there is something, and all of it is withheld."""
    found = list(counts)
    told = [one for one in found if one is not None]
    return sum(told) if told or not found else None


def _aims(asked: Asked) -> dict[str, int]:
    cell = asked.cell
    if asked.period is None or cell is None or cell[0] not in {ALL, MRC, OBJECTIVE}:
        return {}
    mrc_id, objective_id = asked.mrc.id if asked.mrc else None, asked.objective.id if asked.objective else None
    here = Target.period_id == asked.period.id, Target.mrc_id.is_(mrc_id) if mrc_id is None else Target.mrc_id == mrc_id
    there = Target.objective_id.is_(None) if objective_id is None else Target.objective_id == objective_id
    return {row[0]: row[1] for row in db.session.execute(select(Target.indicator, Target.aim).where(*here, there))}


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(clock.TORONTO).date()


CUTS = (MRC, OBJECTIVE, AUDIENCE, FUNDER, AXIS)
"""All that a lock freezes besides the whole."""


def all_cells(asked: Asked) -> list[tuple[str, str, str, int | None]]:
    """Give every figure of a period as the rows stand now: indicator, cut, key, count."""
    found: list[tuple[str, str, str, int | None]] = []
    for name, indicator in INDICATORS.items():
        found.append((name, ALL, "", count_of(indicator, asked)))
        by_objective = cells_of(indicator, asked, OBJECTIVE)
        cells = {MRC: cells_of(indicator, asked, MRC), OBJECTIVE: by_objective, AUDIENCE: cells_of(indicator, asked, AUDIENCE)}
        if OBJECTIVE in indicator.cuts:
            cells |= {by: gathered(by_objective, asked, by) for by in (FUNDER, AXIS)}
            cells[TOGETHER] = _together(indicator, asked)
        found += [(name, by, key, count) for by, counts in cells.items() for key, count in sorted(counts.items())]
    return found


def _together(indicator: Indicator, asked: Asked) -> Cells:
    """Count in each finest cell; under an empty key, the whole, so that a lock says that it kept them."""
    rows, conditions = _rows(indicator, asked)
    columns = rows.c.mrc_id, rows.c.objective_id, rows.c.audience
    places, objectives = _names(asked, MRC) or {}, {one.id: one for one in objectives_in(*asked.programs)}
    found: Cells = {"": count_of(indicator, asked)}
    for mrc_id, objective_id, audience, count in db.session.execute(
        select(*columns, func.sum(rows.c.amount)).where(*conditions).group_by(*columns)
    ):
        one = objectives.get(objective_id)
        funder = one.plan.funder.ref if one and one.plan.funder else ""
        parts = {MRC: places.get(mrc_id, ""), OBJECTIVE: one.ref if one else "", AUDIENCE: audience or "", FUNDER: funder}
        key = together_key(**parts, **{AXIS: one.axis if one else ""})
        found[key] = (found.get(key) or 0) + int(count)
    return found


def progress_of(period: ReportPeriod, targets: Iterable[Target]) -> list[tuple[Target, Figure]]:
    """Give each target of a period with its figure, counted or frozen as everywhere."""
    plain = Asked((period.program,), period.from_on, period.until_on, period)
    return [(one, figure_of(INDICATORS[one.indicator], replace(plain, mrc=one.mrc, objective=one.objective))) for one in targets]
