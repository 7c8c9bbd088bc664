"""Questions about beats: which come next, when they are, and with what they are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.db import db
from certif.library.beat_model import Beat, BeatDate, PackPiece
from certif.programs import Program

SOON = dt.timedelta(days=100)


@dataclass(frozen=True)
class Occurrence:
    """The next time of a beat. `date`, None while nobody has noted when it is; `around`, the day by which it is expected."""

    beat: Beat
    date: BeatDate | None
    around: dt.date


def beats() -> list[Beat]:
    """Give every beat."""
    return list(db.session.scalars(select(Beat).order_by(Beat.month, Beat.id)))


def beat_by_slug(slug: str) -> Beat:
    """Give the beat of this address. Refuses (404) any other."""
    found = db.session.scalar(select(Beat).where(Beat.slug == slug))
    if found is None:
        raise NotFound
    return found


def dates_of(beat: Beat) -> list[BeatDate]:
    """Give when a beat is and was, the newest first."""
    return list(db.session.scalars(select(BeatDate).where(BeatDate.beat_id == beat.id).order_by(BeatDate.year.desc())))


def date_in(beat: Beat, year: int) -> BeatDate | None:
    """Give when a beat is in a year, or None while nobody has noted it."""
    return db.session.scalar(select(BeatDate).where(BeatDate.beat_id == beat.id, BeatDate.year == year))


def coming() -> list[Occurrence]:
    """Give the next time of every beat, the soonest first: two statements."""
    dated: dict[int, BeatDate] = {}
    for one in db.session.scalars(select(BeatDate).where(BeatDate.until_on >= clock.today()).order_by(BeatDate.from_on)):
        dated.setdefault(one.beat_id, one)
    found = [_next(beat, dated.get(beat.id)) for beat in beats()]
    return sorted(found, key=lambda one: (one.around, one.beat.id))


def coming_soon() -> list[Occurrence]:
    """Give the beats of the next three months, the soonest first."""
    return [one for one in coming() if one.around <= clock.today() + SOON]


def next_of(beat: Beat) -> Occurrence:
    """Give the next time of a beat."""
    to_come = select(BeatDate).where(BeatDate.beat_id == beat.id, BeatDate.until_on >= clock.today()).order_by(BeatDate.from_on)
    return _next(beat, db.session.scalar(to_come.limit(1)))


def pieces_of(beat: Beat, program: Program | None) -> list[PackPiece]:
    """Give the pieces of a pack, those of all and those of a program, in the order in which they were written."""
    here: ColumnElement[bool] = PackPiece.program_id.is_(None)
    if program is not None:
        here = or_(here, PackPiece.program_id == program.id)
    found = select(PackPiece).where(PackPiece.beat_id == beat.id, PackPiece.dropped_at.is_(None), here)
    return list(db.session.scalars(found.order_by(PackPiece.program_id.is_not(None), PackPiece.id)))


def piece_in(program: Program, beat: Beat, ref: str) -> PackPiece:
    """Give a piece that a program has of its own. Refuses (404) any other."""
    found = db.session.scalar(
        select(PackPiece).where(PackPiece.ref == ref, PackPiece.beat_id == beat.id, PackPiece.program_id == program.id)
    )
    if found is None:
        raise NotFound
    return found


def _next(beat: Beat, date: BeatDate | None) -> Occurrence:
    if date is not None:
        return Occurrence(beat, date, max(date.from_on, clock.today()))
    today = clock.today()
    year = today.year if beat.month >= today.month else today.year + 1
    return Occurrence(beat, None, max(dt.date(year, beat.month, 1), today))
