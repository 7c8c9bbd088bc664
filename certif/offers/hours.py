"""Do the hours of an offer keep the promise and the law? Each fault in a sentence that says what to change.

An offer to everyone is held to what is promised to each group, and to the law that protects the youngest. In long breaks the limits of
hours do not hold; nights and ages always do.
Source: LNT s. 84.3, 84.4, 84.6 and 84.7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from certif.kit.languages import _, language
from certif.law import HourRule, LegalRule, RuleCode, StudentGroup, promised_to, rule_in_force
from certif.offers.model import Season
from certif.offers.terms import OfferTerms
from certif.programs import time_of_day

NOT_COMPULSORY_FROM = 16
"""The age from which somebody may no longer have to attend school. Source: Loi sur l’instruction publique, s. 14."""
LONGEST_BREAK = dt.timedelta(days=80)
"""A summer, from the last day of class to the first: no break of the school year lasts longer."""
_MORNING = dt.time(6)


def faults_of(terms: OfferTerms, promise: Iterable[HourRule], *, is_federal: bool, on: dt.date) -> list[str]:
    """Say what an offer must change; nothing when it keeps the promise and the law.

    Takes: `promise`, the hours that the employer signed for; `is_federal`, whether it stands under federal law, to which Québec’s does not
    apply; `on`, the day whose law counts.
    """
    found = [*_of_dates(terms)]
    if not is_federal:
        found += _of_law(terms, on)
    if terms.season is Season.SCHOOL:
        found += _of_promise(terms, list(promise))
    return list(dict.fromkeys(found))


def _of_dates(terms: OfferTerms) -> Iterator[str]:
    if terms.season is Season.BREAK and (terms.ends_on is None or terms.ends_on - terms.starts_on > LONGEST_BREAK):
        yield _(
            "Un emploi de congé a un dernier jour, au plus %(days)s jours après le premier : les limites d’heures reviennent avec l’école.",
            days=LONGEST_BREAK.days,
        )


def _of_law(terms: OfferTerms, on: dt.date) -> Iterator[str]:
    youngest = rule_in_force(RuleCode.MINIMUM_AGE, on)
    if youngest is not None and youngest.limit is not None and terms.least_age < youngest.limit:
        yield _cited(_("L’âge minimal est de %(age)s ans.", age=youngest.limit), youngest)
    if not is_for_pupils(terms.group):
        if terms.least_age < NOT_COMPULSORY_FROM:
            yield _("Cette offre s’adresse à des jeunes d’au moins %(age)s ans : corrigez l’âge minimal.", age=NOT_COMPULSORY_FROM)
        return
    if terms.season is Season.SCHOOL:
        yield from _of_limits(terms, on)
    night = rule_in_force(RuleCode.NIGHT_AT_HOME, on)
    if night is not None and (terms.latest_finish >= dt.time(23) or terms.latest_finish < _MORNING):
        yield _cited(_("À 23 h, l’élève doit être à la maison : faites finir le travail plus tôt."), night)


def _of_limits(terms: OfferTerms, on: dt.date) -> Iterator[str]:
    week, weekdays = rule_in_force(RuleCode.WEEK_HOURS, on), rule_in_force(RuleCode.WEEKDAY_HOURS, on)
    if week is not None and week.limit is not None and terms.week_hours > week.limit:
        said = _("%(hours)s h par semaine : la loi en permet au plus %(limit)s.", hours=terms.week_hours, limit=week.limit)
        yield _cited(said, week)
    if weekdays is not None and weekdays.limit is not None and terms.monday_friday_hours > weekdays.limit:
        facts = {"hours": terms.monday_friday_hours, "limit": weekdays.limit}
        yield _cited(_("%(hours)s h du lundi au vendredi : la loi en permet au plus %(limit)s.", **facts), weekdays)


def _of_promise(terms: OfferTerms, promise: list[HourRule]) -> Iterator[str]:
    for group in StudentGroup if terms.group is StudentGroup.EVERYONE else (terms.group,):
        rule = promised_to(group, promise)
        facts = {"group": str(group.label)}
        if rule.week_hours is not None and terms.week_hours > rule.week_hours:
            yield _(
                "%(hours)s h par semaine : votre engagement en permet au plus %(limit)s (%(group)s).",
                hours=terms.week_hours, limit=rule.week_hours, **facts,
            )  # fmt: skip
        if rule.monday_friday_hours is not None and terms.monday_friday_hours > rule.monday_friday_hours:
            yield _(
                "%(hours)s h du lundi au vendredi : votre engagement en permet au plus %(limit)s (%(group)s).",
                hours=terms.monday_friday_hours, limit=rule.monday_friday_hours, **facts,
            )  # fmt: skip
        yield from _of_monday_thursday(terms, rule, facts)
        if rule.latest_finish is not None and _is_after(terms.latest_finish, rule.latest_finish):
            yield _(
                "Le travail finit à %(time)s : votre engagement dit au plus tard %(limit)s (%(group)s).",
                time=time_of_day(terms.latest_finish, language()), limit=time_of_day(rule.latest_finish, language()), **facts,
            )  # fmt: skip


def _of_monday_thursday(terms: OfferTerms, rule: HourRule, facts: dict[str, str]) -> Iterator[str]:
    limit, hours = rule.monday_thursday_hours, terms.monday_thursday_hours
    if limit is None:
        return
    if hours is None and terms.monday_friday_hours > limit:
        yield _(
            "Dites aussi combien d’heures du lundi au jeudi : votre engagement en permet au plus %(limit)s (%(group)s).",
            limit=limit,
            **facts,
        )
    elif hours is not None and hours > limit:
        yield _(
            "%(hours)s h du lundi au jeudi : votre engagement en permet au plus %(limit)s (%(group)s).", hours=hours, limit=limit, **facts
        )


def is_for_pupils(group: StudentGroup) -> bool:
    """Whether pupils whom the law makes attend school may be among them."""
    return group in {StudentGroup.EVERYONE, StudentGroup.SECONDARY_COMPULSORY}


def _is_after(finish: dt.time, limit: dt.time) -> bool:
    return (finish < _MORNING, finish) > (limit < _MORNING, limit)


def _cited(sentence: str, rule: LegalRule) -> str:
    return f"{sentence} ({rule.source})"
