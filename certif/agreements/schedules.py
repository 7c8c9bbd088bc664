"""Is this week of work fine? What the law says of it, and what a program promises besides. Nothing is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from certif import law
from certif.agreements.ages import AgeBand, Studies, birth_standing_for, group_of
from certif.kit.languages import _, language
from certif.law import Breach, HourRule, Shift, YoungWorker
from certif.programs import time_of_day
from certif.territory import Partner, calendar_of

ClassHours = tuple[dt.time, dt.time]
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Student:
    """What must be known of a student to judge a week.

    Takes: `calendar`, of the school, None while it is unknown; `exception`, the case of the regulation for a child under 14;
    `has_parental_form`, whether a parent consents by the form; `way_home_minutes`, how long the way home takes.
    """

    band: AgeBand
    studies: Studies
    calendar: law.SchoolCalendar | None = None
    has_diploma: bool = False
    exception: str | None = None
    has_parental_form: bool = False
    way_home_minutes: int = 0

    def worker(self, on: dt.date) -> YoungWorker:
        """Give the student as the law sees them around a day."""
        return YoungWorker(
            birth_standing_for(self.band, on), self.calendar, self.has_diploma, self.exception, self.has_parental_form,
            self.way_home_minutes,
        )  # fmt: skip

    def must_attend(self, on: dt.date) -> bool:
        """Whether the law makes the student attend school that day."""
        return self.worker(on).must_attend(on)


@dataclass(frozen=True)
class Judgement:
    """What is to be said of a week: how much is worked, what breaks the law, what breaks the promise. `group`: whose promise it is;
    `must_attend`, whether the limits of the law are those of this student; `is_break`, whether school gives a long break all week."""

    minutes: int
    weekday_minutes: int
    breaches: list[Breach]
    promise: list[str]
    group: law.StudentGroup
    must_attend: bool
    is_break: bool

    @property
    def is_fine(self) -> bool:
        """Whether nothing that is known here is broken."""
        return not self.breaches and not self.promise


def judge(shifts: Sequence[Shift], student: Student, hours: Iterable[HourRule], *, on: dt.date, federal: bool = False) -> Judgement:
    """Judge one week of shifts, Sunday to Saturday.

    Takes: `hours`, what a program promises, empty for none; `on`, a day of the week; `federal`, for an undertaking under federal law.
    """
    sunday = law.sunday_of(on)
    worker, must_attend = student.worker(sunday), student.must_attend(on)
    worked = [(day, minutes) for shift in shifts for day, minutes in shift.minutes_by_day().items()]
    group = group_of(student.studies, must_attend=must_attend)
    is_break = student.calendar is not None and all(student.calendar.is_in_long_break(sunday + number * _DAY) for number in range(7))
    found = law.promised_to(group, hours)
    return Judgement(
        sum(minutes for _each, minutes in worked),
        sum(minutes for day, minutes in worked if day.weekday() < 5),
        law.check_week(shifts, worker, federal=federal),
        _against(found, shifts, student.calendar),
        group,
        must_attend,
        is_break,
    )


def usual_week(shifts: Iterable[Sequence[str | int]], sunday: dt.date) -> list[Shift]:
    """Give a usual week as the shifts of the week that begins on a Sunday. Takes: triples (weekday from Monday, start, end)."""
    return [
        Shift(sunday + ((int(day) + 1) % 7) * _DAY, dt.time.fromisoformat(str(starts)), dt.time.fromisoformat(str(ends)))
        for day, starts, ends in shifts
    ]


def school_week(calendar: law.SchoolCalendar | None, since: dt.date, until: dt.date) -> dt.date:
    """Give the Sunday of the first week of that time which is no break; of its first week, when all of it is."""
    first = law.sunday_of(since)
    day = first
    while calendar is not None and day <= until:
        if not any(calendar.is_in_long_break(day + number * _DAY) for number in range(1, 6)):
            return day
        day += 7 * _DAY
    return first


def legal_calendar(body: Partner | None, on: dt.date, class_hours: ClassHours | None = None) -> law.SchoolCalendar | None:
    """Give the calendar of a school body as the law reads it.

    Takes: `class_hours`, first and last bell. Where they are known and the calendar is not, every day from Monday to Friday is a school
    day: nobody is freed by mistake.
    """
    known = calendar_of(body, on) if body is not None else None
    if known is not None:
        breaks = tuple((one.first_day, one.last_day) for one in known.breaks)
        return law.SchoolCalendar(known.first_day, known.last_day, breaks, class_hours)
    if class_hours is None:
        return None
    year = law.school_year_of(on)
    return law.SchoolCalendar(dt.date(year, 7, 1), dt.date(year + 1, 6, 30), (), class_hours)


def spoken_hours(minutes: int) -> str:
    """Write a length of work as both languages read it: `7 h`, `7 h 30`."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}\u00a0h\u00a0{rest:02d}" if rest else f"{whole}\u00a0h"


def _against(promise: HourRule, shifts: Sequence[Shift], calendar: law.SchoolCalendar | None) -> list[str]:
    """Say where a week goes beyond a promise; what is worked during a long break counts for none: promises are of the school period."""
    worked = [
        (day, minutes)
        for shift in shifts
        for day, minutes in shift.minutes_by_day().items()
        if calendar is None or not calendar.is_in_long_break(day)
    ]
    sums = (
        (promise.week_hours, sum(minutes for _each, minutes in worked), _("dans la semaine")),
        (promise.monday_thursday_hours, sum(minutes for day, minutes in worked if day.weekday() < 4), _("du lundi au jeudi")),
        (promise.monday_friday_hours, sum(minutes for day, minutes in worked if day.weekday() < 5), _("du lundi au vendredi")),
    )
    said = []
    for limit, minutes, when in sums:
        if limit is not None and minutes > limit * 60:
            facts = {"hours": spoken_hours(minutes), "when": when, "limit": spoken_hours(limit * 60)}
            said.append(_("%(hours)s %(when)s : le programme promet au plus %(limit)s.", **facts))
    late = promise.latest_finish
    if late is not None and any(_is_after(shift, late) for shift in shifts if calendar is None or not calendar.is_in_long_break(shift.day)):
        said.append(
            _("Un quart finit après %(time)s, l’heure que le programme promet de ne pas dépasser.", time=time_of_day(late, language()))
        )
    return [str(one) for one in said]


def _is_after(shift: Shift, late: dt.time) -> bool:
    """Whether a shift ends after an hour; an hour before 6 is of the night that follows."""

    def of_the_night(time: dt.time) -> int:
        return time.hour * 60 + time.minute + (24 * 60 if time.hour < 6 else 0)

    return of_the_night(shift.ends) > of_the_night(late)
