"""What is said once someone has answered: where they stand among others, what the law says when their hours exceed it, where to get help.

Help, never blame: it is the employer whom the law binds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from certif.kit import clock
from certif.kit.languages import _
from certif.law import LegalRule, RuleCode, rule_in_force
from certif.surveys.definitions import UNDER_SIXTEEN, Answers, Definition, hours_total

_ISQ = ((0, 10, 61), (11, 15, 20), (16, 168, 18))
_ISQ_WORKING = 51
"""Source: Institut de la statistique du Québec, EQSJS 2022-2023: 51 % of pupils work in the school year; of these, 61 % less than 11
hours a week, 20 % from 11 to 15, 18 % 16 or more."""


@dataclass(frozen=True)
class Band:
    """How many in a hundred work so many hours, and whether the reader is one of them."""

    label: str
    percent: int
    is_mine: bool


@dataclass(frozen=True)
class Beside:
    """The reader beside others: figures that are already public, and whose they are."""

    lead: str
    bands: tuple[Band, ...]
    source: str


@dataclass(frozen=True)
class Exceeded:
    """A limit of the law that an answer goes beyond, in plain words, with the article."""

    sentence: str
    rule: LegalRule


Comparison = Callable[[int, Definition, Answers], "Beside | None"]
_comparisons: list[Comparison] = []


def compare_with(comparison: Comparison) -> Comparison:
    """Let a room to the right show figures of the survey that are published: it is given the survey's id, what was asked and the answers.

    It gives None where there are not enough answers to show anything; public figures of the whole of Québec then stand in.
    """
    _comparisons.append(comparison)
    return comparison


def beside(survey_id: int, definition: Definition, answers: Answers) -> Beside | None:
    """Give the reader beside others of the same level; None when nothing is known of that level."""
    for comparison in _comparisons:
        if (found := comparison(survey_id, definition, answers)) is not None:
            return found
    return _beside_quebec(definition, answers)


def exceeded(definition: Definition, answers: Answers) -> list[Exceeded]:
    """Say which limits of the law the answers go beyond, for those whom it surely protects: under 16, who work for someone.

    At 16 or 17 the answer depends on the day of birth, which nobody asks. Source: LNT, s. 84.4, 84.6 and 84.7.
    """
    if definition.said("age", answers) not in UNDER_SIXTEEN or definition.said("kind_of_work", answers) == "odd_jobs":
        return []
    weekdays, week = definition.said("hours_week", answers), hours_total(definition, answers)
    found = []
    if (rule := _rule(RuleCode.WEEKDAY_HOURS)) and rule.limit and isinstance(weekdays, int) and weekdays > rule.limit:
        said = _(
            "Du lundi au vendredi, vous travaillez %(hours)s h ; à votre âge, c’est au plus %(limit)s h.", hours=weekdays, limit=rule.limit
        )
        found.append(Exceeded(said, rule))
    if (rule := _rule(RuleCode.WEEK_HOURS)) and rule.limit and week is not None and week > rule.limit:
        said = _("Dans la semaine, vous travaillez %(hours)s h ; à votre âge, c’est au plus %(limit)s h.", hours=week, limit=rule.limit)
        found.append(Exceeded(said, rule))
    if (rule := _rule(RuleCode.NIGHT_WORK)) and definition.said("latest", answers) == "after_23":
        found.append(Exceeded(_("Vous finissez parfois après 23 h ; à votre âge, le travail s’arrête à 23 h au plus tard."), rule))
    return found


def limits(definition: Definition) -> list[LegalRule]:
    """Give what the law says of hours, for parents and teachers: they were asked about it, and should not leave without knowing it."""
    if definition.audience == "students":
        return []
    found = (_rule(code) for code in (RuleCode.WEEK_HOURS, RuleCode.WEEKDAY_HOURS, RuleCode.NIGHT_WORK))
    return [rule for rule in found if rule]


def _rule(code: RuleCode) -> LegalRule | None:
    found = rule_in_force(code, clock.today())
    return found if found is not None and found.may_be_shown else None


def _beside_quebec(definition: Definition, answers: Answers) -> Beside | None:
    if definition.said("level", answers) != "secondary" or definition.audience != "students":
        return None
    mine = hours_total(definition, answers)
    words = (_("Moins de 11 h par semaine"), _("De 11 à 15 h"), _("16 h ou plus"))
    bands = tuple(
        Band(label, percent, mine is not None and least <= mine <= most) for label, (least, most, percent) in zip(words, _ISQ, strict=True)
    )
    lead = _(
        "Au Québec, %(share)s %% des élèves du secondaire travaillent pendant l’année scolaire. Voici leurs heures :", share=_ISQ_WORKING
    )
    return Beside(lead, bands, _("Institut de la statistique du Québec, 2022-2023"))
