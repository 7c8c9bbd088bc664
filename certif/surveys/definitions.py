"""What a questionnaire asks, as values: questions, when each is asked, what answers may be together, and which are implausible."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from certif.programs import Text

MOST_HOURS = 168
"""The hours of a week: no answer holds more."""

ROLES = (
    "age", "level", "grade", "works", "hours_week", "hours_weekend", "latest", "sector", "kind_of_work", "jobs", "missed", "adapts",
    "success_matters", "motive",
)  # fmt: skip
"""What the rest of the house reads in a questionnaire, whatever a question is called there."""

AGES = ("under_14", "14_15", "16_17", "18_plus")
"""The bands of the question about age: never a birth date."""
UNDER_FOURTEEN, UNDER_SIXTEEN = AGES[0], AGES[:2]

LEVELS = ("secondary", "vocational", "adult", "college", "university")
"""Where someone studies, as ways in and portraits name it."""

HOURS_TOTAL = "hours_total"
"""The question that nobody asks: the hours from Monday to Friday and those of the weekend, together."""

_NO_TEXT = Text()


class Kind(StrEnum):
    """How a question is answered: one of a list, several of it, a whole number of hours, a degree of a scale."""

    CHOICE = "choice"
    SEVERAL = "several"
    HOURS = "hours"
    SCALE = "scale"


Answer = str | int | list[str]
Answers = dict[str, Answer]


@dataclass(frozen=True)
class Option:
    """One of the answers that a question offers."""

    id: str
    label: Text


@dataclass(frozen=True)
class Question:
    """One question. `only_if`: for each other question, the options that make this one be asked. `positive`: the options that count as a
    yes in a share or an index."""

    id: str
    kind: Kind
    ask: Text
    hint: Text = _NO_TEXT
    role: str | None = None
    is_optional: bool = False
    only_if: tuple[tuple[str, tuple[str, ...]], ...] = ()
    options: tuple[Option, ...] = ()
    positive: tuple[str, ...] = ()

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The names of its options, in order."""
        return tuple(option.id for option in self.options)

    def label(self, option: str) -> str:
        """Give an option in the reader's words."""
        return next((str(one.label) for one in self.options if one.id == option), option)

    def applies(self, answers: Mapping[str, Answer]) -> bool:
        """Whether it is asked of someone who has answered so."""
        return all(_holds(answers.get(name), wanted) for name, wanted in self.only_if)


@dataclass(frozen=True)
class Check:
    """What several answers must be together: the sum of these hours between `least` and `most`, both included; else `say` is said."""

    sum: tuple[str, ...]
    say: Text
    least: int | None = None
    most: int | None = None

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        """Whether the answers are possible together. Hours that were not asked are not judged."""
        total = _total(self.sum, answers)
        if total is None:
            return True
        return (self.least is None or total >= self.least) and (self.most is None or total <= self.most)


@dataclass(frozen=True)
class Flag:
    """What is implausible although possible: more than `over` hours together, or these answers together."""

    sum: tuple[str, ...] = ()
    over: int | None = None
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        """Whether the answers look like a joke."""
        if self.answers and not all(_holds(answers.get(name), wanted) for name, wanted in self.answers):
            return False
        if self.over is None:
            return bool(self.answers)
        total = _total(self.sum, answers)
        return total is not None and total > self.over


@dataclass(frozen=True)
class Definition:
    """A whole questionnaire. `level`: of everyone it is made for, when it is made for one level only."""

    slug: str
    audience: str
    title: Text
    questions: tuple[Question, ...]
    intro: Text = _NO_TEXT
    level: str | None = None
    checks: tuple[Check, ...] = ()
    flags: tuple[Flag, ...] = ()
    _by_id: dict[str, Question] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._by_id.update({question.id: question for question in self.questions})

    def question(self, name: str) -> Question | None:
        """Give the question of that name, or None."""
        return self._by_id.get(name)

    def of_role(self, role: str) -> Question | None:
        """Give the question that plays a role for the rest of the house, or None."""
        return next((question for question in self.questions if question.role == role), None)

    def said(self, role: str, answers: Mapping[str, Answer]) -> Answer | None:
        """Give what someone answered to the question of a role; None when it is not asked or was left open."""
        found = self.of_role(role)
        return answers.get(found.id) if found else answers.get(role)

    def asked(self, answers: Mapping[str, Answer]) -> Iterator[Question]:
        """Give the questions that are asked of someone who has answered so, in order."""
        return (question for question in self.questions if question.applies(answers))

    def may_be_asked(self, given: Mapping[str, Answer]) -> list[Question]:
        """Give the questions that may still be asked of someone who has answered so far: those that no answer has ruled out."""
        open_ids, found = set[str](), list[Question]()
        for question in self.questions:
            if question.id not in given and all(
                _holds(given[name], wanted) if name in given else name in open_ids for name, wanted in question.only_if
            ):
                open_ids.add(question.id)
                found.append(question)
        return found

    def is_implausible(self, answers: Mapping[str, Answer]) -> bool:
        """Whether these answers are kept with a flag."""
        return any(flag.holds(answers) for flag in self.flags)


def hours_total(definition: Definition, answers: Mapping[str, Answer]) -> int | None:
    """Give the hours of a whole week; None when either part was not told."""
    parts = definition.said("hours_week", answers), definition.said("hours_weekend", answers)
    return sum(part for part in parts if isinstance(part, int)) if all(isinstance(part, int) for part in parts) else None


def as_json(definition: Definition) -> dict[str, Any]:
    """Give a questionnaire as JSON and its file hold it, every key in its order; `checking.definition_from` gives it back equal."""
    return _without_nothing({
        "slug": definition.slug,
        "audience": definition.audience,
        "level": definition.level,
        "title": _said(definition.title),
        "intro": _said(definition.intro),
        "questions": [_question_json(question) for question in definition.questions],
        "checks": [
            _without_nothing({"sum": list(one.sum), "least": one.least, "most": one.most, "say": _said(one.say)})
            for one in definition.checks
        ],
        "flags": [
            _without_nothing({"sum": list(one.sum), "over": one.over, "answers": _conditions(one.answers)}) for one in definition.flags
        ],
    })  # fmt: skip


def canonical(definition: Definition) -> bytes:
    """Give the one form in which a questionnaire is digested."""
    return json.dumps(as_json(definition), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(definition: Definition) -> str:
    """Give the SHA-256 (hex) of the canonical form."""
    return hashlib.sha256(canonical(definition)).hexdigest()


def _question_json(question: Question) -> dict[str, Any]:
    return _without_nothing({
        "id": question.id,
        "role": question.role,
        "kind": question.kind.value,
        "optional": question.is_optional or None,
        "only_if": _conditions(question.only_if),
        "ask": _said(question.ask),
        "hint": _said(question.hint),
        "options": [{"id": option.id, **(_said(option.label) or {})} for option in question.options],
        "positive": list(question.positive),
    })  # fmt: skip


def _conditions(pairs: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, list[str]]:
    return {name: list(wanted) for name, wanted in pairs}


def _said(text: Text) -> dict[str, str] | None:
    return {"fr": text.fr, "en": text.en} if text else None


def _without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def _holds(answer: Answer | None, wanted: tuple[str, ...]) -> bool:
    if isinstance(answer, list):
        return not set(answer).isdisjoint(wanted)
    return answer in wanted


def _total(names: tuple[str, ...], answers: Mapping[str, Answer]) -> int | None:
    hours = [answers.get(name) for name in names]
    known = [one for one in hours if isinstance(one, int)]
    return sum(known) if len(known) == len(hours) else None
