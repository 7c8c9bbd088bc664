"""Questions about school calendars: those that somebody keeps, and of which school year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.exceptions import NotFound

from certif.agreements.exam_queries import bodies_of
from certif.kit import clock
from certif.kit.access import Actor
from certif.territory import Partner, SchoolCalendar, calendars_of, school_year_of


@dataclass(frozen=True)
class CalendarLine:
    """A school body, a school year, and its calendar, None while nobody has entered it."""

    body: Partner
    year: str
    calendar: SchoolCalendar | None


def years_kept() -> tuple[str, str]:
    """Give this school year and the next."""
    today = clock.today()
    return school_year_of(today), school_year_of(today + dt.timedelta(days=365))


def calendar_lines(actor: Actor) -> Sequence[CalendarLine]:
    """Give the calendars of someone’s school bodies for this school year and the next, by year, then by name."""
    bodies, years = bodies_of(actor), years_kept()
    known = {(one.partner_id, one.school_year): one for one in calendars_of(bodies, years)}
    return [CalendarLine(body, year, known.get((body.id, year))) for year in years for body in bodies]


def body_for(actor: Actor, ref: str) -> Partner:
    """Give a school body of someone’s regions. Refuses (404) any other."""
    found = next((one for one in bodies_of(actor) if one.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def year_asked(text: str | None) -> str:
    """Give the school year that an address names, this one by default. Refuses (404) one that is neither this one nor the next."""
    if text is None:
        return years_kept()[0]
    if text not in years_kept():
        raise NotFound
    return text


def calendar_in(body: Partner, year: str) -> SchoolCalendar | None:
    """Give the calendar of a school body for a school year, or None while nobody has entered it."""
    return next(iter(calendars_of([body], [year])), None)
