"""Somebody who subtracts the bases of different questions: how many work for no employer, where that is a handful. Rounding alone protects
it, so it is attacked with whole numbers: each figure told lies within two of what is shown, and every sum must hold."""

from __future__ import annotations

import random

import pytest

from certif.portraits.counting import Counted, count, family_of
from certif.portraits.telling import compose, rounded
from certif.portraits.withholding import Cell
from tests.portraits.attacking import NONE, equations
from tests.portraits.telling import make_students, tallies

MRCS = ["autray", "joliette", "assomption", "moulins", "matawinie", "montcalm"]
Bounds = dict[Cell, list[int]]
SEEDS = range(10)


def region(seed: int) -> Counted:
    """Give a small region where one worker in twelve does odd jobs, and is asked nothing about an employer."""
    students, chance = make_students(seed, (25, 40, 60, 120, 200)[seed % 5], mrcs=MRCS, flagged=0), random.Random(seed)
    for one in students:
        if one.answers["works"] == "yes" and chance.random() < 0.08:
            del one.answers["adapts"], one.answers["success_matters"]
    return count(tallies(students))


def pinned(counted: Counted, *, within: int) -> list[Cell]:
    """Give what is found of one to nine people. Takes: `within`, how far from the truth what is told may lie: 0, were it not rounded."""
    told = compose(counted, {}, least=10).ledger.shown
    lines = [dict(line) for line in equations(family_of(counted.people, {}))]
    places = sorted({cell[:2] for line in lines for cell in line if cell[2:] == ("hours", "")})
    for place in places:
        for question, answer in (("adapts", ""), ("success", "")):
            lines.append({(*place, "hours", ""): -1, (*place, question, answer): 1, (*place, "odd", ""): 1})
        lines.append({(*place, "hours", ""): -1, (*place, "works", "yes"): 1})
    bounds: Bounds = {cell: [0, 1000] for line in lines for cell in line}
    for cell in told & bounds.keys():
        many = counted.people.get(cell, 0)
        middle = rounded(many) if within else many
        bounds[cell] = [max(0, middle - within), middle + within]
    while sum(narrowed(line, bounds) for line in lines):
        pass
    return [cell for cell, (low, high) in bounds.items() if low == high and 0 < low < 10 and cell not in told and NONE not in cell]


def narrowed(line: dict[Cell, int], bounds: Bounds) -> bool:
    """Narrow what an equation binds; whether it could."""
    least = sum(sign * bounds[cell][sign < 0] for cell, sign in line.items())
    most = sum(sign * bounds[cell][sign > 0] for cell, sign in line.items())
    for cell, sign in line.items():
        low, high = bounds[cell]
        down, up = least - sign * bounds[cell][sign < 0], most - sign * bounds[cell][sign > 0]
        below, above = (-up, -down) if sign > 0 else (down, up)
        if below > low or above < high:
            bounds[cell] = [max(low, below), min(high, above)]
            return True
    return False


@pytest.mark.parametrize("seed", SEEDS)
def test_what_binds_two_questions_pins_nobody(seed: int) -> None:
    assert pinned(region(seed), within=2) == []


def test_were_figures_not_rounded_dozens_would_be_found() -> None:
    assert sum(len(pinned(region(seed), within=0)) for seed in SEEDS) > 20
