"""What the lock of a period froze: read back cell by cell, or gathered from the finest cells where several things narrow a question."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from certif.kit.db import db
from certif.reports.asked import AUDIENCE, AXIS, FUNDER, MRC, OBJECTIVE, Asked
from certif.reports.indicators import INDICATORS
from certif.reports.model import TOGETHER, FrozenFigure, PeriodLock

Cells = dict[str, int | None]
PARTS = (MRC, OBJECTIVE, AUDIENCE, FUNDER, AXIS)
"""What the key of a finest cell names, in this order."""


def together_key(**parts: str) -> str:
    """Give the key of a finest cell."""
    return json.dumps([parts[part] for part in PARTS], ensure_ascii=False)


def frozen_of(asked: Asked) -> Cells | None:
    """Give each indicator as the period froze it; None where it is not locked, or was locked before combinations were frozen."""
    lock, cell = _lock(asked), asked.cell
    if lock is None or not asked.is_frozen:
        return None
    answering = [name for name, one in INDICATORS.items() if one.answers(asked)]
    if cell is None:
        sums: dict[str, int] = defaultdict(int)
        for name, _parts, count in _fitting(lock, asked):
            sums[name] += count
        return {name: sums[name] for name in answering}
    here = FrozenFigure.lock_id == lock.id, FrozenFigure.cut == cell[0], FrozenFigure.key == cell[1]
    found: Cells = {row[0]: row[1] for row in db.session.execute(select(FrozenFigure.indicator, FrozenFigure.count).where(*here))}
    return {name: found.get(name, 0) for name in answering}


def frozen_cells(asked: Asked, by: str) -> dict[str, Cells] | None:
    """Give the cells of a cut as the period froze them, by indicator, narrowed as asked; None where nothing was frozen."""
    lock = _lock(asked)
    if lock is None or not asked.is_frozen or (asked.narrowed and not asked.has_combinations):
        return None
    found: dict[str, Cells] = defaultdict(dict)
    here = FrozenFigure.lock_id == lock.id, FrozenFigure.cut == by
    for name, key, count in db.session.execute(select(FrozenFigure.indicator, FrozenFigure.key, FrozenFigure.count).where(*here)):
        if not asked.narrowed or (asked.narrowed == {by: key} and OBJECTIVE not in INDICATORS[name].cuts):
            found[name][key] = count
    if asked.narrowed:
        for name, parts, count in _fitting(lock, asked):
            found[name][parts[by]] = (found[name].get(parts[by]) or 0) + count
    return found


def _lock(asked: Asked) -> PeriodLock | None:
    return asked.period.lock if asked.period else None


def _fitting(lock: PeriodLock, asked: Asked) -> Iterator[tuple[str, dict[str, str], int]]:
    """Give the finest cells that a question means: the indicator, what each names, and its count."""
    here = FrozenFigure.lock_id == lock.id, FrozenFigure.cut == TOGETHER, FrozenFigure.key != ""
    for name, key, count in db.session.execute(select(FrozenFigure.indicator, FrozenFigure.key, FrozenFigure.count).where(*here)):
        parts = dict(zip(PARTS, json.loads(key), strict=True))
        if all(parts[cut] == wanted for cut, wanted in asked.narrowed.items()):
            yield name, parts, count or 0
