"""Does a promise allow more than the law? What a program caps, beside what the law already caps.

A promise that is silent allows nothing: the law stands beside it. A promise that names more hours than the law, for pupils under
compulsory attendance, may not be made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from certif.kit.languages import _l
from certif.law.rules import LegalRule, RuleCode, rule_in_force
from certif.law.week import Breach


class StudentGroup(StrEnum):
    """The young people whose hours a promise may cap."""

    EVERYONE = "everyone"
    SECONDARY_COMPULSORY = "secondary_compulsory"
    SECONDARY_16_PLUS = "secondary_16_plus"
    VOCATIONAL_ADULT = "vocational_adult"
    CEGEP = "cegep"
    UNIVERSITY = "university"

    @property
    def label(self) -> object:
        """The group in words (lazy)."""
        return _GROUPS[self]


_GROUPS = {
    StudentGroup.EVERYONE: _l("Tous les élèves, étudiantes et étudiants"),
    StudentGroup.SECONDARY_COMPULSORY: _l("Élèves soumis à l’obligation de fréquentation scolaire"),
    StudentGroup.SECONDARY_16_PLUS: _l("Élèves du secondaire qui ne sont plus soumis à l’obligation de fréquentation scolaire"),
    StudentGroup.VOCATIONAL_ADULT: _l("Formation professionnelle et formation générale des adultes"),
    StudentGroup.CEGEP: _l("Cégep"),
    StudentGroup.UNIVERSITY: _l("Université"),
}


@dataclass(frozen=True)
class HourRule:
    """What a promise says of the hours of one group, in the school period. None: it says nothing.

    Takes: whole hours; `ideal_hours`, what is recommended a week, below the cap; `latest_finish`, Québec’s time; before 6 h means after
    midnight.
    """

    group: StudentGroup
    week_hours: int | None = None
    monday_thursday_hours: int | None = None
    monday_friday_hours: int | None = None
    latest_finish: dt.time | None = None
    ideal_hours: int | None = None


def promised_to(group: StudentGroup, rules: Iterable[HourRule]) -> HourRule:
    """Give what is promised to a group: its own rule, and, where that one is silent, what is promised to everyone."""
    known = {rule.group: rule for rule in rules}
    own, shared = known.get(group, HourRule(group)), known.get(StudentGroup.EVERYONE, HourRule(group))

    def first(mine: int | None, theirs: int | None) -> int | None:
        return theirs if mine is None else mine

    return HourRule(
        group,
        first(own.week_hours, shared.week_hours),
        first(own.monday_thursday_hours, shared.monday_thursday_hours),
        first(own.monday_friday_hours, shared.monday_friday_hours),
        own.latest_finish or shared.latest_finish,
        first(own.ideal_hours, shared.ideal_hours),
    )


def floor_breaches(rules: Iterable[HourRule], on: dt.date) -> list[Breach]:
    """Say where a promise allows more than the law for pupils under compulsory attendance, on a day.

    Gives: one breach for each rule of law; none before the limits existed (1 September 2023 for hours).
    Source: LNT s. 84.4, 84.6, 84.7.
    """
    promise = promised_to(StudentGroup.SECONDARY_COMPULSORY, rules)
    weekday = max((hours for hours in (promise.monday_thursday_hours, promise.monday_friday_hours) if hours is not None), default=None)
    found = [
        _more_hours(RuleCode.WEEK_HOURS, promise.week_hours, on),
        _more_hours(RuleCode.WEEKDAY_HOURS, weekday, on),
        _too_late(promise.latest_finish, on),
    ]
    return [breach for breach in found if breach]


def _more_hours(code: RuleCode, promised: int | None, on: dt.date) -> Breach | None:
    rule = rule_in_force(code, on)
    if rule is None or rule.limit is None or promised is None or promised <= rule.limit:
        return None
    return Breach(rule, _allows_more(code, promised, rule.limit), on)


def _allows_more(code: RuleCode, promised: int, limit: int) -> object:
    if code is RuleCode.WEEK_HOURS:
        return _l("La promesse permet %(promised)s h par semaine ; la loi en permet au plus %(limit)s.", promised=promised, limit=limit)
    return _l(
        "La promesse permet %(promised)s h du lundi au vendredi ; la loi en permet au plus %(limit)s.", promised=promised, limit=limit
    )


def _too_late(finish: dt.time | None, on: dt.date) -> Breach | None:
    if finish is None or dt.time(6) <= finish < dt.time(23):
        return None
    if finish == dt.time(23):
        home = rule_in_force(RuleCode.NIGHT_AT_HOME, on)
        return (
            Breach(home, _l("La promesse permet de finir à 23 h ; la loi veut qu’à cette heure l’élève soit à la maison."), on)
            if home
            else None
        )
    night = rule_in_force(RuleCode.NIGHT_WORK, on)
    return Breach(night, _l("La promesse permet de travailler après 23 h ; la loi l’interdit."), on) if night else None


_NUMBERS = {
    "dix-huit": 18,
    "dix-neuf": 19,
    "vingt": 20,
    "vingt-cinq": 25,
    "trente": 30,
    "quarante": 40,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
}
_HOURS = re.compile(
    rf"\b(\d+|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})[\s-]+(?:heures?|hours?|h(?=\s*(?:/|par|a|per)\s*(?:sem|week)))\b",
    re.IGNORECASE,
)


def clause_breach(text: str, on: dt.date) -> Breach | None:
    """Say whether one clause of a contract names more hours than the law without recalling the legal limit in the same breath.

    Takes: `text`, one clause in either language. Hours are « 20 heures », « 20 h par semaine », “twenty hours”; « 22 h » alone is a time
    of day.
    Gives: the breach, or None. A clause for older students may say 20 hours as long as it also says 17, the limit for those under
    compulsory attendance.
    """
    rule: LegalRule | None = rule_in_force(RuleCode.WEEK_HOURS, on)
    if rule is None or rule.limit is None:
        return None
    named = [_NUMBERS.get(word.casefold()) or int(word) for word in _HOURS.findall(text)]
    if max(named, default=0) <= rule.limit or rule.limit in named:
        return None
    return Breach(
        rule,
        _l(
            "Une clause parle de %(promised)s h sans rappeler la limite légale de %(limit)s heures par semaine.",
            promised=max(named),
            limit=rule.limit,
        ),
        on,
    )
