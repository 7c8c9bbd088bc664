"""The text of the moral contract, put together: commitments with their numbers filled in, both languages, whole.

A commitment may name a number that the hour rules already hold, `{secondary_compulsory.week}`: what is signed can then never differ from
what is decided.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from certif.law import HourRule, StudentGroup, promised_to
from certif.programs.values import Commitment, Rules, Text, paragraphs

_PLACE = re.compile(r"\{([a-z_0-9]+)\.([a-z_]+)\}")
_NUMBERS = {
    "week": "week_hours",
    "monday_thursday": "monday_thursday_hours",
    "monday_friday": "monday_friday_hours",
    "ideal": "ideal_hours",
}
_FIELDS = {**_NUMBERS, "latest_finish": "latest_finish"}


@dataclass(frozen=True)
class ContractParts:
    """A contract in one language, ready to be shown or typeset, part by part."""

    title: str
    preamble: list[str]
    required_intro: str
    required: list[Commitment]
    optional_intro: str
    optional: list[Commitment]
    closing: list[str]
    language: str

    @property
    def text(self) -> str:
        """The whole text, as it is digested: every word that is shown, in order."""
        lines = [self.title, *self.preamble, self.required_intro]
        lines += [f"{number}. {one.text.said_in(self.language)}" for number, one in enumerate(self.required, 1)]
        if self.optional:
            lines += [self.optional_intro, *(f"• {one.text.said_in(self.language)}" for one in self.optional)]
        return "\n\n".join(line for line in [*lines, *self.closing] if line)


def filled(text: Text, hours: tuple[HourRule, ...]) -> Text:
    """Put the numbers of the hour rules where a text names them."""

    def said_in(name: str, words: str) -> str:
        return _PLACE.sub(lambda place: _number(place, hours, name), words)

    return Text(said_in("fr", text.fr), said_in("en", text.en))


def unknown_places(text: Text, hours: tuple[HourRule, ...]) -> list[str]:
    """Give the places of a text that no hour rule fills."""
    places = {place.group(): _number(place, hours, "fr") for words in (text.fr, text.en) for place in _PLACE.finditer(words)}
    return [place for place, number in places.items() if place == number]


def unquoted(hours: tuple[HourRule, ...], texts: Iterable[Text]) -> list[HourRule]:
    """Give the hour rules without the numbers that these texts already say, so that no promise is told twice."""
    said = {place.groups() for text in texts for place in _PLACE.finditer(text.fr)}

    def left(rule: HourRule) -> HourRule:
        silenced: dict[str, Any] = {field: None for name, field in _FIELDS.items() if (rule.group, name) in said}
        return replace(rule, **silenced)

    return [left(rule) for rule in hours]


def filled_commitments(rules: Rules) -> list[Commitment]:
    """Give the commitments as a person reads them, their numbers and their delay filled in."""
    return [replace(one, text=_with_delay(filled(one.text, rules.hours), one.within_months)) for one in rules.commitments]


def _with_delay(text: Text, months: int | None) -> Text:
    """Say in a promise how long it may take: a number of months, since nobody knows yet on which day they begin."""
    if months is None:
        return text
    english = f"{text.en} (no later than {months} month{'s' if months > 1 else ''} after certification)" if text.en else ""
    return Text(f"{text.fr} (au plus tard {months}\u00a0mois après la certification)" if text.fr else "", english)


def parts_of(rules: Rules, language: str) -> ContractParts:
    """Put a contract together in one language."""
    around, commitments = rules.contract, filled_commitments(rules)

    def said(text: Text) -> str:
        return filled(text, rules.hours).said_in(language)

    return ContractParts(
        title=said(around.title),
        preamble=paragraphs(said(around.preamble)),
        required_intro=said(around.required_intro),
        required=_listed([one for one in commitments if one.is_required]),
        optional_intro=said(around.optional_intro),
        optional=_listed([one for one in commitments if not one.is_required]),
        closing=paragraphs(said(around.closing)),
        language=language,
    )


def _listed(commitments: list[Commitment]) -> list[Commitment]:
    """Give each item of a list the sign it ends with: a semicolon, and a full stop for the last."""
    last = len(commitments) - 1
    return [
        replace(one, text=Text(_ended(one.text.fr, "." if n == last else "\u00a0;"), _ended(one.text.en, "." if n == last else ";")))
        for n, one in enumerate(commitments)
    ]


def _ended(words: str, sign: str) -> str:
    return words if not words or words[-1] in ".;!?…" else words + sign


def sentence(words: str) -> str:
    """Make a promise that stands alone out of an item of a list: a capital, and a full stop."""
    return words[:1].upper() + _ended(words[1:], ".")


def _number(place: re.Match[str], hours: tuple[HourRule, ...], language: str) -> str:
    """Give what stands at a place, or the place itself when no hour rule says it."""
    group, name = place.groups()
    if group not in set(StudentGroup):
        return place.group()
    promise = promised_to(StudentGroup(group), hours)
    if name == "latest_finish" and promise.latest_finish is not None:
        return time_of_day(promise.latest_finish, language)
    number = getattr(promise, _NUMBERS[name]) if name in _NUMBERS else None
    return place.group() if number is None else str(number)


def time_of_day(time: dt.time, language: str) -> str:
    """Write a time as each language does: `21 h`, `21 h 30`; `9 p.m.`, `9:30 p.m.`."""
    if language == "fr":
        return f"{time.hour}\u00a0h" + (f"\u00a0{time.minute:02d}" if time.minute else "")
    hour, half = time.hour % 12 or 12, "a.m." if time.hour < 12 else "p.m."
    return f"{hour}:{time.minute:02d}\u00a0{half}" if time.minute else f"{hour}\u00a0{half}"
