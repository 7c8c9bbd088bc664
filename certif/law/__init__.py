"""What labour law allows a young worker: dated rules, each with its source. Pure functions; who asks is not its business.

`rules_in_force(on)` lists them, `check_week(…)` judges a schedule, `is_under_compulsory_attendance(…)` says whom they protect,
`floor_breaches(…)` says whether a
program’s promise would allow more than they do.
"""

from certif.law.age import UNDER_14_EXCEPTIONS, AgeException
from certif.law.attendance import SchoolCalendar, age_on, is_under_compulsory_attendance, school_year_of
from certif.law.promises import HourRule, StudentGroup, clause_breach, floor_breaches, promised_to
from certif.law.rules import Jurisdiction, LegalRule, RuleCode, rule_in_force, rules_in_force
from certif.law.week import Breach, Setting, Shift, YoungWorker, check_week, sunday_of

__all__ = [
    "UNDER_14_EXCEPTIONS",
    "AgeException",
    "Breach",
    "HourRule",
    "Jurisdiction",
    "LegalRule",
    "RuleCode",
    "SchoolCalendar",
    "Setting",
    "Shift",
    "StudentGroup",
    "YoungWorker",
    "age_on",
    "check_week",
    "clause_breach",
    "floor_breaches",
    "is_under_compulsory_attendance",
    "promised_to",
    "rule_in_force",
    "rules_in_force",
    "school_year_of",
    "sunday_of",
]
