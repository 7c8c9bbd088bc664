"""From tallies to the counts of a portrait: options and hours gathered in the bands that are told, and hours added up for means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from certif.portraits.measures import CUTS, HOURS_AT_MOST, MEASURES, Measure
from certif.portraits.withholding import EVERYONE, WHOLE, Cell, Family

Line = tuple[str, str, str, str, bool, int]
"""A tally: a cut, a key, a question, a value, whether it is flagged, how many."""
Spot = tuple[str, str, str]
"""A cut, a group and a measure."""


@dataclass
class Counted:
    """Who answered what: `people` by cell, `hours` added up by cut, group and measure; those of flagged answers apart, in the same way."""

    people: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    hours: dict[Spot, int] = field(default_factory=lambda: defaultdict(int))
    flagged: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    flagged_hours: dict[Spot, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def plausible(self) -> dict[Cell, int]:
        """The people, without those whose answers are flagged."""
        return less(self.people, self.flagged)

    @property
    def plausible_hours(self) -> dict[Spot, int]:
        """Their hours."""
        return {spot: total - self.flagged_hours.get(spot, 0) for spot, total in self.hours.items()}


def less(whole: Mapping[Cell, int], part: Mapping[Cell, int]) -> dict[Cell, int]:
    """Give by how many people the whole exceeds the part, in every cell of either."""
    return {cell: whole.get(cell, 0) - part.get(cell, 0) for cell in whole.keys() | part.keys()}


def count(tallies: Iterable[Line]) -> Counted:
    """Count what a portrait tells."""
    found = Counted()
    for cut, key, question, value, is_flagged, many in tallies:
        if cut not in CUTS:
            continue
        if question == EVERYONE:
            _add(found, (cut, key, EVERYONE, ""), is_flagged, many)
        for measure, name in _told(question, value):
            if cut in measure.cuts:
                _add(found, (cut, key, measure.name, name), is_flagged, many)
                if measure.has_mean:
                    hours = min(int(value), HOURS_AT_MOST) * many
                    found.hours[cut, key, measure.name] += hours
                    found.flagged_hours[cut, key, measure.name] += hours if is_flagged else 0
    for people in (found.people, found.flagged):
        _close(people)
    return found


def _add(found: Counted, cell: Cell, is_flagged: bool, many: int) -> None:
    found.people[cell] += many
    found.flagged[cell] += many if is_flagged else 0


@cache
def _told(question: str, value: str) -> tuple[tuple[Measure, str], ...]:
    """Give what an answer counts for: measures, and how each names it."""
    asked = (measure for measure in MEASURES if measure.question == question)
    return tuple((measure, reply.name) for measure in asked for reply in measure.replies if reply.holds(value))


def _close(people: dict[Cell, int]) -> None:
    """Count those who answered each question, and, where many options can be chosen, those who did not choose one."""
    for cut, key, question, name in list(people):
        if question != EVERYONE:
            people[cut, key, question, ""] += people[cut, key, question, name]
    workers = {cell[:2]: many for cell, many in people.items() if cell[2:] == ("works", "yes")}
    workers |= {cell[:2]: many for cell, many in people.items() if cell[0] == "sector" and cell[2] == EVERYONE}
    for measure in MEASURES:
        for (cut, key), many in workers.items() if measure.of_several else ():
            if cut in measure.cuts:
                people[cut, key, measure.name, "no"] = many - people.get((cut, key, measure.name, "yes"), 0)
                people[cut, key, measure.name, ""] = many


def family_of(counts: Mapping[Cell, int], groups: Mapping[str, Iterable[str]]) -> Family:
    """Give the shape of these counts: the groups that are known beforehand, and those that answers name besides."""
    found: dict[str, set[str]] = {cut: set(groups.get(cut, ())) for cut in CUTS if cut != WHOLE}
    for cut, key, _question, _answer in counts:
        if cut != WHOLE:
            found[cut].add(key)
    return Family({cut: tuple(sorted(keys)) for cut, keys in found.items()}, tuple(measure.asked for measure in MEASURES))
