"""From tallies to the counts of a portrait: options and hours gathered in the bands that are told, and hours added up for means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from certif.portraits.measures import CUTS, HOURS_AT_MOST, MEASURES, WITHIN, Measure
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


def count(tallies: Iterable[Line], measures: Sequence[Measure] = MEASURES) -> Counted:
    """Count what a portrait tells."""
    found, told = Counted(), _Told(measures)
    for cut, key, question, value, is_flagged, many in tallies:
        if cut not in CUTS:
            continue
        if question == EVERYONE:
            _add(found, (cut, key, EVERYONE, ""), is_flagged, many)
        for measure, name in told[question, value]:
            if cut in measure.cuts:
                _add(found, (cut, key, measure.name, name), is_flagged, many)
                if measure.has_mean:
                    hours = min(int(value), HOURS_AT_MOST) * many
                    found.hours[cut, key, measure.name] += hours
                    found.flagged_hours[cut, key, measure.name] += hours if is_flagged else 0
    for people in (found.people, found.flagged):
        _close(people, measures)
    return found


def _add(found: Counted, cell: Cell, is_flagged: bool, many: int) -> None:
    found.people[cell] += many
    found.flagged[cell] += many if is_flagged else 0


class _Told(dict[tuple[str, str], list[tuple[Measure, str]]]):
    """What an answer counts for, worked out once: measures, and how each names it."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        super().__init__()
        self.measures = measures

    def __missing__(self, said: tuple[str, str]) -> list[tuple[Measure, str]]:
        asked = (measure for measure in self.measures if measure.question == said[0])
        self[said] = [(measure, reply.name) for measure in asked for reply in measure.replies if reply.holds(said[1])]
        return self[said]


def _close(people: dict[Cell, int], measures: Sequence[Measure]) -> None:
    """Count those who answered each question, and, where many options can be chosen, those who did not choose one."""
    for cut, key, question, name in list(people):
        if question != EVERYONE:
            people[cut, key, question, ""] += people[cut, key, question, name]
    cuts = {measure.name: measure.cuts for measure in measures}
    places = [cell[:2] for cell in people if cell[2] == EVERYONE]
    for measure in measures:
        for cut, key in places if measure.of_several else ():
            led = [(name, reply) for name, reply in measure.after if cut in cuts[name]]
            asked = sum(people.get((cut, key, *one), 0) for one in led or [(EVERYONE, "")])
            if cut in measure.cuts and asked:
                people[cut, key, measure.name, "no"] = asked - people.get((cut, key, measure.name, "yes"), 0)
                people[cut, key, measure.name, ""] = asked


def family_of(counts: Mapping[Cell, int], groups: Mapping[str, Iterable[str]], measures: Sequence[Measure] = MEASURES) -> Family:
    """Give the shape of these counts: the groups that are known beforehand, and those that answers name besides."""
    found: dict[str, set[str]] = {cut: set(groups.get(cut, ())) for cut in CUTS if cut != WHOLE}
    for cut, key, _question, _answer in counts:
        if cut != WHOLE:
            found[cut].add(key)
    return Family({cut: tuple(sorted(keys)) for cut, keys in found.items()}, tuple(measure.asked for measure in measures), WITHIN)
