"""A region's own team, and whoever reads a mean, try to learn what one student said."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from certif import portraits
from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.portraits import gathering, telling
from certif.portraits.counting import count
from certif.portraits.gathering import preview
from certif.portraits.measures import WEEKDAYS, WEEKEND
from certif.portraits.telling import Told, compose
from certif.programs import Program
from certif.surveys import Survey
from tests.factories import make_program, unit
from tests.portraits.telling import YEAR, Student, fold, make_students, make_survey, tallies

MRCS = ["autray", "joliette", "assomption", "moulins", "matawinie", "montcalm"]
SLUGS = ["d-autray", "joliette", "l-assomption", "les-moulins", "matawinie", "montcalm"]


def resting() -> list[Student]:
    """Give a region where the twelve who work in one MRC all do so at the weekend only."""
    students = [one for one in make_students(4, 400, mrcs=MRCS, flagged=0) if one.place["mrc"] != "autray"]
    workers = [one for one in students if one.answers["works"] == "yes"]
    for one in workers[:12]:
        one.answers |= {"hours_week": "0", "hours_total": one.answers["hours_weekend"]}
    for one in (*workers[:12], *[one for one in students if one.answers["works"] == "no"][:25]):
        one.place["mrc"] = "autray"
    return students


def row_of(told: Told, measure: str) -> Told:
    row = told["figures"][measure]["mrc"]["autray"]
    assert row is not None
    return dict(row)


def test_a_mean_does_not_say_what_everyone_of_a_small_group_answered() -> None:
    row = row_of(compose(count(tallies(resting())), {}, least=10).told, WEEKDAYS.name)
    assert row["replies"]["none"] is None, "all twelve gave it: withheld"
    assert row["mean"] is None, "no hour at all would say it"


def test_a_mean_told_without_looking_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_gives_away", lambda *_any: False)
    made = count(tallies(resting()))
    assert row_of(compose(made, {}, least=10).told, WEEKDAYS.name)["mean"] == 0


def test_means_that_give_nothing_away_are_told() -> None:
    told = compose(count(tallies(make_students(5, 1000, mrcs=MRCS))), {}, least=10).told
    rows = [row for measure in (WEEKDAYS, WEEKEND) for row in told["figures"][measure.name]["mrc"].values() if row]
    assert sum(row["mean"] is not None for row in rows) >= len(rows) - 1


def looks(survey: Survey, program: Program) -> list[Told]:
    """Look at the preview as newcomers of one MRC are counted one by one."""
    students, newcomers, seen = make_students(8, 300, mrcs=SLUGS, flagged=0), make_students(9, 12, mrcs=SLUGS[:1], flagged=0), []
    for many in range(13):
        fold(survey, students + newcomers[:many])
        told = preview(program, YEAR)
        assert told is not None
        seen.append(told)
    return seen


def groups_in(told: Told) -> list[object]:
    """Give all that is told of groups, the whole aside."""
    figures = [row for by_cut in told["figures"].values() for cut, row in by_cut.items() if cut != "all"]
    return [*figures, *[row for cut, row in told["people"].items() if cut != "all"]]


def test_a_team_that_looks_before_and_after_one_answer_learns_nothing_of_its_group(app: object) -> None:
    program = make_program(code="14")
    seen = looks(make_survey(program), program)
    assert all(one["moves"] for one in seen)
    assert all(groups_in(one) == groups_in(seen[0]) for one in seen)
    assert seen[-1]["people"]["all"] != seen[0]["people"]["all"], "the whole is told as it comes"


def test_a_preview_of_groups_that_move_gives_newcomers_away(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "may_still_count", lambda *_any: False)
    program = make_program(code="14")
    seen = looks(make_survey(program), program)
    assert sum(groups_in(one) != groups_in(before) for before, one in itertools.pairwise(seen)) >= 6


def test_once_nobody_can_answer_any_more_the_team_sees_each_group(app: object) -> None:
    program = make_program(code="14")
    survey, students = make_survey(program), make_students(8, 300, mrcs=SLUGS, flagged=0)
    fold(survey, students)
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        told = preview(program, YEAR)
    assert told is not None
    assert not told["moves"]
    assert any(row for row in told["figures"]["works"]["mrc"].values())


def test_while_answers_come_the_groups_are_those_of_the_last_release(app: object) -> None:
    program = make_program(code="14")
    survey, students = make_survey(program), make_students(8, 300, mrcs=SLUGS, flagged=0)
    fold(survey, students)
    with unit():
        released = portraits.release_portrait(program, YEAR, by=SYSTEM).told
    fold(survey, students + make_students(9, 1, mrcs=SLUGS[:1], flagged=0))
    told = preview(program, YEAR)
    assert told is not None
    assert all(told["figures"]["hours"][cut] == released["figures"]["hours"][cut] for cut in ("mrc", "level"))
    assert told["people"]["mrc"]["joliette"][0]
    assert told["people"]["all"] == released["people"]["all"], "one more says nothing"
