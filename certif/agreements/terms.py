"""What an employer proposes, as values, and what stands in its way: the law first, then what the program promises."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from certif import law
from certif.agreements.ages import CHILDREN, AgeBand, Studies
from certif.agreements.kinds import AgreementKind
from certif.agreements.schedules import Student, judge, legal_calendar, school_week, spoken_hours, usual_week
from certif.kit.languages import _, _l, language
from certif.law import HourRule, RuleCode, rule_in_force
from certif.programs import time_of_day
from certif.territory import Partner

LEAST_INTERNSHIP = 25
"""An internship is one from that many hours on. Source: requirement of the programs that recognise interns [C]."""


class ExamWeeks(StrEnum):
    """What is worked while there are exams."""

    NONE = "none"
    HALF = "half"
    ASKED = "asked"


EXAM_WEEKS = {
    ExamWeeks.NONE: _l("Aucun quart"),
    ExamWeeks.HALF: _l("Au plus la moitié des heures"),
    ExamWeeks.ASKED: _l("Horaire allégé dès que l’élève le demande"),
}


@dataclass(frozen=True)
class Signer:
    """Who will sign on one side, and where the link goes. `name` is nothing for the parent of a child under 14 until they give it."""

    name: str
    email: str
    language: str = "fr"


@dataclass(frozen=True)
class AgreementTerms:
    """What is proposed.

    Takes: `place`, the name of the establishment; `weekday_hours`, the ceiling from Monday to Friday; `latest_finish`, on the eve of a day
    of school; `shifts`, the usual week, triples (weekday from Monday, start, end); `exception`, a case of the regulation for a child under
    14; `student`, `parent`, `contact`: who signs besides the employer; `contact` is of the school or the regional body.
    """

    kind: AgreementKind
    place: str
    first_day: dt.date
    last_day: dt.date
    band: AgeBand = AgeBand.ADULT
    studies: Studies = Studies.SECONDARY
    school_body: Partner | None = None
    school: str = ""
    exception: str = ""
    tasks: str = ""
    week_hours: int | None = None
    weekday_hours: int | None = None
    latest_finish: dt.time | None = None
    total_hours: int | None = None
    exam_weeks: ExamWeeks = ExamWeeks.NONE
    shares_timetable: bool = False
    shifts: list[list[str | int]] = field(default_factory=list)
    student: Signer | None = None
    parent: Signer | None = None
    contact: Signer | None = None

    @property
    def is_about_child(self) -> bool:
        """Whether a parent must consent, before anything is known of the child."""
        return self.kind is not AgreementKind.SCHOOL and self.band in CHILDREN


def obstacles_of(terms: AgreementTerms, hours: tuple[HourRule, ...], *, federal: bool) -> list[str]:
    """Say what must change before this may be sent to be signed, in the reader’s language; nothing when all is well.

    Takes: `hours`, what the employer’s program promises; `federal`, for an undertaking under federal law.
    """
    if terms.kind is AgreementKind.SCHOOL:
        return []
    on = terms.first_day
    calendar = legal_calendar(terms.school_body, on)
    student = Student(terms.band, terms.studies, calendar, exception=terms.exception or None, has_parental_form=True)
    must_attend, found = student.must_attend(on), list[str]()
    if terms.is_about_child:
        found += _child_obstacles(terms)
    if must_attend and not federal:
        found += _above_law(terms, on)
    sunday = school_week(calendar, terms.first_day, terms.last_day)
    week = usual_week(terms.shifts, sunday)
    judged = judge(week, student, hours, on=sunday + dt.timedelta(days=6), federal=federal)
    found += _above_promise(terms, law.promised_to(judged.group, hours))
    change = _("Changez la semaine habituelle.")
    found += [f"{sentence} {change}" for sentence in (*(breach.sentence for breach in judged.breaches), *judged.promise)]
    return list(dict.fromkeys([*found, *_above_own(terms, judged.minutes, judged.weekday_minutes)]))


def _child_obstacles(terms: AgreementTerms) -> list[str]:
    found = []
    if not terms.exception:
        found.append(_("Avant 14 ans, choisissez le cas prévu par règlement qui permet ce travail."))
    if terms.kind is AgreementKind.INTERNSHIP:
        found.append(_("Une entente de stage se fait à partir de 14 ans."))
    if not (terms.tasks and terms.shifts and terms.week_hours):
        said = _("Avant 14 ans, écrivez les tâches, le plafond de la semaine et les périodes de disponibilité : un parent y consent.")
        found.append(said)
    return [str(one) for one in found]


def _above_law(terms: AgreementTerms, on: dt.date) -> list[str]:
    """Say which ceilings go beyond what the law allows a student who must attend school."""
    found = []
    for code, asked, when in (
        (RuleCode.WEEK_HOURS, terms.week_hours, _("par semaine")),
        (RuleCode.WEEKDAY_HOURS, terms.weekday_hours, _("du lundi au vendredi")),
    ):
        rule = rule_in_force(code, on)
        if rule and rule.limit and asked is not None and asked > rule.limit:
            found.append(
                _("%(asked)s h %(when)s : la loi en permet au plus %(limit)s à cet élève (%(source)s). Écrivez %(limit)s ou moins.",
                  asked=asked, when=when, limit=rule.limit, source=rule.source)
            )  # fmt: skip
    rule = rule_in_force(RuleCode.WEEKDAY_HOURS, on)
    if rule and terms.week_hours and terms.weekday_hours is None and rule.limit and terms.week_hours > rule.limit:
        found.append(_("Écrivez aussi le plafond du lundi au vendredi : la loi y permet au plus %(limit)s h (%(source)s).",
                       limit=rule.limit, source=rule.source))  # fmt: skip
    late = terms.latest_finish
    home = rule_in_force(RuleCode.NIGHT_AT_HOME, on)
    if home and late is not None and (late < dt.time(6) or late >= dt.time(23)):
        found.append(_("Fin à %(time)s : cet élève doit être à la maison à 23 h (%(source)s). Choisissez une heure plus tôt.",
                       time=time_of_day(late, language()), source=home.source))  # fmt: skip
    return [str(one) for one in found]


def _above_promise(terms: AgreementTerms, promise: HourRule) -> list[str]:
    found = []
    if promise.week_hours is not None and (terms.week_hours or 0) > promise.week_hours:
        found.append(_("%(asked)s h par semaine : votre programme promet au plus %(limit)s. Écrivez %(limit)s ou moins.",
                       asked=terms.week_hours, limit=promise.week_hours))  # fmt: skip
    if promise.monday_friday_hours is not None and (terms.weekday_hours or 0) > promise.monday_friday_hours:
        found.append(_("%(asked)s h du lundi au vendredi : votre programme promet au plus %(limit)s. Écrivez %(limit)s ou moins.",
                       asked=terms.weekday_hours, limit=promise.monday_friday_hours))  # fmt: skip
    late, promised = terms.latest_finish, promise.latest_finish
    if late is not None and promised is not None and _of_the_night(late) > _of_the_night(promised):
        found.append(_("Fin à %(asked)s : votre programme promet %(limit)s au plus tard. Choisissez une heure plus tôt.",
                       asked=time_of_day(late, language()), limit=time_of_day(promised, language())))  # fmt: skip
    return [str(one) for one in found]


def _above_own(terms: AgreementTerms, minutes: int, weekday_minutes: int) -> list[str]:
    found = []
    for ceiling, worked in ((terms.week_hours, minutes), (terms.weekday_hours, weekday_minutes)):
        if ceiling is not None and worked > ceiling * 60:
            found.append(_("La semaine habituelle fait %(worked)s, au-dessus du plafond de %(ceiling)s que vous écrivez.",
                           worked=spoken_hours(worked), ceiling=spoken_hours(ceiling * 60)))  # fmt: skip
    if terms.total_hours is not None and terms.total_hours < LEAST_INTERNSHIP:
        found.append(_("Un stage dure au moins %(least)s heures.", least=LEAST_INTERNSHIP))
    return [str(one) for one in found]


def _of_the_night(time: dt.time) -> int:
    return time.hour * 60 + time.minute + (24 * 60 if time.hour < 6 else 0)
