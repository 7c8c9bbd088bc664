"""A jury's ranking, as arithmetic: against another way to compute it, and whatever is asked of it."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certif.selections import jury_recipe
from certif.selections.jury_recipe import comparable, first_broken, ranking, worth_of

patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # slow is the machine, when others use it
CRITERIA = [{"id": "studies", "weight": 3, "most": 5}, {"id": "schedule", "weight": 2, "most": 10}]
Worths = list[tuple[str, str, Fraction]]

PAIRS = st.lists(st.tuples(st.sampled_from("JKLM"), st.sampled_from("abcdefg")), min_size=1, max_size=20, unique=True)
WORTHS = PAIRS.flatmap(
    lambda pairs: st.lists(st.integers(0, 35), min_size=len(pairs), max_size=len(pairs)).map(
        lambda values: [(juror, entry, Fraction(value, 35)) for (juror, entry), value in zip(pairs, values, strict=True)]
    )
)


def file_of(worths: Worths) -> dict[str, Any]:
    """Give a file whose ballots have these worths, on a grid of one criterion."""
    ballots = [
        {"juror": juror, "entry": entry, "counts": True, "scores": {"all": int(value * 35)}} for juror, entry, value in worths
    ]  # fmt: skip
    return {"criteria": [{"id": "all", "weight": 1, "most": 35}], "ballots": ballots, "entries": sorted({one[1] for one in worths})}


def ranks(found: dict[str, Fraction]) -> list[set[str]]:
    """Give the entries by their worth, the best first, equals together."""
    return [{entry for entry, value in found.items() if value == level} for level in sorted(set(found.values()), reverse=True)]


def residue(worths: Worths, worth: dict[str, Fraction], leniency: dict[str, Fraction]) -> Fraction:
    """Give the sum of squares that the fit leaves, the best constant of each group aside: shifting a group's entries changes it not."""
    return sum(((value - worth[entry] - leniency[juror]) ** 2 for juror, entry, value in worths), Fraction())


@patient
@given(WORTHS, st.randoms())
def test_the_order_of_the_ballots_changes_nothing(worths: Worths, chance: random.Random) -> None:
    mixed = list(worths)
    chance.shuffle(mixed)
    assert ranking(file_of(worths)) == ranking(file_of(mixed))


@patient
@given(WORTHS)
def test_other_names_for_jurors_change_nothing(worths: Worths) -> None:
    other = {"J": "Z", "K": "A", "L": "Q", "M": "B"}
    assert comparable([(other[juror], entry, value) for juror, entry, value in worths])[0] == comparable(worths)[0]


@patient
@given(WORTHS, st.sampled_from("JKLM"), st.fractions(-2, 2, max_denominator=20))
def test_a_constant_added_to_all_that_a_juror_gives_changes_no_rank(worths: Worths, who: str, more: Fraction) -> None:
    harsher = [(juror, entry, value + more if juror == who else value) for juror, entry, value in worths]
    assert ranks(comparable(harsher)[0]) == ranks(comparable(worths)[0])


def test_the_raw_mean_would_have_changed_it() -> None:
    """The twin: without the fit, a lenient juror lifts what it happened to read."""
    worths = [("J", "a", Fraction(4, 10)), ("J", "b", Fraction(5, 10)), ("K", "b", Fraction(9, 10)), ("K", "c", Fraction(8, 10))]
    found = {line["entry"]: line for line in ranking(file_of([(juror, entry, value) for juror, entry, value in worths]))}
    assert found["c"]["raw"] > found["a"]["raw"] + 300
    assert abs(found["c"]["score"] - found["a"]["score"]) <= 30, "both are one step under b, each by its own juror"


@patient
@given(WORTHS)
def test_the_fit_is_the_best_there_is(worths: Worths) -> None:
    """Against the definition of least squares: at the best fit, what is left over sums to nothing for each juror, and for each entry."""
    worth, leniency = comparable(worths)
    groups = jury_recipe._groups(worths)
    for group in groups:
        left = [(juror, entry, value - worth[entry] - leniency[juror]) for juror, entry, value in group]
        shift = sum((over for _juror, _entry, over in left), Fraction()) / len(left)
        for place in (0, 1):
            for name in {one[place] for one in left}:
                assert sum((one[2] - shift for one in left if one[place] == name), Fraction()) == 0
        assert sum((leniency[juror] for juror in {one[0] for one in group}), Fraction()) == 0


def test_another_way_to_compute_it_agrees() -> None:
    """Alternate: fit the entries, then the jurors, then again, in floats, until nothing moves."""
    chance = random.Random(7)
    worths = [(juror, entry, Fraction(chance.randrange(36), 35)) for juror in "JKLM" for entry in "abcdefg" if chance.random() < 0.7]
    worth, leniency = comparable(worths)
    juror_by, entry_by = dict.fromkeys("JKLM", 0.0), dict.fromkeys("abcdefg", 0.0)
    for _round in range(500):
        for entry in entry_by:
            theirs = [float(value) - juror_by[juror] for juror, read, value in worths if read == entry]
            entry_by[entry] = sum(theirs) / len(theirs)
        for juror in juror_by:
            own = [float(value) - entry_by[entry] for who, entry, value in worths if who == juror]
            juror_by[juror] = sum(own) / len(own)
    middle = sum(entry_by.values()) / len(entry_by) - float(sum(worth.values())) / len(worth)
    assert all(abs(entry_by[entry] - middle - float(worth[entry])) < 1e-9 for entry in worth)
    centre = sum(juror_by.values()) / len(juror_by)
    assert all(abs(juror_by[juror] - centre - float(leniency[juror])) < 1e-9 for juror in leniency)


def test_weights_and_bounds_of_criteria_count() -> None:
    assert worth_of({"studies": 5, "schedule": 10}, CRITERIA) == 1
    assert worth_of({"studies": 5, "schedule": 0}, CRITERIA) == Fraction(3, 5)
    assert worth_of({"studies": 1, "schedule": 5}, CRITERIA) == Fraction(3 * Fraction(1, 5) + 2 * Fraction(1, 2), 5)


def test_one_ballot_is_enough_and_none_is_said() -> None:
    asked = file_of([("J", "a", Fraction(7, 35))])
    asked["entries"].append("b")
    alone, nothing = ranking(asked)
    assert (alone["score"], alone["raw"], alone["ballots"], alone["spread"]) == (200, 200, 1, 0)
    assert (nothing["entry"], nothing["score"], nothing["ballots"]) == ("b", None, 0)
    assert ranking(file_of([])) == []


def test_groups_that_no_reading_links_have_the_same_mean() -> None:
    worths = [("J", "a", Fraction(1, 10)), ("J", "b", Fraction(3, 10)), ("K", "c", Fraction(7, 10)), ("K", "d", Fraction(9, 10))]
    worth, _leniency = comparable(worths)
    assert worth["a"] == worth["c"] < worth["b"] == worth["d"]


def test_the_last_version_of_what_counts_is_what_counts() -> None:
    asked = file_of([("J", "a", Fraction(7, 35)), ("J", "a", Fraction(35, 35)), ("K", "a", Fraction(0))])
    asked["ballots"][2]["counts"] = False
    assert ranking(asked)[0]["raw"] == 1000


def test_a_chain_that_was_changed_is_seen() -> None:
    previous, chain = jury_recipe.START, []
    for place in (1, 2, 3):
        ballot: dict[str, Any] = {
            "position": place, "juror": "J", "entry": "a", "number": place, "scores": {"all": place}, "comment_digest": "", "cast_at": "x",
            "previous_digest": previous,
        }  # fmt: skip
        previous = ballot["digest"] = jury_recipe.digest_of(jury_recipe.ballot_said(ballot), previous)
        chain.append(ballot)
    assert first_broken(chain) is None
    assert first_broken([chain[0], {**chain[1], "scores": {"all": 9}}, chain[2]]) == 2
    assert first_broken([chain[0], chain[2]]) == 2
    assert first_broken([chain[1], chain[0], chain[2]]) == 1
