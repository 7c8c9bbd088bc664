"""The calendar as it is asked for: a week or a month, of everyone, of somebody, of one kind. All of it is in the address."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select
from werkzeug.exceptions import NotFound

from certif.accounts import Grant, User
from certif.imports import KEEPERS
from certif.kit import clock
from certif.kit.access import STAFF, Actor
from certif.kit.db import db
from certif.kit.languages import _l
from certif.visits.model import Visit, VisitKind
from certif.visits.queries import goes, visible_visits, visits_between

ONESELF = "moi"


class Sight(StrEnum):
    """How much of the calendar is seen at once."""

    WEEK = "semaine"
    MONTH = "mois"
    DAY = "jour"


SIGHTS = {Sight.WEEK: _l("Semaine"), Sight.MONTH: _l("Mois")}


@dataclass(frozen=True)
class CalendarDay:
    """One day of the calendar; `is_beside`, of a month before or after."""

    day: dt.date
    visits: list[Visit]
    is_today: bool
    is_beside: bool


@dataclass(frozen=True)
class Span:
    """The days that are seen: from `first` to `last`, both included; and a day of those before and after."""

    first: dt.date
    last: dt.date
    before: dt.date
    after: dt.date


def day_asked(text: str | None) -> dt.date:
    """Give the day of an address, `2026-11-26`; today where it says none, or one that is years away."""
    try:
        day = dt.date.fromisoformat(text or "")
    except ValueError:
        return clock.today()
    return day if abs((day - clock.today()).days) < 3660 else clock.today()


def span_of(sight: Sight, day: dt.date) -> Span:
    """Give the days around one: its week from Monday, the whole weeks of its month, or itself."""
    if sight is Sight.DAY:
        return Span(day, day, day - dt.timedelta(days=1), day + dt.timedelta(days=1))
    if sight is Sight.WEEK:
        first = day - dt.timedelta(days=day.weekday())
        return Span(first, first + dt.timedelta(days=6), first - dt.timedelta(days=7), first + dt.timedelta(days=7))
    start = day.replace(day=1)
    end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    first, last = start - dt.timedelta(days=start.weekday()), end + dt.timedelta(days=6 - end.weekday())
    return Span(first, last, (start - dt.timedelta(days=1)).replace(day=1), end + dt.timedelta(days=1))


def visits_in(actor: Actor, span: Span, *, who: User | None = None, kind: VisitKind | None = None) -> Sequence[Visit]:
    """Give the meetings of the days that this person may see: of everyone or of `who`, of all kinds or of one."""
    wanted: list[ColumnElement[bool]] = [visible_visits(actor)]
    if who is not None:
        wanted.append(goes(who))
    if kind is not None:
        wanted.append(Visit.kind == kind.value)
    return visits_between(clock.midnight(span.first), clock.midnight(span.last + dt.timedelta(days=1)), *wanted)


def days_of(visits: Sequence[Visit], span: Span, month: int | None = None) -> list[CalendarDay]:
    """Give each day of a span with its meetings. Takes: `month`, of which days are not beside; None where none are."""
    found = []
    for number in range((span.last - span.first).days + 1):
        day = span.first + dt.timedelta(days=number)
        start, end = clock.midnight(day), clock.midnight(day + dt.timedelta(days=1))
        held = [visit for visit in visits if visit.starts_at < end and visit.ends_at > start]
        found.append(CalendarDay(day, held, day == clock.today(), month is not None and day.month != month))
    return found


def team_of(actor: Actor) -> list[User]:
    """Give whose meetings this person may ask for: those who work in their programs; of a partner, none but oneself."""
    held = actor.program_ids(*KEEPERS)
    there = Grant.program_id.is_not(None) if held is None else Grant.program_id.in_(held)
    work = select(Grant.user_id).where(Grant.in_force(), Grant.role.in_(STAFF), or_(there, Grant.user_id == actor.user_id))
    found = select(User).where(User.id.in_(work), User.disabled_at.is_(None)).order_by(User.name, User.email).limit(300)
    return list(db.session.scalars(found))


def oneself(actor: Actor) -> User:
    """Give the account of whoever asks."""
    return db.session.get_one(User, actor.user_id)


def somebody(actor: Actor, ref: str | None) -> User | None:
    """Give whose meetings are asked for: `moi` is oneself, nothing is everyone. Refuses (404) whoever is not of the team."""
    if not ref:
        return None
    if ref == ONESELF:
        return oneself(actor)
    found = next((user for user in team_of(actor) if user.ref == ref), None)
    if found is None:
        raise NotFound
    return found
