"""Who must attend school until when, and when school gives a long break.

Source: *Loi sur l’instruction publique* (I-13.3), s. 14; *Loi sur les normes du travail*, s. 84.4.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

LONG_BREAK_DAYS = 7
"""A break lifts the hour limits when it is *longer* than this."""

_DAY = dt.timedelta(days=1)
_JULY = 7


@dataclass(frozen=True)
class SchoolCalendar:
    """One school year as a school service centre publishes it.

    Takes: `first_day`, `last_day`, the first and last days of class; `no_service_periods`, pairs (first, last), both included, of days
    without educational service;
    `school_hours`, first and last bell, when they are known.
    """

    first_day: dt.date
    last_day: dt.date
    no_service_periods: tuple[tuple[dt.date, dt.date], ...] = ()
    school_hours: tuple[dt.time, dt.time] | None = None

    def __post_init__(self) -> None:
        if not self.first_day < self.last_day or any(first > last for first, last in self.no_service_periods):
            raise ValueError("a calendar that ends before it begins")
        if school_year_of(self.first_day) != school_year_of(self.last_day):
            raise ValueError("a calendar of more than one school year")

    @property
    def school_year(self) -> int:
        """The school year, by the year in which it begins: 2025 for 2025-2026."""
        return school_year_of(self.first_day)

    def has_service(self, day: dt.date) -> bool:
        """Whether the school gives educational services that day.

        Of another school year this calendar knows nothing: all but July and the weekends count as school days there, so that nobody is
        freed by mistake.
        """
        if day.weekday() >= 5:
            return False
        if school_year_of(day) != self.school_year:
            return day.month != _JULY
        if not self.first_day <= day <= self.last_day:
            return False
        return not any(first <= day <= last for first, last in self.no_service_periods)

    def is_in_long_break(self, day: dt.date) -> bool:
        """Whether the day belongs to a period of more than seven consecutive days without educational service, weekends included.

        Source: LNT s. 84.4. An ordinary four-day weekend is not one, nor are exactly seven days; a spring break of nine days is.
        """
        if self.has_service(day):
            return False
        return 1 + self._days_off(day, _DAY) + self._days_off(day, -_DAY) > LONG_BREAK_DAYS

    def _days_off(self, day: dt.date, step: dt.timedelta) -> int:
        """Count the days off next to `day`, on one side, no further than is needed to know."""
        count = 0
        while count < LONG_BREAK_DAYS and not self.has_service(day + (count + 1) * step):
            count += 1
        return count


def school_year_of(day: dt.date) -> int:
    """Give the school year of a day, by the year in which it begins. It runs from 1 July to 30 June (convention of the ministry, to be
    confirmed)."""
    return day.year if day.month >= _JULY else day.year - 1


def birthday(birth: dt.date, age: int) -> dt.date:
    """Give the day on which someone reaches an age; born on 29 February, the next day in common years."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return dt.date(birth.year + age, 3, 1)


def age_on(birth: dt.date, on: dt.date) -> int:
    """Give someone’s age on a day, in whole years."""
    years = on.year - birth.year
    return years if on >= birthday(birth, years) else years - 1


def is_under_compulsory_attendance(birth: dt.date, on: dt.date, calendar: SchoolCalendar | None = None, has_diploma: bool = False) -> bool:
    """Whether the law makes this young person attend school that day.

    Takes: `calendar`, of the school year in which the person turns 16; without it the year is taken to last until 30 June, the safest
    reading;
    `has_diploma`, a diploma of the ministry of Education.
    Source: *Loi sur l’instruction publique*, s. 14: from the school year after the sixth birthday until the last day of the school
    calendar of the school year
    in which the child turns 16, or a ministry diploma, whichever first.
    """
    if has_diploma:
        return False
    this_year = school_year_of(on)
    first_year, last_year = school_year_of(birthday(birth, 6)) + 1, school_year_of(birthday(birth, 16))
    if not first_year <= this_year <= last_year:
        return False
    if this_year == last_year and calendar is not None and calendar.school_year == last_year:
        return on <= calendar.last_day
    return True
