"""How often a code is opened, by day and by where it hangs; never by whom. Gathered in memory, and written beside the requests."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from certif.certification import Verification
from certif.employers import Employer, Establishment
from certif.kit import clock, tallies
from certif.kit.db import Model, db
from certif.kit.languages import _l
from certif.programs import Program

OTHER = "autre"
PLACES = {
    "": _l("Code seul"),
    "vitrine": _l("Vignette en vitrine"),
    "affiche": _l("Affiche"),
    "site": _l("Site Web"),
    "courriel": _l("Courriel"),
    "repertoire": _l("Répertoire"),
    OTHER: _l("Ailleurs"),
}
"""Where a code hangs, as its address says after `?de=`."""


class ScanCount(Model):
    """How often a code was opened in a day, from one kind of place."""

    __tablename__ = "scan_count"

    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class ProgramScanCount(Model):
    """The same for all the codes of a program, so that a region reads its figures without reading each employer's."""

    __tablename__ = "program_scan_count"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True, autoincrement=False)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


def note(code: str, place: str) -> None:
    """Count one opening of a code that exists. Takes: `place`, what the address said; what we do not know counts as elsewhere."""
    tallies.note("scan", code, clock.today(), place if place in PLACES else OTHER)


@tallies.tally("scan")
def _write(taken: Counter[tuple[str, dt.date, str]]) -> None:
    codes = sorted({code for code, _day, _place in taken})
    known: dict[str, tuple[int, int]] = {}
    for first in range(0, len(codes), 500):
        found = select(Verification.code, Verification.id, Verification.program_id).where(Verification.code.in_(codes[first : first + 500]))
        known |= {row.code: (row.id, row.program_id) for row in db.session.execute(found)}
    each, whole = Counter[tuple[int, dt.date, str]](), Counter[tuple[int, dt.date, str]]()
    for (code, day, place), count in taken.items():
        if code in known:
            each[known[code][0], day, place] += count
            whole[known[code][1], day, place] += count
    tallies.add(ScanCount, each)
    tallies.add(ProgramScanCount, whole)


Points = list[tuple[str, int]]


def scans_of(employer: Employer, days: int) -> list[tuple[dt.date, str, int]]:
    """Give how often an employer's codes were opened in the last `days` days: day, place, count."""
    codes = select(Verification.id).join(Establishment).where(Establishment.employer_id == employer.id)
    return _since(ScanCount, ScanCount.verification_id.in_(codes), days)


def scans_in(programs: Sequence[Program], days: int) -> list[tuple[dt.date, str, int]]:
    """Give how often the codes of these programs were opened in the last `days` days: day, place, count."""
    return _since(ProgramScanCount, ProgramScanCount.program_id.in_([program.id for program in programs]), days)


def _since(table: type[ScanCount | ProgramScanCount], condition: Any, days: int) -> list[tuple[dt.date, str, int]]:
    found = select(table.day, table.place, func.sum(table.count)).where(condition, table.day > clock.today() - dt.timedelta(days=days))
    return [(day, place, count) for day, place, count in db.session.execute(found.group_by(table.day, table.place))]


def by_place(rows: list[tuple[dt.date, str, int]]) -> Points:
    """Sum by kind of place, the most first."""
    sums: Counter[str] = Counter()
    for _day, place, count in rows:
        sums[place] += count
    return [(str(PLACES[place]), count) for place, count in sums.most_common()]


def by_week(rows: list[tuple[dt.date, str, int]], weeks: int) -> list[tuple[dt.date, int]]:
    """Sum by week, each named by its first day (a Monday), the last `weeks` in order, those without any too."""
    monday = clock.today() - dt.timedelta(days=clock.today().weekday())
    sums: Counter[dt.date] = Counter()
    for day, _place, count in rows:
        sums[day - dt.timedelta(days=day.weekday())] += count
    starts = [monday - dt.timedelta(weeks=back) for back in reversed(range(weeks))]
    return [(start, sums[start]) for start in starts]
