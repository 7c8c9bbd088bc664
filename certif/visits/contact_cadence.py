"""When one may come again: the cadence of a program, and the day that follows from what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from certif.imports import ProspectInvitation
from certif.kit import clock
from certif.kit.db import db
from certif.programs import months_after
from certif.visits.contact_model import REACHED, Answer, Approach, Cadence
from certif.visits.model import Outcome, Visit, VisitReport


@dataclass(frozen=True)
class Pace:
    """How a program approaches prospects, as `Cadence` says. Source of the defaults: regional bodies, which try four times, then wait
    from three to six months."""

    attempts: int = 4
    days: int = 7
    rest_months: int = 3
    refused_months: int = 6
    only_given: bool = False


USUAL = Pace()
"""What counts where nobody has said otherwise."""

_SAID = {
    Outcome.SIGNED: Answer.INTERESTED,
    Outcome.INTERESTED: Answer.INTERESTED,
    Outcome.THINKING: Answer.THINKING,
    Outcome.REFUSED: Answer.REFUSED,
    Outcome.ABSENT: Answer.NOBODY,
}
"""What a report of a visit comes to; what is not here was no approach."""


@dataclass(frozen=True)
class Tried:
    """One approach, one visit that was reported, or one letter that invited to register. `next_on`, as it was said of an approach; of
    the others it is worked out."""

    at: dt.datetime
    met_at: dt.datetime
    answer: Answer
    is_approach: bool
    next_on: dt.date | None

    @property
    def has_reached(self) -> bool:
        """Whether somebody answered."""
        return self.answer in REACHED


def pace_of(program_id: int) -> Pace:
    """Give how a program approaches prospects today."""
    rows = cadences_of([program_id]).get(program_id, [])
    return _pace(rows[-1]) if rows else USUAL


def cadences_of(program_ids: Sequence[int]) -> dict[int, list[Cadence]]:
    """Give what each program has said of its cadence, the oldest first."""
    found: dict[int, list[Cadence]] = {}
    for row in db.session.scalars(select(Cadence).where(Cadence.program_id.in_(program_ids)).order_by(Cadence.number)):
        found.setdefault(row.program_id, []).append(row)
    return found


def pace_at(rows: Sequence[Cadence], at: dt.datetime) -> Pace:
    """Give the pace that counted at an instant."""
    said = [row for row in rows if row.set_at <= at]
    return _pace(said[-1]) if said else USUAL


def tries_of(prospect_ids: Sequence[int]) -> dict[int, list[Tried]]:
    """Give each time that these prospects were approached, visited or invited to register, the oldest first: three statements."""
    found: dict[int, list[Tried]] = {}
    asked = select(Approach).where(Approach.prospect_id.in_(prospect_ids)).order_by(Approach.number)
    for row in db.session.scalars(asked):
        tried = Tried(row.approached_at, row.approached_at, Answer(row.answer), True, row.next_on)
        found.setdefault(row.prospect_id, []).append(tried)
    reports = select(Visit.prospect_id, VisitReport.outcome, VisitReport.filed_at, VisitReport.met_on)
    reports = reports.join(VisitReport, VisitReport.visit_id == Visit.id).where(Visit.prospect_id.in_(prospect_ids))
    for prospect_id, outcome, filed_at, met_on in db.session.execute(reports.order_by(VisitReport.filed_at, VisitReport.id)):
        answer = _SAID.get(Outcome(outcome))
        if answer is not None:
            found.setdefault(prospect_id, []).append(Tried(filed_at, clock.midnight(met_on), answer, False, None))
    invited = select(ProspectInvitation.prospect_id, ProspectInvitation.invited_at)
    for prospect_id, at in db.session.execute(invited.where(ProspectInvitation.prospect_id.in_(prospect_ids))):
        found.setdefault(prospect_id, []).append(Tried(at, at, Answer.MESSAGE, False, None))
    return {prospect_id: sorted(tries, key=lambda one: one.at) for prospect_id, tries in found.items()}


def next_day(pace: Pace, answer: Answer, silent: int, day: dt.date) -> dt.date | None:
    """Give the day to come again, from what was answered on `day`; None: never.

    Takes: `silent`, how many times in a row nobody was reached, this one included.
    """
    if answer is Answer.STOP:
        return None
    if answer is Answer.REFUSED:
        return months_after(day, pace.refused_months)
    is_tired = silent > 0 and silent % pace.attempts == 0
    if answer is Answer.THINKING or is_tired:
        return months_after(day, pace.rest_months)
    return day + dt.timedelta(days=pace.days)


def silent_in_a_row(tries: Sequence[Tried]) -> int:
    """Count the last times that nobody was reached."""
    count = 0
    for tried in reversed(tries):
        if tried.has_reached:
            break
        count += 1
    return count


def day_after(tries: Sequence[Tried], rows: Sequence[Cadence]) -> dt.date | None:
    """Give the day that follows from the last of these tries: as it was said, or worked out by the cadence that counted then."""
    if not tries:
        return None
    last = tries[-1]
    if last.is_approach:
        return last.next_on
    day = last.met_at.astimezone(clock.TORONTO).date()
    return next_day(pace_at(rows, last.at), last.answer, silent_in_a_row(tries), day)


def _pace(row: Cadence) -> Pace:
    return Pace(row.attempts, row.days, row.rest_months, row.refused_months, row.only_given)
