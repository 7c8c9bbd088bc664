"""Counting answers, cut by cut: the one way, used when the box is emptied and when everything is counted anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import select

from certif.employers import Establishment
from certif.kit.db import db
from certif.surveys.definitions import HOURS_TOTAL, Definition
from certif.surveys.model import Cut
from certif.territory import Mrc, Partner

ANSWERS = "*"
"""The question that counts the answers themselves, under an empty value."""

Cell = tuple[str, str, str, str, bool]
"""A cut, a key in it, a question, a value, and whether the answers are flagged."""


class Place(NamedTuple):
    """From where an answer is, as finely as it may be told: ids of an MRC, a school body and an establishment."""

    mrc_id: int | None
    school_body_id: int | None
    establishment_id: int | None


class Places:
    """The public names of places, read as they are met."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, int], str] = {}

    def name(self, column: Any, row_id: int | None) -> str | None:
        """Give the public name of a row, None for none."""
        if row_id is None:
            return None
        key = (column, row_id)
        if key not in self._known:
            self._known[key] = db.session.scalars(select(column).where(column.class_.id == row_id)).one()
        return self._known[key]

    def keys(self, place: Place, level: str | None, sector: str | None, grade: str | None = None) -> list[tuple[Cut, str]]:
        """Give every cell, cut by cut, in which an answer counts. One of a place of work counts there alone.

        Its code hangs where anyone passes, and may be answered as often as one likes: what is told of everyone is not made of that.
        """
        if place.establishment_id is not None:
            return [(Cut.ESTABLISHMENT, str(self.name(Establishment.ref, place.establishment_id)))]
        mrc = self.name(Mrc.slug, place.mrc_id)
        found = {
            Cut.ALL: "",
            Cut.MRC: mrc,
            Cut.SCHOOL_BODY: self.name(Partner.ref, place.school_body_id),
            Cut.LEVEL: level,
            Cut.GRADE: f"{level}/{grade}" if level and grade else None,
            Cut.SECTOR: sector,
            Cut.MRC_SECTOR: f"{mrc}/{sector}" if mrc and sector else None,
        }
        return [(cut, key) for cut, key in found.items() if key is not None]


def counted(definition: Definition, answers: Iterable[tuple[Place, Mapping[str, Any], bool]], places: Places) -> Counter[Cell]:
    """Count answers: how many gave each value to each question, in every cell.

    Takes: for each answer, its place, what was said by question, whether it is flagged.
    Answers of one place, level, grade and sector are counted together first: an answer costs as many steps as it has questions, whatever
    the cuts.
    """
    level, sector, grade = (found.id if (found := definition.of_role(role)) else role for role in ("level", "sector", "grade"))
    alike: dict[tuple[Any, ...], _Heap] = {}
    for place, said, is_flagged in answers:
        key = (place, said.get(level), said.get(sector), said.get(grade), is_flagged)
        if key not in alike:
            alike[key] = _Heap(definition)
        alike[key].put(said)
    cells: Counter[Cell] = Counter()
    for (place, at_level, in_sector, in_grade, is_flagged), heap in alike.items():
        counts = heap.counts()
        for cut, name in places.keys(place, at_level, in_sector, in_grade):
            for (question, value), count in counts.items():
                cells[cut.value, name, question, value, is_flagged] += count
    return cells


class _Heap:
    """Answers that count in the same cells: what was said, question by question."""

    def __init__(self, definition: Definition) -> None:
        week, weekend = (found.id if (found := definition.of_role(role)) else "" for role in ("hours_week", "hours_weekend"))
        self._hours, self._count = (week, weekend), 0
        self._said: defaultdict[str, list[Any]] = defaultdict(list)

    def put(self, said: Mapping[str, Any]) -> None:
        """Add one answer."""
        self._count += 1
        for question, answer in said.items():
            self._said[question].append(answer)
        week, weekend = said.get(self._hours[0]), said.get(self._hours[1])
        if week is not None and weekend is not None:
            self._said[HOURS_TOTAL].append(week + weekend)

    def counts(self) -> dict[tuple[str, str], int]:
        """Give how many said what."""
        found = {(ANSWERS, ""): self._count}
        for question, answers in self._said.items():
            is_several = isinstance(answers[0], list)
            for value, count in Counter(chain.from_iterable(answers) if is_several else answers).items():
                found[question, str(value)] = count
        return found
