"""The sheet: what someone has answered so far, carried by their own page from one step to the next, signed, and kept nowhere here."""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass, field
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from certif.kit.settings import settings
from certif.surveys.definitions import UNDER_FOURTEEN, Answer, Answers, Definition, Question
from certif.surveys.ways import Way

FIELD = "feuille"
_MOST_SIGNS = 20_000


@dataclass(frozen=True)
class Sheet:
    """A sheet under way. `id`, drawn at random, becomes that of the answer: sent twice, it is kept once. `skipped`: optional questions left
    open, one at a time; `has_consent`: a parent has agreed on the page."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    answers: Answers = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    is_stepwise: bool = False
    has_consent: bool = False

    def awaits_consent(self, way: Way) -> bool:
        """Whether a parent must agree before anything is asked."""
        return way.definition.said("age", self.answers) == UNDER_FOURTEEN and not self.has_consent

    def next_question(self, definition: Definition) -> Question | None:
        """Give the question to ask now, one at a time; None when all are answered."""
        return next((one for one in definition.asked(self.answers) if one.id not in self.answers and one.id not in self.skipped), None)

    def number(self, way: Way) -> int:
        """Give the number of the question that is asked now, from 1."""
        return sum(name not in way.known for name in self.answers) + len(self.skipped) + 1

    def with_answer(self, question: Question, answer: Answer | None) -> Sheet:
        """Give the sheet with one more question behind it."""
        if answer is None:
            return dataclasses.replace(self, skipped=(*self.skipped, question.id))
        return dataclasses.replace(self, answers={**self.answers, question.id: answer})

    def without_last(self, way: Way) -> Sheet:
        """Give the sheet as it was one question earlier; the age stays."""
        order = [question.id for question in way.definition.questions]
        age = way.definition.of_role("age")
        behind = [
            name for name in (*self.answers, *self.skipped) if name in order and name not in way.known and not (age and name == age.id)
        ]
        if not behind:
            return self
        last = max(behind, key=order.index)
        answers = {name: answer for name, answer in self.answers.items() if name != last}
        return dataclasses.replace(self, answers=answers, skipped=tuple(name for name in self.skipped if name != last))

    def written(self, way: Way) -> str:
        """Give the sheet as the page carries it."""
        return str(_writer(way).dumps([self.id, self.answers, self.skipped, self.is_stepwise, self.has_consent]))


def read_sheet(text: str | None, way: Way) -> Sheet | None:
    """Give the sheet that a page of this way in carried; None for anything else."""
    if not text or len(text) > _MOST_SIGNS:
        return None
    try:
        held: list[Any] = _writer(way).loads(text)
    except BadData:
        return None
    return Sheet(held[0], held[1], tuple(held[2]), held[3], held[4])


def _writer(way: Way) -> URLSafeSerializer:
    """Give what signs the sheets of one way in: that of another class, or of another link, is not understood."""
    return URLSafeSerializer(settings().secret_key, salt=f"survey sheet {way.door_id} {way.invitation} {way.establishment_id}")
