"""How often a code is opened, by day and by where it hangs; never by whom: no address, no browser and no instant is kept.

A page that is read writes nothing. Counts are gathered in the memory of each process and written every few seconds by a thread beside the
requests: a kill loses the last seconds, and nothing else.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from certif.certification import Verification
from certif.employers import Employer, Establishment
from certif.kit import clock
from certif.kit.db import Model, db, transaction
from certif.kit.languages import _l
from certif.programs import Program

EVERY_SECONDS = 5.0
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

_MOST_KEPT = 20_000
_log = logging.getLogger("certif.scans")
_lock = threading.Lock()
_gathered: Counter[tuple[str, dt.date, str]] = Counter()


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


class _House(Protocol):
    def app_context(self) -> AbstractContextManager[Any]: ...


def note(code: str, place: str) -> None:
    """Count one opening of a code that exists. Takes: `place`, what the address said; what we do not know counts as elsewhere."""
    with _lock:
        if len(_gathered) < _MOST_KEPT:
            _gathered[code, clock.today(), place if place in PLACES else OTHER] += 1
    _wake()


def flush() -> int:
    """Write what was gathered in this process. Gives: how many openings. What cannot be written now is kept for the next time."""
    with _lock:
        taken = Counter(_gathered)
        _gathered.clear()
    if not taken:
        return 0
    try:
        with transaction():
            _write(taken)
    except DBAPIError:
        with _lock:
            _gathered.update(taken)
        raise
    return taken.total()


def keep_writing(house: _House) -> None:
    """Let the process that serves this house write what it gathers, from its first scan on: called where servers find the application."""

    def write() -> None:
        with house.app_context():
            try:
                flush()
            except DBAPIError:
                _log.warning("the database is away; counts of scans wait")
            finally:
                db.session.remove()

    _writer.append(write)


_writer: list[Callable[[], None]] = []
_writing_in: list[int] = []


def _wake() -> None:
    """Start the thread that writes, once in each process; workers are forked, and a thread does not follow."""
    if not _writer or os.getpid() in _writing_in:
        return
    with _lock:
        if os.getpid() in _writing_in:
            return
        _writing_in[:] = [os.getpid()]
    threading.Thread(target=_write_on, args=(_writer[-1],), name="scans", daemon=True).start()
    atexit.register(_writer[-1])


def _write_on(write: Callable[[], None]) -> None:
    rest = threading.Event()
    while not rest.wait(EVERY_SECONDS):
        write()


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
    _add(ScanCount, "verification_id", each)
    _add(ProgramScanCount, "program_id", whole)


def _add(table: type[ScanCount | ProgramScanCount], owner: str, counts: Counter[tuple[int, dt.date, str]]) -> None:
    rows = [{owner: number, "day": day, "place": place, "count": count} for (number, day, place), count in sorted(counts.items())]
    if rows:
        insert = (postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)
        added = insert.on_conflict_do_update(index_elements=[owner, "day", "place"], set_={"count": table.count + insert.excluded.count})
        db.session.execute(added, rows)


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
