"""The recipe of every phase: pure, the same in whatever order entries come, and redone by a program that shares nothing with it."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certif.campaigns import Category
from certif.programs import Text
from certif.sampling import ticket_of
from certif.selections import draw_check
from certif.selections.phase_recipe import Candidate, Standing, honoured, settled, undecided

STANDINGS = st.lists(
    st.tuples(st.sampled_from(["", "joliette", "montcalm"]), st.booleans(), st.integers(0, 3), st.none() | st.integers(1, 2)), max_size=30
).map(
    lambda drawn: [
        Standing(f"e{n}", ticket_of(f"e{n}"), cell, fit, 1000 * score, place) for n, (cell, fit, score, place) in enumerate(drawn)
    ]
)
SLOW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@SLOW
@given(STANDINGS, st.none() | st.integers(1, 5), st.sampled_from(["", "graine"]), st.integers())
def test_the_order_in_which_entries_come_changes_nothing(found: list[Standing], keeps: int | None, seed: str, shuffle: int) -> None:
    mixed = list(found)
    random.Random(shuffle).shuffle(mixed)
    assert settled(found, keeps, seed) == settled(mixed, keeps, seed)


@SLOW
@given(STANDINGS, st.integers(1, 5))
def test_with_a_seed_each_cell_keeps_its_number_and_only_who_is_fit(found: list[Standing], keeps: int) -> None:
    done = settled(found, keeps, "graine")
    assert undecided(done, keeps) == []
    for cell in {one.cell for one in found}:
        fit = [one for one in found if one.cell == cell and one.is_fit]
        kept = [one for one in done if one.cell == cell and one.is_kept]
        assert len(kept) == min(keeps, len(fit))
        assert all(one.is_fit for one in kept)
        left = [one.score or 0 for one in done if one.cell == cell and one.is_fit and not one.is_kept]
        assert not left or min(one.score or 0 for one in kept) >= max(left), "nobody is passed over by a lower score"


@SLOW
@given(STANDINGS, st.none() | st.integers(1, 5), st.sampled_from(["", "graine"]))
def test_the_program_that_is_given_away_finds_the_same(found: list[Standing], keeps: int | None, seed: str) -> None:
    done = settled(found, keeps, seed)
    entries = [{"ticket": one.ticket, "cell": one.cell, "fit": one.is_fit, "score": one.score, "place": one.place} for one in done]
    assert draw_check.redone(entries, keeps, seed) == {one.ticket: (one.rank, one.is_kept) for one in done}


def test_equals_at_the_limit_are_seen_and_a_place_or_a_seed_settles_them() -> None:
    equals = [Standing(name, ticket_of(name), "", score=5000) for name in "abc"]
    done = settled(equals, 2)
    assert [one.entry for one in undecided(done, 2)] == [one.entry for one in done]
    assert not any(one.is_kept for one in done)
    assert undecided(settled(equals, 3), 3) == [], "all three go on"
    placed = settled([replace(equals[0], place=1), replace(equals[1], place=2), equals[2]], 2)
    assert [one.entry for one in placed if one.is_kept] == ["a", "b"]
    assert sum(one.is_kept for one in settled(equals, 2, "graine")) == 2


def test_categories_are_filters_on_one_ranking() -> None:
    def one(entry: str, mrc: str, level: str = "secondary", *, is_kept: bool = True) -> Candidate:
        return Candidate(entry, mrc, frozenset([level]), "44-45", is_kept)

    ranking = [one("a", "joliette"), one("b", "joliette"), one("c", "montcalm", "college"), one("d", "montcalm", is_kept=False)]
    name = Text("Catégorie")
    there, college = Category("montcalm", name, mrcs=("montcalm",)), Category("cegep", name, levels=("college",))
    best = Category("coeur", name)
    assert [(given, who.entry) for given, who in honoured(ranking, (there, best), has_limit=False)] == [("coeur", "a"), ("montcalm", "c")]
    assert [given for given, _who in honoured(ranking, (there, college), has_limit=True)] == ["", "", "montcalm"]
    assert [who.entry for _given, who in honoured(ranking, (), has_limit=True)] == ["a", "b", "c"]
    assert honoured(ranking, (Category("seul", name, sectors=("72",)),), has_limit=False) == []
