"""Is this schedule lawful? A week of work, Sunday to Saturday, against the rules that hold on each of its days.

Source: *Loi sur les normes du travail*, s. 84.3 to 84.7; CNESST guide, section 84.4 and its three worked examples.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from certif.kit.clock import TORONTO
from certif.kit.languages import _l
from certif.law.age import allows
from certif.law.attendance import SchoolCalendar, age_on, is_under_compulsory_attendance, school_year_of
from certif.law.rules import LegalRule, RuleCode, rule_in_force

_DAY = dt.timedelta(days=1)
_NIGHT_BEGINS, _NIGHT_ENDS = dt.time(23), dt.time(6)


class Setting(StrEnum):
    """Where the work is done, when the regulation treats its nights differently.

    Source: LNT s. 84.7 and regulation N-1.1, r. 3: artistic work; camp or leisure non-profit where the child lodges and has no school
    the next day.
    """

    ORDINARY = "ordinary"
    ARTISTIC = "artistic"
    LODGED_CAMP = "lodged_camp"


@dataclass(frozen=True, order=True)
class Shift:
    """A stretch of work. A meal that is not worked makes two shifts.

    Takes: `day`, on which it starts; `starts`, `ends`, Québec’s time; an end that is not after the start is on the next day.
    """

    day: dt.date
    starts: dt.time
    ends: dt.time

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """When it begins and ends, as true instants: a night when clocks change has its true length."""
        last_day = self.day if self.ends > self.starts else self.day + _DAY
        begins, ends = (dt.datetime.combine(day, time, TORONTO) for day, time in ((self.day, self.starts), (last_day, self.ends)))
        return begins.astimezone(dt.UTC), ends.astimezone(dt.UTC)

    def minutes_by_day(self) -> dict[dt.date, int]:
        """How many minutes are worked on each day it touches."""
        begins, ends = self.span
        midnight = _instant(self.day + _DAY, dt.time())
        today = int((min(ends, midnight) - begins).total_seconds() // 60)
        tomorrow = int(max(ends - midnight, dt.timedelta()).total_seconds() // 60)
        return {self.day: today, self.day + _DAY: tomorrow} if tomorrow else {self.day: today}

    def overlaps(self, first: dt.datetime, last: dt.datetime) -> bool:
        """Whether some of it falls between two instants."""
        begins, ends = self.span
        return begins < last and first < ends


@dataclass(frozen=True)
class YoungWorker:
    """What the law must know of someone to judge a schedule; asked for the length of a check, kept nowhere.

    Takes: `calendar`, of the person’s school, without which no break is known; `has_diploma`, of the ministry; `exception`, the code of
    one of
    `UNDER_14_EXCEPTIONS`; `has_parental_form`; `way_home_minutes`, how long the way home takes.
    """

    birth: dt.date
    calendar: SchoolCalendar | None = None
    has_diploma: bool = False
    exception: str | None = None
    has_parental_form: bool = False
    way_home_minutes: int = 0

    def must_attend(self, day: dt.date) -> bool:
        """Whether the law makes this person attend school in that part of the year."""
        return is_under_compulsory_attendance(self.birth, day, self.calendar, self.has_diploma)


@dataclass(frozen=True)
class Breach:
    """A rule that is not kept, in plain words. `str(breach.sentence)` speaks the reader’s language; `on` is the day, or the Sunday of
    the week."""

    rule: LegalRule
    sentence: object
    on: dt.date | None = None


def check_week(shifts: Iterable[Shift], worker: YoungWorker, *, federal: bool = False, setting: Setting = Setting.ORDINARY) -> list[Breach]:
    """Judge the schedule of one young person, each week (Sunday to Saturday) by itself.

    Takes: `shifts`, of one or more weeks; `federal`, for an undertaking under federal jurisdiction, to which Québec’s rules do not apply.
    Gives: the breaches, week by week; none means that no rule known here is broken, not that all is well.
    Source: LNT s. 84.3–84.7. Hours on days that belong to a long break are not counted; those on the other days of the same week are
    (our reading, C).
    """
    if federal:
        return []
    breaches: list[Breach] = []
    for sunday, week in groupby(sorted(shifts), key=lambda shift: sunday_of(shift.day)):
        worked = list(week)
        breaches += _age_breaches(worked[0].day, worker)
        breaches += _hour_breaches(sunday, worked, worker)
        for shift in worked:
            breaches += _shift_breaches(shift, worker, setting)
    return breaches


def sunday_of(day: dt.date) -> dt.date:
    """Give the Sunday that begins the week of a day, as the CNESST’s table runs."""
    return day - dt.timedelta(days=(day.weekday() + 1) % 7)


def _age_breaches(day: dt.date, worker: YoungWorker) -> list[Breach]:
    age = age_on(worker.birth, day)
    found = []
    minimum, form = rule_in_force(RuleCode.MINIMUM_AGE, day), rule_in_force(RuleCode.PARENTAL_FORM, day)
    if minimum and minimum.limit and age < minimum.limit and not allows(worker.exception, age):
        sentence = _l("À %(age)s ans, ce travail n’est permis que dans les cas prévus par règlement.", age=age)
        return [Breach(minimum, sentence, day)]
    if form and form.limit and age < form.limit and not worker.has_parental_form:
        found.append(Breach(form, form.sentence, day))
    return found


def _hour_breaches(sunday: dt.date, shifts: list[Shift], worker: YoungWorker) -> list[Breach]:
    week = weekdays = 0
    for shift in shifts:
        for day, minutes in shift.minutes_by_day().items():
            if _is_capped(day, worker):
                week += minutes
                weekdays += minutes if day.weekday() < 5 else 0
    found = []
    for code, minutes in ((RuleCode.WEEK_HOURS, week), (RuleCode.WEEKDAY_HOURS, weekdays)):
        rule = rule_in_force(code, sunday + 6 * _DAY)
        if rule and rule.limit and minutes > rule.limit * 60:
            facts = {"hours": _hours(minutes), "limit": _hours(rule.limit * 60)}
            found.append(Breach(rule, _too_many(code, facts), sunday))
    return found


def _too_many(code: RuleCode, facts: dict[str, str]) -> object:
    if code is RuleCode.WEEK_HOURS:
        return _l("%(hours)s de travail dans la semaine : la loi en permet au plus %(limit)s.", **facts)
    return _l("%(hours)s de travail du lundi au vendredi : la loi en permet au plus %(limit)s.", **facts)


def _is_capped(day: dt.date, worker: YoungWorker) -> bool:
    """Whether the hours worked that day count against the limits."""
    if rule_in_force(RuleCode.WEEK_HOURS, day) is None or not worker.must_attend(day):
        return False
    return worker.calendar is None or not worker.calendar.is_in_long_break(day)


def _shift_breaches(shift: Shift, worker: YoungWorker, setting: Setting) -> list[Breach]:
    if not worker.must_attend(shift.day):
        return []
    found = [_in_school_hours(shift, worker.calendar), _at_night(shift, worker, setting)]
    return [breach for breach in found if breach]


def _in_school_hours(shift: Shift, calendar: SchoolCalendar | None) -> Breach | None:
    rule = rule_in_force(RuleCode.SCHOOL_HOURS, shift.day)
    if rule is None or calendar is None or calendar.school_hours is None:
        return None
    first_bell, last_bell = calendar.school_hours
    for day in shift.minutes_by_day():
        in_class = calendar.has_service(day) and calendar.school_year == school_year_of(day)
        if in_class and shift.overlaps(_instant(day, first_bell), _instant(day, last_bell)):
            return Breach(rule, _l("Cette plage de travail tombe pendant les heures de classe."), day)
    return None


def _at_night(shift: Shift, worker: YoungWorker, setting: Setting) -> Breach | None:
    way_home = dt.timedelta(minutes=worker.way_home_minutes)
    begins, ends = shift.span
    at_work = away = False
    for evening in (shift.day - _DAY, shift.day):
        night, morning = _instant(evening, _NIGHT_BEGINS), _instant(evening + _DAY, _NIGHT_ENDS)
        at_work = at_work or shift.overlaps(night, morning)
        away = away or (begins - way_home < morning and night < ends + way_home)
    free_tomorrow = worker.calendar is not None and not worker.calendar.has_service(shift.day + _DAY)
    lodged = setting is Setting.LODGED_CAMP and free_tomorrow
    work, home = rule_in_force(RuleCode.NIGHT_WORK, shift.day), rule_in_force(RuleCode.NIGHT_AT_HOME, shift.day)
    if work and at_work and setting is not Setting.ARTISTIC:
        return Breach(work, _l("Cette plage de travail touche la nuit, entre 23 h et 6 h."), shift.day)
    if home and away and not (lodged or setting is Setting.ARTISTIC):
        return Breach(home, _l("Avec le trajet, cet horaire ne permet pas d’être à la maison entre 23 h et 6 h."), shift.day)
    return None


def _instant(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, TORONTO).astimezone(dt.UTC)


def _hours(minutes: int) -> str:
    """Write a length of work as both languages read it: `7 h`, `7 h 30`."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}\u00a0h\u00a0{rest:02d}" if rest else f"{whole}\u00a0h"
