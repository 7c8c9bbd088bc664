"""Answers that students might give: half of them work, most of these less than eleven hours a week. Invented."""

from __future__ import annotations

import random
from typing import Any

from certif.surveys import Answers, Definition, Kind, Question

_BANDS = ((1, 10), (11, 15), (16, 27))
_SECTORS, _OFTEN = ("44-45", "72", "71", "62", "81", "11", "other"), (34, 31, 10, 8, 6, 5, 6)
_GRADES = {"14_15": ("sec_3", "sec_4"), "16_17": ("sec_4", "sec_5"), "18_plus": ("sec_5", "other")}
_LATEST = ("none", "before_20", "20_21", "21_22", "22_23", "after_23")
_DEGREES = ("very", "rather", "little", "no", "unknown")
_MOTIVES = ("spending", "experience", "studies", "family", "friends")


def invented(source: random.Random, level: str, sector: str | None = None) -> dict[str, Any]:
    """Give the answers of one student to the questionnaire `eleves`, in the order of its questions.

    Takes: `sector`, that of the place of work, when someone answers from there.
    """
    is_secondary = level == "secondary"
    age = source.choices(("14_15", "16_17", "18_plus"), (45, 53, 2) if is_secondary else (0, 25, 75))[0]
    said: dict[str, Any] = {"age": age, "level": level}
    if is_secondary:
        said["grade"] = source.choice(_GRADES[age])
    works = sector is not None or source.random() < (0.51 if is_secondary else 0.68)
    said["works"] = "yes" if works else "no"
    return said | _work(source, is_secondary, sector) if works else said


def imagined(source: random.Random, definition: Definition, level: str) -> Answers:
    """Give the answers of one person to any questionnaire, in the order of its questions."""
    said: Answers = {}
    for question in definition.questions:
        if question.applies(said):
            said[question.id] = level if question.role == "level" else _imagined(source, question)
    return said


def _imagined(source: random.Random, question: Question) -> str | int | list[str]:
    if question.kind is Kind.HOURS:
        return source.randint(1, 12)
    if question.kind is Kind.SEVERAL:
        return [one for one in question.option_ids if source.random() < 0.4] or [question.option_ids[0]]
    return source.choices(question.option_ids, [len(question.option_ids) - place for place in range(len(question.option_ids))])[0]


def _work(source: random.Random, is_secondary: bool, sector: str | None) -> dict[str, Any]:
    kind = "employer" if sector else source.choices(("employer", "family", "odd_jobs"), (84, 7, 9))[0]
    least, most = _BANDS[source.choices((0, 1, 2), (61, 20, 19) if is_secondary else (30, 32, 38))[0]]
    total = 52 if source.random() < 0.004 else source.randint(least, most)
    weekend = min(total, 16, round(total * source.uniform(0.3, 0.9)))
    said: dict[str, Any] = {
        "kind_of_work": kind,
        "jobs": source.choices(("one", "two", "three"), (82, 16, 2))[0],
        "hours_week": total - weekend,
        "hours_weekend": weekend,
        "latest": "none" if total == weekend else source.choices(_LATEST, (10, 18, 26, 28, 15, 3))[0],
        "missed": source.choices(("never", "once", "often"), (80, 16, 4))[0],
        "motive": [one for one in _MOTIVES if source.random() < (0.9 if one == "spending" else 0.35)] or ["other"],
    }
    if kind != "odd_jobs":
        said["sector"] = sector or source.choices(_SECTORS, _OFTEN)[0]
        said["adapts"] = source.choices(("always", "often", "sometimes", "never", "unknown"), (28, 30, 22, 9, 11))[0]
        said["success_matters"] = source.choices(_DEGREES, (22, 28, 22, 12, 16))[0]
    return said
