"""Ranked picks are counted by the rule that is written, exactly, and anyone may count them again."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest

from certif.selections.stv_recipe import NotDecided, counted

SEED = "ABCD"


def elected(found: dict[str, object]) -> list[str]:
    return [one for said in found["rounds"] for one in said["elected"]]  # type: ignore[attr-defined]


def test_the_textbook_election_elects_whom_the_textbook_says() -> None:
    """Source: the worked example of three seats among five that articles on this vote have told for years: 20 ballots, a quota of 6."""
    ballots = [["orange"]] * 4 + [["poire", "orange"]] * 2 + [["chocolat", "fraise"]] * 8 + [["chocolat", "bonbon"]] * 4
    ballots += [["fraise"], ["bonbon"]]
    found = counted(ballots, ["orange", "poire", "chocolat", "fraise", "bonbon"], 3)
    assert found["quota"] == 6
    assert elected(found) == ["chocolat", "orange", "fraise"]
    assert found["rounds"][1]["votes"] == {"bonbon": "3", "fraise": "5", "orange": "4", "poire": "2"}
    assert found["places"] == {"chocolat": 1, "orange": 2, "fraise": 3, "bonbon": 4, "poire": 5}


def test_a_surplus_passes_on_in_exact_fractions() -> None:
    found = counted([["a", "b"]] * 5 + [["a", "c"]] * 2 + [["c"]] * 3 + [["d"]], "abcd", 2)
    assert found["quota"] == 4
    assert found["rounds"][1]["votes"] == {"b": "15/7", "c": "27/7", "d": "1"}
    assert elected(found) == ["a", "c"]


def test_equals_are_told_apart_by_an_earlier_round_then_by_the_seed_and_never_otherwise() -> None:
    assert elected(counted([["a", "d"]] * 5 + [["b"]] * 2 + [["c"]] * 2 + [["d", "b"]], "abcd", 2)) == ["a", "b"], "d had less before"
    ballots = [["a"]] * 5 + [["b"]] * 2 + [["c"]] * 2
    with pytest.raises(NotDecided) as problem:
        counted(ballots, "abc", 2)
    assert problem.value.equals == ["b", "c"]
    told = {seed: elected(counted(ballots, "abc", 2, seed)) for seed in ("one", "two", "three", "four", "five")}
    assert len({tuple(one) for one in told.values()}) == 2, "another seed may tell another"
    assert told["one"] == elected(counted(ballots[::-1], "cba", 2, "one")), "the order of ballots tells nothing"


def test_whoever_no_ballot_names_is_left_out_together_without_any_lot() -> None:
    found = counted([["a", "b"], ["b", "a"], ["a"]], "abxyz", 2)
    assert elected(found) == ["a", "b"]
    assert {one: found["places"][one] for one in "xyz"} == {"x": 3, "y": 3, "z": 3}


def test_fewer_than_the_seats_are_all_elected() -> None:
    found = counted([["b"], ["b", "a"]], "ab", 5)
    assert elected(found) == ["b", "a"]
    assert counted([], "ab", 2)["places"] == {"a": 1, "b": 1}, "nothing tells them apart"


def test_a_majority_that_ranks_the_same_ones_first_fills_its_share_whatever_the_order_within() -> None:
    """Proportionality for solid coalitions: the reason to count so. Six tenths of the jury get two seats of four at least."""
    ours = [[*one, "x", "y", "z"] for one in itertools.islice(itertools.permutations("abc"), 4)]
    theirs = [["x", "y", "z", "w", "v"]] * 6
    assert len(set(elected(counted(ours + theirs, "abcxyzwv", 4, SEED))) & set("abc")) >= 1
    assert len(set(elected(counted(ours + theirs, "abcxyzwv", 4, SEED))) & set("xyzwv")) >= 2


def test_votes_never_appear_nor_vanish() -> None:
    lots = random.Random(7)
    for _each in range(60):
        entries = "abcdefgh"[: lots.randint(2, 8)]
        ballots = [lots.sample(entries, lots.randint(1, len(entries))) for _one in range(lots.randint(1, 15))]
        seats = lots.randint(1, 4)
        found = counted(ballots, entries, seats, SEED)
        assert len(elected(found)) == min(seats, len(entries))
        assert sorted(found["places"]) == sorted(entries)
        kept = 0
        for said in found["rounds"]:
            whole = sum(map(Fraction, said["votes"].values())) + Fraction(said["exhausted"]) + kept * found["quota"]
            assert whole <= len(ballots)
            kept += sum(Fraction(said["votes"][one]) >= found["quota"] for one in said["elected"])
