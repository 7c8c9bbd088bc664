"""The limits the law sets to the work of young people: dated, each with its source.

Source: *Loi sur les normes du travail* (N-1.1), its regulation (N-1.1, r. 3), *Loi sur l’encadrement du travail des enfants* (2023, c.
11), *Loi sur l’instruction
publique* (I-13.3), Canada Labour Code. Confidence: A, official text seen; B, credible secondary text; C, derived; U, to be checked by a
person before it is shown.
A limit that changes becomes a second rule of the same code, with its own day: nothing already judged changes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from certif.kit.languages import _, _l


class RuleCode(StrEnum):
    """The name of a rule, the same when its limit changes."""

    CAPACITY = "capacity"
    MINIMUM_AGE = "minimum_age"
    PARENTAL_FORM = "parental_form"
    ATTENDANCE = "attendance"
    SCHOOL_HOURS = "school_hours"
    WEEK_HOURS = "week_hours"
    WEEKDAY_HOURS = "weekday_hours"
    LONG_BREAK = "long_break"
    NIGHT_WORK = "night_work"
    NIGHT_AT_HOME = "night_at_home"
    FEDERAL_AGE = "federal_age"


class Jurisdiction(StrEnum):
    """Whose employers a rule binds: those under Québec’s law, or federal undertakings (banks, telecom, interprovincial transport, post)."""

    QUEBEC = "quebec"
    CANADA = "canada"


@dataclass(frozen=True)
class LegalRule:
    """A rule of law as it stood from one day to another.

    Takes: `limit`, hours or years as the rule counts them; `in_force_until`, the last day, None while it lasts.
    """

    code: RuleCode
    title: object
    sentence: object
    act: object
    section: str
    confidence: str
    in_force_from: dt.date
    in_force_until: dt.date | None = None
    limit: int | None = None
    jurisdiction: Jurisdiction = Jurisdiction.QUEBEC

    @property
    def source(self) -> str:
        """The act and the section, as a jurist would name them, in the language being spoken."""
        return _("%(act)s, art. %(section)s", act=self.act, section=self.section)

    @property
    def may_be_shown(self) -> bool:
        """Whether someone has checked this rule enough to show it as a fact."""
        return self.confidence != "U"

    def is_in_force(self, on: dt.date) -> bool:
        """Whether the rule holds that day."""
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


_STANDARDS = _l("Loi sur les normes du travail")
_EDUCATION = _l("Loi sur l’instruction publique")
_CANADA = _l("Code canadien du travail")

# 1999, c. 52, a. 11 [A]; the day it came into force is from general knowledge [U] and decides nothing here: no schedule that old is ever
# checked.
_FIRST_RULES = dt.date(2000, 2, 1)
_CHILD_LABOUR_ACT = dt.date(2023, 6, 1)
_HOUR_LIMITS = dt.date(2023, 9, 1)

RULES: tuple[LegalRule, ...] = (
    LegalRule(
        RuleCode.CAPACITY,
        _l("Un travail à sa mesure"),
        _l(
            "Le travail ne doit ni dépasser les capacités de l’enfant, ni risquer de nuire à ses études, à sa santé ou à son développement."
        ),
        _STANDARDS,
        "84.2",
        "B",
        _FIRST_RULES,
    ),
    LegalRule(
        RuleCode.PARENTAL_FORM,
        _l("Consentement d’un parent avant 14 ans"),
        _l("Avant 14 ans, il faut le consentement écrit d’un parent, d’une tutrice ou d’un tuteur."),
        _STANDARDS,
        "84.3",
        "A",
        _FIRST_RULES,
        _CHILD_LABOUR_ACT - dt.timedelta(days=1),
        limit=14,
    ),
    LegalRule(
        RuleCode.MINIMUM_AGE,
        _l("Âge minimal de 14 ans"),
        _l("On ne fait pas travailler un enfant de moins de 14 ans, sauf dans les cas prévus par règlement."),
        _STANDARDS,
        "84.3",
        "A",
        _CHILD_LABOUR_ACT,
        limit=14,
    ),
    LegalRule(
        RuleCode.PARENTAL_FORM,
        _l("Formulaire de consentement avant 14 ans"),
        _l(
            "Dans ces cas permis, un parent, une tutrice ou un tuteur consent par écrit sur le formulaire de la CNESST : tâches, heures "
            "maximales par semaine, "
            "périodes de disponibilité. Tout changement demande un nouveau formulaire, et l’employeur le conserve."
        ),
        _STANDARDS,
        "84.3",
        "A",
        _CHILD_LABOUR_ACT,
        limit=14,
    ),
    LegalRule(
        RuleCode.ATTENDANCE,
        _l("Qui doit fréquenter l’école"),
        _l(
            "L’obligation de fréquentation scolaire dure jusqu’au dernier jour du calendrier scolaire de l’année où l’élève atteint 16 "
            "ans, "
            "ou jusqu’à l’obtention d’un diplôme du ministère."
        ),
        _EDUCATION,
        "14",
        "A",
        _FIRST_RULES,
        limit=16,
    ),
    LegalRule(
        RuleCode.SCHOOL_HOURS,
        _l("Pas de travail pendant les heures de classe"),
        _l("Un élève soumis à l’obligation de fréquentation scolaire ne travaille pas pendant les heures de classe."),
        _STANDARDS,
        "84.4",
        "A",
        _FIRST_RULES,
    ),
    LegalRule(
        RuleCode.WEEK_HOURS,
        _l("Au plus 17 heures par semaine"),
        _l("Un élève soumis à l’obligation de fréquentation scolaire travaille au plus 17 heures par semaine."),
        _STANDARDS,
        "84.4",
        "A",
        _HOUR_LIMITS,
        limit=17,
    ),
    LegalRule(
        RuleCode.WEEKDAY_HOURS,
        _l("Au plus 10 heures du lundi au vendredi"),
        _l("De ces heures, au plus 10 se placent du lundi au vendredi."),
        _STANDARDS,
        "84.4",
        "A",
        _HOUR_LIMITS,
        limit=10,
    ),
    LegalRule(
        RuleCode.LONG_BREAK,
        _l("Les longs congés scolaires"),
        _l(
            "Ces limites d’heures ne valent pas pendant une période de plus de 7 jours consécutifs sans service éducatif, "
            "comme l’été, les Fêtes ou la semaine de relâche."
        ),
        _STANDARDS,
        "84.4",
        "A",
        _HOUR_LIMITS,
        limit=7,
    ),
    LegalRule(
        RuleCode.NIGHT_WORK,
        _l("Pas de travail de nuit"),
        _l("Un élève soumis à l’obligation de fréquentation scolaire ne travaille pas entre 23 h et 6 h."),
        _STANDARDS,
        "84.6",
        "B",
        _FIRST_RULES,
    ),
    LegalRule(
        RuleCode.NIGHT_AT_HOME,
        _l("À la maison la nuit"),
        _l("Son horaire lui permet d’être à la maison entre 23 h et 6 h, trajet compris."),
        _STANDARDS,
        "84.7",
        "A",
        _FIRST_RULES,
    ),
    LegalRule(
        RuleCode.FEDERAL_AGE,
        _l("Entreprises de compétence fédérale"),
        _l(
            "Une entreprise de compétence fédérale ne relève pas de la Loi sur les normes du travail. Le Code canadien du travail fixe à "
            "18 ans "
            "l’âge minimal pour certains travaux."
        ),
        _CANADA,
        _l("règles sur l’âge minimal"),
        "B",
        dt.date(2023, 6, 12),
        limit=18,
        jurisdiction=Jurisdiction.CANADA,
    ),
)


def rules_in_force(on: dt.date, jurisdiction: Jurisdiction = Jurisdiction.QUEBEC) -> tuple[LegalRule, ...]:
    """Give the rules that hold on a day, in reading order."""
    return tuple(rule for rule in RULES if rule.jurisdiction is jurisdiction and rule.is_in_force(on))


def rule_in_force(code: RuleCode, on: dt.date) -> LegalRule | None:
    """Give the rule of that name as it holds on a day; None when it does not exist yet, or no longer."""
    return next((rule for rule in RULES if rule.code is code and rule.is_in_force(on)), None)
