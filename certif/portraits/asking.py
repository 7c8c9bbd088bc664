"""What questionnaires ask besides what is always measured of students: each question is told under its own words, or the portrait would
keep to itself what people took the time to say. Answers, bands of hours and groups are fixed by the questionnaire, beforehand.

One thing asked is not told: several options of a list that only some are shown, on two conditions at once or in one survey out of two,
since nothing counts how many were asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from certif.kit.languages import _, _l, speaking
from certif.portraits.measures import (
    HOURS,
    MEASURES,
    PEOPLE,
    STUDENTS,
    WEEKDAYS,
    WEEKEND,
    Measure,
    Reply,
    Together,
    is_usual,
    measure_called,
)  # fmt: skip
from certif.programs import Text
from certif.surveys import Audience

Asked = dict[str, Any]
"""A question, as a published questionnaire holds it."""
Told = dict[str, Any]

_PLACES = frozenset({"age", "level", "grade", "sector"})
"""Questions that say where someone is counted, or what they may be asked."""
_HOURS = {"hours_week": WEEKDAYS, "hours_weekend": WEEKEND}
_BANDS = (
    Reply("none", _l("Aucune"), hours=(0, 0)), Reply("1_10", _l("De 1 à 10 h"), hours=(1, 10)),
    Reply("11_20", _l("De 11 à 20 h"), hours=(11, 20)), Reply("21_30", _l("De 21 à 30 h"), hours=(21, 30)),
    Reply("31_plus", _l("Plus de 30 h"), hours=(31, 168)),
)  # fmt: skip
_EVERYONE = {
    Audience.STUDENTS: STUDENTS, Audience.PARENTS: _l("de tous les parents qui ont répondu"),
    Audience.TEACHERS: _l("de tout le personnel enseignant qui a répondu"),
}  # fmt: skip


def both(label: object) -> list[str]:
    """Give words in French and in English."""
    return [_spoken(language, lambda: str(label)) for language in ("fr", "en")]


def name_of(asked: Asked) -> str:
    """Give the name under which a question is counted: the role it plays, if any; a region may call its questions as it likes."""
    return str(asked.get("role") or asked["id"])


def grades_of(definitions: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Give the grades that these questionnaires know, with their names."""
    asked = (one for definition in definitions for one in definition.get("questions", ()) if one.get("role") == "grade")
    return {option["id"]: [option["fr"], option["en"]] for one in asked for option in one.get("options", ())}


def measures_of(audience: str, definitions: Sequence[Mapping[str, Any]]) -> tuple[Measure, ...]:
    """Give all that is told of an audience. Takes: its questionnaires, the one whose words count first."""
    found = list(MEASURES) if audience == Audience.STUDENTS else []
    questions = _together(definitions)
    asked_by_all = set.intersection(*({name_of(one) for one in each.get("questions", ())} for each in definitions), set(questions))
    for name, asked in questions.items():
        is_told = name in _PLACES or (audience == Audience.STUDENTS and asked.get("role"))
        if not is_told and (asked["kind"] != "several" or (name in asked_by_all and len(asked.get("only_if", {})) < 2)):
            found += _measures(Audience(audience), name, asked, questions, found)
    if {"hours_week", "hours_weekend"} <= questions.keys() and audience != Audience.STUDENTS:
        last = max(number for number, one in enumerate(found) if one.question in _HOURS)
        found.insert(last + 1, replace(HOURS, among=found[last].among, cuts=PEOPLE, after=found[last].after))
    return tuple(found)


def _together(definitions: Sequence[Mapping[str, Any]]) -> dict[str, Asked]:
    """Give the questions of every questionnaire, by name, each with the options that it has in any."""
    found: dict[str, Asked] = {}
    for definition in definitions:
        for asked in definition.get("questions", ()):
            known = found.setdefault(name_of(asked), {**asked, "options": list(asked.get("options", ()))})
            names = {option["id"] for option in known["options"]}
            known["options"] += [option for option in asked.get("options", ()) if option["id"] not in names]
    return found


def _measures(audience: Audience, name: str, asked: Asked, questions: Mapping[str, Asked], before: list[Measure]) -> Iterator[Measure]:
    title, called, after = Text(**asked["ask"]), name if asked.get("role") else f"q_{name}", tuple(_after(asked, questions, before))
    bare = Measure(called, name, title, _among(audience, asked, questions), (), cuts=PEOPLE, after=after)
    options = tuple(Reply(one["id"], Text(one["fr"], one["en"]), options=(one["id"],)) for one in asked["options"])
    if asked["kind"] == "hours":
        usual = _HOURS.get(name)
        yield replace(bare, name=usual.name if usual else called, replies=usual.replies if usual else _BANDS, has_mean=True)
    elif asked["kind"] == "several":
        for one in options:
            replies = (Reply("yes", one.label, one.options), Reply("no", _l("Pas cette réponse")))
            yield replace(bare, name=f"{called}_{one.name}", title=one.label, replies=replies, of_several=True, of=title)
    else:
        good = tuple(one for one in options if one.name in asked.get("positive", ()))
        is_sum = 1 < len(good) < len(options)
        together = (Together("positive", _joined(good), tuple(one.name for one in good)),) if is_sum else ()
        sums_up = "positive" if is_sum else good[0].name if len(good) == 1 else None
        yield replace(bare, replies=options, together=together, sums_up=sums_up)


def _joined(replies: Sequence[Reply]) -> Text:
    return _in_both(lambda: _either([_within(str(one.label)) if number else str(one.label) for number, one in enumerate(replies)]))


def _within(label: str) -> str:
    """Give an answer as it stands within a sentence."""
    return label if label.startswith("I ") else label[:1].lower() + label[1:]


def _among(audience: Audience, asked: Asked, questions: Mapping[str, Asked]) -> object:
    """Say of whom an answer is: of everyone, or of those who gave the answer that leads to it."""
    for name, wanted in reversed(list(asked.get("only_if", {}).items())):
        other = next((one for one in questions.values() if one["id"] == name), None)
        if other:
            labels = [Text(one["fr"], one["en"]) for one in other["options"] if one["id"] in wanted]
            ask = Text(**other["ask"])
            return _in_both(lambda: _("de qui a répondu %(said)s à « %(ask)s »", said=_quoted(labels), ask=ask))  # noqa: B023
    return _EVERYONE[audience]


def _quoted(labels: Sequence[Text]) -> str:
    return _either([_("« %(label)s »", label=str(label)) for label in labels])


def _either(said: Sequence[str]) -> str:
    return said[0] if len(said) == 1 else _("%(first)s ou %(last)s", first=", ".join(said[:-1]), last=said[-1])


def _after(asked: Asked, questions: Mapping[str, Asked], before: list[Measure]) -> Iterator[tuple[str, str]]:
    names = {one["id"]: name for name, one in questions.items()}
    for other, wanted in asked.get("only_if", {}).items():
        for measure in before:
            if measure.question == names.get(other) and not measure.of_several:
                yield from ((measure.name, reply.name) for reply in measure.replies if set(reply.options) & set(wanted))


def _in_both(say: Callable[[], str]) -> Text:
    return Text(*(_spoken(language, say) for language in ("fr", "en")))


def _spoken(language: str, say: Callable[[], str]) -> str:
    with speaking(language):
        return say()


def words_of(measures: Iterable[Measure]) -> Told:
    """Give measures in words and shape, so that what is told can be read alone and for ever, whatever is asked later."""
    return {
        one.name: {
            "title": both(one.title), "among": both(one.among), "replies": {reply.name: both(reply.label) for reply in one.replies},
            "together": {sum_.name: [*both(sum_.label), list(sum_.replies)] for sum_ in one.together},
            "hours": {reply.name: list(reply.hours) for reply in one.replies if reply.hours},
            "of": both(one.of) if one.of_several else None, "sums_up": one.sums_up,
        }
        for one in measures
    }  # fmt: skip


def measure_in(told: Told, name: str) -> Measure:
    """Give a measure as it was told."""
    if is_usual(name) and told.get("voice", Audience.STUDENTS) == Audience.STUDENTS:
        return measure_called(name)
    words, figures = told["words"][name], told["figures"].get(name, {})
    return Measure(
        name, name, Text(*words["title"]), Text(*words["among"]),
        tuple(Reply(one, Text(*label), hours=_pair(words["hours"].get(one))) for one, label in words["replies"].items()),
        tuple(Together(one, Text(*label[:2]), tuple(label[2])) for one, label in words["together"].items()),
        tuple(figures), of_several=words["of"] is not None, of=Text(*words["of"] or ()), sums_up=words["sums_up"],
    )  # fmt: skip


def _pair(hours: list[int] | None) -> tuple[int, int] | None:
    return (hours[0], hours[1]) if hours else None


def measures_in(told: Told) -> list[Measure]:
    """Give all that a release tells, in order."""
    return [measure_in(told, name) for name in told["words"] if name in told["figures"]]
