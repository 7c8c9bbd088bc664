"""Somebody who knows how the portrait is made, reads all that it shows, and computes: exact rational elimination, then simple bounds.

It shares nothing with the code that withholds: it only knows that counts are whole and not negative, that answers add up to those who
answered, and that the groups of a cut, with those who belong to none, add up to the whole; grades, to their level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from certif.portraits.withholding import EVERYONE, WHOLE, Cell, Family

Number = int | Fraction
"""Exact: whole as long as it can be, which is many times faster."""
Equation = tuple[dict[Cell, Number], Number]
NONE = "(none)"
"""The group of those who belong to no group of a cut."""


def equations(family: Family) -> list[list[tuple[Cell, int]]]:
    """Give every sum that comes to nothing, by structure."""
    found = []
    for whole, parts in wholes(family):
        found.append([((*whole, EVERYONE, ""), -1), *(((*part, EVERYONE, ""), 1) for part in parts)])
    for question in family.questions:
        places = [(WHOLE, "")]
        for whole, parts in wholes(family):
            if parts[0][0] not in question.cuts:
                continue
            places += parts
            for answer in (*question.answers, ""):
                found.append([((*whole, question.name, answer), -1), *(((*part, question.name, answer), 1) for part in parts)])
        for cut, key in places:
            parts = [((cut, key, question.name, answer), 1) for answer in question.answers]
            found.append([((cut, key, question.name, ""), -1), *parts])
    return found


def wholes(family: Family) -> list[tuple[tuple[str, str], list[tuple[str, str]]]]:
    """Give what adds up: the groups of each cut to the whole, `level/grade` to its level; each with those who belong to none."""
    found = [((WHOLE, ""), [(cut, key) for key in (*keys, NONE)]) for cut, keys in family.groups.items() if cut != "grade"]
    grades = family.groups.get("grade", ())
    for level in sorted({key.split("/")[0] for key in grades}):
        parts = [("grade", key) for key in grades if key.split("/")[0] == level]
        found.append((("level", level), [*parts, ("grade", f"{level}/{NONE}")]))
    if grades:
        found.append(((WHOLE, ""), [("grade", key) for key in (*grades, NONE)]))
    return found


def recovered(family: Family, told: Mapping[Cell, int], *, bounds: bool = True) -> dict[Cell, int]:
    """Give every count that is not told and that can be computed from those that are."""
    system = [_with(told, line) for line in equations(family)]
    solved = _eliminate([one for one in system if one[0]])
    if bounds:
        solved |= _pinned(system, solved)
    return {cell: int(value) for cell, value in solved.items() if not cell[1].endswith(NONE)}


def _with(told: Mapping[Cell, int], line: Iterable[tuple[Cell, int]]) -> Equation:
    unknown: dict[Cell, Number] = {}
    rest: Number = 0
    for cell, sign in line:
        if cell in told:
            rest -= sign * told[cell]
        else:
            unknown[cell] = unknown.get(cell, 0) + sign
    return unknown, rest


def _eliminate(system: list[Equation]) -> dict[Cell, Number]:
    """Give the unknowns whose value follows from the equations alone: those whose reduced row holds nothing else."""
    pivots: dict[Cell, Equation] = {}
    uses: dict[Cell, set[Cell]] = {}
    for given, value in system:
        row, rest = dict(given), value
        for cell in [cell for cell in row if cell in pivots]:
            if cell in row:
                rest = _take(row, rest, pivots[cell], cell)
        if not row:
            assert rest == 0, "what is shown contradicts itself"
            continue
        pivot = min(row)
        scale = row[pivot]
        row, rest = {cell: _over(value, scale) for cell, value in row.items()}, _over(rest, scale)
        for other in list(uses.get(pivot, ())):
            changed = dict(pivots[other][0])
            left = _take(changed, pivots[other][1], (row, rest), pivot)
            for cell in pivots[other][0].keys() - changed.keys():
                uses[cell].discard(other)
            for cell in changed:
                uses.setdefault(cell, set()).add(other)
            pivots[other] = (changed, left)
        pivots[pivot] = (row, rest)
        for cell in row:
            uses.setdefault(cell, set()).add(pivot)
    return {cell: rest for cell, (row, rest) in pivots.items() if len(row) == 1}


def _over(value: Number, scale: Number) -> Number:
    if scale in {1, -1}:
        return value * scale
    found = Fraction(value) / scale
    return int(found) if found.denominator == 1 else found


def _take(row: dict[Cell, Number], rest: Number, other: Equation, cell: Cell) -> Number:
    times = row[cell]
    for name, value in other[0].items():
        left = row.get(name, 0) - times * value
        if left:
            row[name] = left
        else:
            row.pop(name, None)
    return rest - times * other[1]


def _pinned(system: list[Equation], solved: Mapping[Cell, Number]) -> dict[Cell, Number]:
    """Give the unknowns that bounds alone pin down: no count is negative, none is more than the sum it is part of."""
    low: dict[Cell, Number] = {cell: 0 for row, _rest in system for cell in row} | dict(solved)
    high: dict[Cell, Number | None] = dict.fromkeys(low) | dict(solved)
    changed = True
    while changed:
        changed = False
        for row, rest in system:
            for cell, sign in row.items():
                least, most = _between(row, rest, cell, low, high)
                if sign < 0:
                    least, most = (None if most is None else -most), (None if least is None else -least)
                if least is not None and least > low[cell]:
                    low[cell], changed = least, True
                if most is not None and (high[cell] is None or most < high[cell]):
                    high[cell], changed = most, True
    return {cell: low[cell] for cell in low if high[cell] is not None and low[cell] == high[cell]}


def _between(
    row: Mapping[Cell, Number], rest: Number, cell: Cell, low: Mapping[Cell, Number], high: Mapping[Cell, Number | None]
) -> tuple[Number | None, Number | None]:
    """Give between what the term of `cell` lies, by the others of its equation."""
    least: Number | None = rest
    most: Number | None = rest
    for other, sign in row.items():
        if other == cell:
            continue
        small, large = (low[other], high[other]) if sign > 0 else (high[other], low[other])
        least = None if least is None or large is None else least - sign * large
        most = None if most is None or small is None else most - sign * small
    return least, most
