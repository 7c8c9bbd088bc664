"""A release, put together: what is told, rounded, once and for every channel; and what is kept aside to withhold from the next one.

All that leaves the region's team is read from the telling: shares, means, medians, charts and files are worked out from these rounded
figures and from nothing else, so that no channel says more than another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from certif.portraits.counting import Counted, Spot, family_of, less
from certif.portraits.measures import CUTS, HOURS_AT_MOST, MEASURES, Measure
from certif.portraits.withholding import EVERYONE, WHOLE, Cell, Counts, Difference, withhold

ROUNDING = 5
_HALF_STEP = 0.25  # a mean told to the half-hour lies within this
Told = dict[str, Any]
"""Fit for JSON: see `_row`."""


@dataclass(frozen=True)
class Ledger:
    """What an earlier release counted, and which cells it showed, with and without flagged answers. It never leaves the platform."""

    people: Counts
    plausible: Counts
    shown: frozenset[Cell]
    shown_plausible: frozenset[Cell]


@dataclass(frozen=True)
class Composed:
    """A release: `told` for everyone, `ledger` for the next one."""

    told: Told
    ledger: Ledger


def compose(
    counted: Counted,
    groups: Mapping[str, Iterable[str]],
    *,
    least: int,
    measures: Sequence[Measure] = MEASURES,
    number: int = 1,
    past: tuple[Ledger, ...] = (),
    last: Told | None = None,
) -> Composed:
    """Put a release together.

    Takes: `groups`, those that exist in each cut, answers or not; `past`, every earlier release of the same year; `last`, what the last one
    told: where too few people were added since, it is told again.
    """
    family = family_of(counted.people, groups, measures)
    before = tuple(Difference(less(counted.people, one.people), one.shown) for one in past)
    shown = withhold(family, counted.people, least=least, against=before, before=_told_last((one.people, one.shown) for one in past))
    plausible = counted.plausible
    jokes = Difference(counted.flagged, shown)
    then = tuple(Difference(less(plausible, one.plausible), one.shown_plausible) for one in past)
    last_apart = _told_last((one.plausible, one.shown_plausible) for one in past)
    apart = withhold(family, plausible, least=least, against=(jokes, *then), before=last_apart, among=shown)
    sides = (_Side(counted.people, counted.hours, shown), _Side(plausible, counted.plausible_hours, apart))
    told = {
        "number": number,
        "least": least,
        "people": _rows_of_people(sides[0], family.groups, last, number),
        "figures": {measure.name: _rows(measure, sides, family.groups, last, number) for measure in measures},
    }
    return Composed(told, Ledger(counted.people, plausible, shown, apart))


def _told_last(releases: Iterable[tuple[Counts, frozenset[Cell]]]) -> dict[Cell, int]:
    """Give each cell that was ever shown, as it was last."""
    return {cell: counts.get(cell, 0) for counts, shown in releases for cell in shown}


@dataclass(frozen=True)
class _Side:
    people: Counts
    hours: Mapping[Spot, int]
    shown: frozenset[Cell]

    def of(self, cell: Cell) -> int | None:
        return rounded(self.people.get(cell, 0)) if cell in self.shown else None


def rounded(count: int) -> int:
    """Give a count as it is told: to the nearest five."""
    return ROUNDING * ((count + ROUNDING // 2) // ROUNDING)


def _keys(cut: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return ("",) if cut == WHOLE else groups.get(cut, ())


def _rows_of_people(side: _Side, groups: Mapping[str, tuple[str, ...]], last: Told | None, number: int) -> Told:
    """Give how many answered, by cut and group: [count or None, number of the release it is from]."""
    found: Told = {}
    for cut in CUTS:
        found[cut] = {}
        for key in _keys(cut, groups):
            many = side.of((cut, key, EVERYONE, ""))
            old = last["people"].get(cut, {}).get(key) if last and many is None else None
            found[cut][key] = old or [many, number]
    return found


def _rows(measure: Measure, sides: tuple[_Side, _Side], groups: Mapping[str, tuple[str, ...]], last: Told | None, number: int) -> Told:
    found: Told = {}
    for cut in measure.cuts:
        found[cut] = {}
        for key in _keys(cut, groups):
            row = _row(measure, cut, key, sides[0])
            old = last["figures"].get(measure.name, {}).get(cut, {}).get(key) if last else None
            if _says(row) < _says(old):
                found[cut][key] = old  # too few were added to say it anew; what was said stays said
            elif row is not None:
                found[cut][key] = {**row, "from": number, "plausible": _row(measure, cut, key, sides[1])}
            else:
                found[cut][key] = None
    return found


def _says(row: Told | None) -> int:
    """Give how much a row says."""
    return 0 if row is None else 1 + sum(count is not None for count in row["replies"].values())


def _row(measure: Measure, cut: str, key: str, side: _Side) -> Told | None:
    """Give one row: `base`, how many answered; `replies`, how many gave each answer, None where it is withheld; `together`, the same for
    answers told as one; `mean`, to the half-hour, None where it would say what an answer withheld comes to."""
    base = side.of((cut, key, measure.name, ""))
    if base is None:
        return None
    cells = {reply.name: (cut, key, measure.name, reply.name) for reply in measure.replies}
    apart = frozenset(name for name, cell in cells.items() if cell not in side.shown)
    row: Told = {"base": base, "replies": {name: side.of(cell) for name, cell in cells.items()}}
    if measure.together:
        # Answers withheld together are the rest of those shown, which anybody can work out.
        sums = {one.name: sum(side.people.get(cells[name], 0) for name in one.replies) for one in measure.together}
        free = {one.name for one in measure.together if not apart & set(one.replies) or apart == set(one.replies)}
        row["together"] = {name: rounded(total) if name in free else None for name, total in sums.items()}
    if measure.has_mean:
        mean = round(2 * side.hours.get((cut, key, measure.name), 0) / side.people[cut, key, measure.name, ""]) / 2
        row["mean"] = None if _gives_away(mean, measure, {name: side.people.get(cell, 0) for name, cell in cells.items()}, apart) else mean
    return row


def _gives_away(mean: float, measure: Measure, people: Mapping[str, int], apart: frozenset[str]) -> bool:
    """Whether a mean, with the bands that are shown, leaves an answer withheld fewer than `ROUNDING` counts to choose from.

    A mean of no hour at all says that everyone of the group gave the first band, though it is withheld for that very reason.
    """
    bands = {reply.name: (reply.hours[0], min(reply.hours[1], HOURS_AT_MOST)) for reply in measure.replies if reply.hours}
    students, hidden = sum(people.values()), sum(people[name] for name in apart)
    least, most = (mean - _HALF_STEP) * students, (mean + _HALF_STEP) * students
    for name in apart if len(apart) > 1 else ():
        (low, high), others = bands[name], [bands[other] for other in apart - {name}]
        lowest, highest = min(one[0] for one in others), max(one[1] for one in others)
        shown = [(people[other] * low, people[other] * high) for other, (low, high) in bands.items() if other not in apart]
        floor = sum(one[0] for one in shown) + hidden * lowest
        ceiling = sum(one[1] for one in shown) + hidden * highest
        # `count` of them in this band, the others in those withheld besides: floor + count × (low − lowest) ≤ most, and so on
        counts = _between(hidden, (low - lowest, most - floor), (highest - high, ceiling - least))
        if counts < ROUNDING:
            return True
    return False


def _between(most: int, *bounds: tuple[float, float]) -> float:
    """Give how far apart the counts from 0 to `most` lie for which, in each of `bounds`, count × step ≤ room."""
    low, high = 0.0, float(most)
    for step, room in bounds:
        if step > 0:
            high = min(high, room // step)
        elif step < 0:
            low = max(low, -(room // -step) if room < 0 else 0.0)
    return high - low
