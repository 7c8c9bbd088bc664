"""Somebody who reads everything that portraits tell, and computes: nothing that is withheld is found, and nobody is learnt of.

The attacker (`attacking`) knows more than anyone can: each figure told is given as it was before rounding.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from certif.portraits import counting, telling
from certif.portraits.counting import Counted, count, family_of, less
from certif.portraits.telling import Composed, Ledger, compose
from certif.portraits.withholding import EVERYONE, WHOLE, Asked, Cell, Counts, Family, withhold
from tests.portraits.attacking import NONE, equations, recovered, wholes
from tests.portraits.telling import Student, make_students, tallies

MRCS = ["autray", "joliette", "assomption", "moulins", "matawinie", "montcalm"]
LEAST = 10
CLASSES = range(40)


def class_of(seed: int) -> Counted:
    """Give the counts of a small region: from 25 students to 1000."""
    return count(tallies(make_students(seed, (25, 40, 60, 120, 300, 1000)[seed % 6], mrcs=MRCS, flagged=0.06)))


def known(counts: Counts, shown: frozenset[Cell]) -> dict[Cell, int]:
    """Give what the attacker reads: each cell shown, as exactly as it was counted."""
    return {cell: counts.get(cell, 0) for cell in shown}


def careless(family: Family, counts: Counts) -> frozenset[Cell]:
    """Withhold what is of too few people, and nothing else: the twin of `withhold`."""
    cells = set(counts) | {(WHOLE, "", EVERYONE, "")}
    return frozenset(cell for cell in cells if counts.get(cell, 0) >= LEAST and counts.get((cell[0], cell[1], cell[2], ""), 0) >= LEAST)


def found_in(counted: Counted, shown: frozenset[Cell]) -> dict[Cell, int]:
    """Give what an attacker finds of groups that hold somebody."""
    found = recovered(family_of(counted.people, {}), known(counted.people, shown))
    return {cell: many for cell, many in found.items() if counted.people.get((cell[0], cell[1], EVERYONE, ""), 0)}


@pytest.mark.parametrize("seed", CLASSES)
def test_nothing_withheld_of_a_small_class_can_be_computed(seed: int) -> None:
    counted = class_of(seed)
    made = compose(counted, {}, least=LEAST)
    assert found_in(counted, made.ledger.shown) == {}
    assert not [cell for cell in made.ledger.shown if 0 < counted.people.get(cell, 0) < LEAST]
    family = family_of(counted.people, {})
    plausible = recovered(family, known(counted.plausible, made.ledger.shown_plausible))
    assert not {cell: many for cell, many in plausible.items() if counted.plausible.get((cell[0], cell[1], EVERYONE, ""), 0)}


def test_without_more_withheld_around_them_hundreds_of_cells_are_computed() -> None:
    found = [len(found_in(class_of(seed), careless(family_of({}, {}), class_of(seed).people))) for seed in range(0, 40, 4)]
    assert sum(found) > 100
    assert sum(1 for one in found if one) >= 8


@pytest.mark.parametrize("seed", CLASSES)
def test_nobody_is_learnt_of_by_leaving_flagged_answers_aside(seed: int) -> None:
    counted = class_of(seed)
    made = compose(counted, {}, least=LEAST)
    learnt = differences(family_of(counted.people, {}), counted.flagged, made.ledger.shown_plausible)
    assert made.ledger.shown_plausible <= made.ledger.shown
    assert learnt == {}


def test_a_telling_that_shows_both_everywhere_gives_the_jokers_away() -> None:
    learnt = [
        differences(family_of(one.people, {}), one.flagged, compose(one, {}, least=LEAST).ledger.shown) for one in map(class_of, range(6))
    ]
    assert sum(len(one) for one in learnt) > 50


def differences(family: Family, people: Counts, shared: frozenset[Cell]) -> dict[Cell, int]:
    """Give what subtracting two tellings says of fewer people than the threshold, told outright or computed."""
    told = {cell: people.get(cell, 0) for cell in shared}
    learnt = {cell: many for cell, many in told.items() if 0 < abs(many) < LEAST}
    return learnt | {cell: people.get(cell, 0) for cell in recovered(family, told, bounds=False) if 0 < abs(people.get(cell, 0)) < LEAST}


def releases(seed: int, steps: Iterator[int], *, batches: bool = True) -> list[tuple[Counted, Composed]]:
    """Release again and again as answers come. `batches` off: each release is made as if it were the first."""
    students, made, last = make_students(seed, 400, mrcs=MRCS, flagged=0.04), list[tuple[Counted, Composed]](), None
    past: tuple[Ledger, ...] = ()
    for number, many in enumerate(steps, 1):
        counted = count(tallies(students[:many]))
        composed = compose(counted, {}, least=LEAST, number=number, past=past if batches else (), last=last if batches else None)
        past, last = (*past, composed.ledger), composed.told
        made.append((counted, composed))
    return made


def learnt_from(made: list[tuple[Counted, Composed]], reach: int = 9) -> int:
    """Count what an attacker learns of too few people by subtracting releases `reach` apart at most, flagged answers apart or not."""
    family = family_of(made[-1][0].people, {})
    learnt = 0
    for number, (_counted, late) in enumerate(made):
        for _before, early in made[max(0, number - reach) : number]:
            pairs = (
                (late.ledger.people, early.ledger.people, late.ledger.shown & early.ledger.shown),
                (late.ledger.plausible, early.ledger.plausible, late.ledger.shown_plausible & early.ledger.shown_plausible),
            )
            learnt += sum(len(differences(family, less(new, old), shared)) for new, old, shared in pairs)
    return learnt


def steps_of(seed: int) -> Iterator[int]:
    """Give how many have answered at each release: one more, three more, a dozen…"""
    chance, many = random.Random(seed), 60 + 20 * (seed % 4)
    for _each in range(5):
        yield many
        many += chance.choice([1, 1, 3, 11, 14, 40])


@pytest.mark.parametrize("seed", range(8))
def test_subtracting_any_two_releases_learns_nobody(seed: int) -> None:
    made = releases(seed, steps_of(seed))
    assert learnt_from(made) == 0
    for counted, composed in made:
        assert found_in(counted, composed.ledger.shown) == {}


def test_releases_made_without_regard_for_the_past_give_newcomers_away() -> None:
    assert sum(learnt_from(releases(seed, steps_of(seed), batches=False)) for seed in range(2)) > 50


def lines_of(family: Family) -> Iterator[tuple[Cell, list[Cell]]]:
    """Give every line of every table: a sum, and its cells."""
    sums = [(whole, [part for part in parts if not part[1].endswith(NONE)]) for whole, parts in wholes(family)]
    for whole, parts in sums:
        yield (*whole, EVERYONE, ""), [(*part, EVERYONE, "") for part in parts]
    for question in family.questions:
        places = {(WHOLE, ""), *(part for _whole, parts in sums for part in parts if part[0] in question.cuts)}
        yield from (((*one, question.name, ""), [(*one, question.name, answer) for answer in question.answers]) for one in places)
        for whole, parts in sums:
            for answer in (*question.answers, "") if parts[0][0] in question.cuts else ():
                yield (*whole, question.name, answer), [(*part, question.name, answer) for part in parts]


def newcomers_learnt(made: list[tuple[Counted, Composed]]) -> int:
    """Count the lines that tell of too few newcomers: a sum, less its cells, each as it was told last, whenever that was."""
    family, last, learnt = family_of(made[-1][0].people, {}), dict[Cell, int](), 0
    for _counted, composed in made:
        now = composed.ledger
        told = {cell: now.people.get(cell, 0) for cell in now.shown}
        for total, cells in lines_of(family):
            stale = [cell for cell in cells if cell in last and cell not in told]
            if total in told and stale:
                learnt += 0 < told[total] - sum(told.get(cell, last.get(cell, 0)) for cell in cells) < LEAST
        last |= told
    return learnt


@pytest.mark.parametrize("seed", range(8))
def test_combining_three_releases_or_more_learns_of_no_few_newcomers(seed: int) -> None:
    assert newcomers_learnt(releases(seed, steps_of(seed))) == 0
    assert newcomers_learnt(releases(seed + 8, iter([*range(60, 90, 10), *range(95, 180, 12)]))) == 0


def test_releases_that_mind_only_the_differences_of_two_give_some_newcomers_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_told_last", lambda _releases: {})
    assert newcomers_learnt(releases(3, steps_of(3))) > 0


def test_a_hundred_times_export_one_answer_export_says_the_same_until_enough_have_come() -> None:
    made = releases(3, iter(range(200, 212)))
    told = [composed.told["people"][WHOLE][""] for _counted, composed in made]
    assert told[1:10] == [told[0]] * 9, "nine newcomers: nothing moves"
    assert learnt_from(made, reach=1) == 0


def test_the_same_counts_are_always_told_alike() -> None:
    counted = class_of(5)
    assert len({str(compose(counted, {}, least=LEAST).told) for _each in range(3)}) == 1


def test_what_everyone_of_a_small_group_answered_is_withheld() -> None:
    family = Family({"mrc": ("a", "b", "c")}, (Asked("works", ("yes", "no"), (WHOLE, "mrc")),))
    counts = {(WHOLE, "", "*", ""): 140, (WHOLE, "", "works", ""): 140, (WHOLE, "", "works", "yes"): 90, (WHOLE, "", "works", "no"): 50}
    for key, yes, no in (("a", 20, 0), ("b", 40, 25), ("c", 30, 25)):
        counts |= {("mrc", key, "*", ""): yes + no, ("mrc", key, "works", ""): yes + no}
        counts |= {("mrc", key, "works", "yes"): yes, ("mrc", key, "works", "no"): no}
    shown = withhold(family, counts, least=LEAST)
    assert not {cell for cell in shown if cell[:3] == ("mrc", "a", "works") and cell[3]}, "twenty students, who all work"
    assert recovered(family, known(counts, shown)) == {}


def of_grades(**grades: int) -> tuple[Family, dict[Cell, int]]:
    """Give a region of two levels, the grades of one of them, and 100 students more of the other."""
    keys = tuple(f"secondary/{name}" for name in grades)
    family = Family({"level": ("college", "secondary"), "grade": keys}, (), {"grade": "level"})
    counts = {(WHOLE, "", "*", ""): 100 + sum(grades.values()), ("level", "college", "*", ""): 100}
    counts |= {("level", "secondary", "*", ""): sum(grades.values())}
    return family, counts | {("grade", key, "*", ""): many for key, many in zip(keys, grades.values(), strict=True)}


def test_a_small_grade_takes_another_of_its_level_with_it() -> None:
    family, counts = of_grades(one=4, two=40, three=60)
    shown = withhold(family, counts, least=LEAST)
    assert {cell for cell in shown if cell[0] == "grade"} == {("grade", "secondary/three", "*", "")}
    assert recovered(family, known(counts, shown)) == {}


def test_grades_are_computed_where_they_are_taken_for_a_cut_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "WITHIN", {})
    assert sum(len(found_in(class_of(seed), compose(class_of(seed), {}, least=LEAST).ledger.shown)) for seed in range(5, 40, 6)) > 5


def test_a_single_small_group_takes_another_with_it() -> None:
    family = Family({"mrc": ("a", "b", "c")}, ())
    counts = {(WHOLE, "", "*", ""): 104, ("mrc", "a", "*", ""): 4, ("mrc", "b", "*", ""): 40, ("mrc", "c", "*", ""): 60}
    assert withhold(family, counts, least=LEAST) == {(WHOLE, "", "*", ""), ("mrc", "c", "*", "")}


def test_fewer_than_the_threshold_show_nothing_at_all() -> None:
    few: list[Student] = make_students(1, 9, mrcs=MRCS)
    made = compose(count(tallies(few)), {}, least=LEAST)
    assert made.ledger.shown == frozenset()
    assert made.told["people"][WHOLE][""][0] is None


def test_the_attacker_finds_what_there_is_to_find() -> None:
    family = Family({"mrc": ("a", "b")}, ())
    assert recovered(family, {(WHOLE, "", "*", ""): 44, ("mrc", "a", "*", ""): 40, ("mrc", NONE, "*", ""): 0}) == {("mrc", "b", "*", ""): 4}
    assert recovered(family, {(WHOLE, "", "*", ""): 40, ("mrc", "a", "*", ""): 40}) == {("mrc", "b", "*", ""): 0}, "by bounds"
    assert len(equations(family)) == 1


def test_a_large_region_is_sifted_in_a_moment() -> None:
    counted = count(tallies(make_students(1, 3000, mrcs=[f"mrc{number}" for number in range(15)])))
    family = family_of(counted.people, {})
    assert len(withhold(family, counted.people, least=LEAST)) > 400
