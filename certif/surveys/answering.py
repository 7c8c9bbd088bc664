"""Reading what someone answered: what is asked of them and nothing else, each fault with a sentence that says what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from certif.kit.languages import _
from certif.surveys.definitions import MOST_HOURS, Answer, Answers, Definition, Kind, Question

SHOWN_AGAIN = 20
"""How much of what was typed is shown again beside what is wrong with it."""

_WITH_A_UNIT = re.compile(r"(.*?)\s*(?:h|hrs?|heures?|hours?)\.?", re.IGNORECASE | re.DOTALL)
_A_NUMBER = re.compile(r"[-+−–]?[0-9]+(?:[.,][0-9]+)?")


class Posted(Protocol):
    """What was posted, as a form gives it."""

    def getlist(self, key: str) -> list[str]:
        """Give every value under a name."""


@dataclass
class Reading:
    """What was understood: `answers`, to what was asked; `errors`, by question; `typed`, what to show again."""

    answers: Answers = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)


def name_of(question: Question) -> str:
    """Give the name under which a question is posted."""
    return f"q-{question.id}"


def read_answers(definition: Definition, posted: Posted, given: Mapping[str, Answer], only: Iterable[str] | None = None) -> Reading:
    """Read what was posted, in the order of the questions; what is not asked of this person is ignored.

    Takes: `given`, what is known or was read before, and is kept as it is; `only`, the questions that are on the page, all by default.
    """
    reading, shown = Reading(), None if only is None else set(only)
    reading.answers.update({name: answer for name, answer in given.items() if definition.question(name) is None})
    for question in definition.questions:
        if question.id in given:
            if question.applies(reading.answers):
                reading.answers[question.id] = given[question.id]
            continue
        if shown is not None and question.id not in shown:
            continue
        values = posted.getlist(name_of(question))
        reading.typed[question.id] = [_shown_again(value) for value in values[: len(question.options) + 1]]
        if not question.applies(reading.answers):
            continue
        answer, error = _read(question, values)
        if error:
            reading.errors[question.id] = error
        elif answer is not None:
            reading.answers[question.id] = answer
    _judge(definition, reading)
    return reading


def noted(definition: Definition, given: Mapping[str, Answer]) -> list[tuple[Question, str | None]]:
    """Give the questions that one page holds, each with a note where what follows is not for everyone."""
    found, before = list[tuple[Question, str | None]](), None
    for question in definition.may_be_asked(given):
        note = asked_if(definition, question, given)
        found.append((question, note if note != before else None))
        before = note
    return found


def asked_if(definition: Definition, question: Question, given: Mapping[str, Answer]) -> str | None:
    """Say to whom a question is asked, for whoever sees it although it may not be for them; None when it is for everyone still here."""
    for name, wanted in reversed(question.only_if):
        other = definition.question(name)
        if other is not None and name not in given:
            labels = [_("« %(label)s »", label=other.label(option)) for option in wanted]
            said = labels[0] if len(labels) == 1 else _("%(first)s ou %(last)s", first=", ".join(labels[:-1]), last=labels[-1])
            return str(_("La suite est pour vous si vous avez répondu %(said)s à « %(ask)s »", said=said, ask=other.ask))
    return None


def _judge(definition: Definition, reading: Reading) -> None:
    """See that the answers are possible together; what is already wrong is said once."""
    for check in definition.checks:
        if reading.errors.keys().isdisjoint(check.sum) and not check.holds(reading.answers):
            reading.errors[check.sum[-1]] = str(check.say)


def _read(question: Question, values: list[str]) -> tuple[Answer | None, str | None]:
    values = [value.strip() for value in values if value.strip()]
    if not values:
        return None, None if question.is_optional else _missing(question)
    if question.kind is Kind.HOURS:
        return _read_hours(values)
    if not set(values) <= set(question.option_ids):
        return None, _("Choisissez parmi les réponses proposées.")
    if question.kind is Kind.SEVERAL:
        return [option for option in question.option_ids if option in values], None
    return (values[0], None) if len(set(values)) == 1 else (None, _("Choisissez une seule réponse."))


def _missing(question: Question) -> str:
    if question.kind is Kind.HOURS:
        return str(_("Écrivez un nombre d’heures ; 0 si c’est aucune."))
    return str(_("Choisissez une réponse.") if question.kind is not Kind.SEVERAL else _("Choisissez au moins une réponse."))


def _read_hours(values: list[str]) -> tuple[int | None, str | None]:
    text = unicodedata.normalize("NFKC", values[0]) if len(values[0]) <= 100 else ""
    bare = found[1] if (found := _WITH_A_UNIT.fullmatch(text)) else text
    if len(values) > 1 or not _A_NUMBER.fullmatch(bare):
        return None, _("Écrivez un nombre d’heures en chiffres, comme 12.")
    if not bare.isdigit():
        is_below = bare[0] in "-−–"
        return None, _("Écrivez 0 ou plus.") if is_below else _("Arrondissez à l’heure : écrivez un nombre sans virgule, comme 12.")
    if len(bare.lstrip("0")) > 3 or int(bare) > MOST_HOURS:
        return None, _("Une semaine n’a que %(most)s heures : écrivez un nombre plus petit.", most=MOST_HOURS)
    return int(bare), None


def _shown_again(value: str) -> str:
    return "".join(sign for sign in value[:SHOWN_AGAIN] if sign.isprintable())
