"""What the directory can be narrowed by, and how many listings each choice would leave: read from counts kept while folding."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import format_decimal
from sqlalchemy import ColumnElement, func, literal, select, union_all

from certif.directory.model import ListingCount
from certif.kit.db import db
from certif.kit.languages import _n, folded, language

_FACETS = ("region", "mrc", "sector", "level")


@dataclass(frozen=True)
class Asked:
    """What narrows the directory; empty where nothing was asked. `region`: its code; `mrc`: its slug; `sector`: a SCIAN code."""

    text: str = ""
    region: str = ""
    mrc: str = ""
    sector: str = ""
    level: str = ""
    hires_students: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything but words was asked."""
        return bool(self.region or self.mrc or self.sector or self.level or self.hires_students)

    def without(self, name: str) -> Asked:
        """Give the same question, one filter left out."""
        changes: dict[str, Any] = {name: False if name == "hires_students" else ""}
        return replace(self, **changes)

    def conditions(self, table: Any) -> list[ColumnElement[bool]]:
        """Give the conditions of the filters on `Listing`, or on `ListingCount`."""
        given = {name: getattr(self, name) for name in ("mrc", "region", "sector", "level", "hires_students")}
        return [getattr(table, name) == value for name, value in given.items() if value]


Counts = dict[str, dict[str, int]]
"""For each filter, how many listings each of its values leaves, the other filters kept."""


def counts_of(asked: Asked) -> Counts:
    """Count what each value of each filter would leave, words aside, and under `hires_students` how many hire: one statement."""
    parts = [_part(name, asked.without(name)) for name in _FACETS]
    parts.append(_part("hires_students", replace(asked, hires_students=True)))
    counts: Counts = defaultdict(dict)
    for facet, value, count in db.session.execute(union_all(*parts)):
        counts[facet][value] = count
    return counts


def total_of(asked: Asked) -> int:
    """Count what the filters leave, words aside."""
    return db.session.scalar(select(func.sum(ListingCount.count)).where(*asked.conditions(ListingCount))) or 0


def counted(count: int) -> str:
    """Say how many places there are."""
    return str(_n("%(count)s établissement", "%(count)s établissements", count, count=format_decimal(count)))


def levels() -> list[tuple[str, str]]:
    """Give the levels that are held somewhere, by name in the reader's language: (value, name)."""
    name = func.max(ListingCount.level_en if language() == "en" else ListingCount.level_fr)
    found = db.session.execute(
        select(ListingCount.level, name).where(ListingCount.level != "", ListingCount.count > 0).group_by(ListingCount.level)
    )
    return sorted(((value, label) for value, label in found), key=lambda one: folded(one[1]))


def _part(name: str, asked: Asked) -> Any:
    value = literal("") if name == "hires_students" else getattr(ListingCount, name)
    found = select(literal(name).label("facet"), value.label("value"), func.sum(ListingCount.count).label("count"))
    return found.where(*asked.conditions(ListingCount), ListingCount.count > 0).group_by(value)
