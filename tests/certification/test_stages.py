"""Where a certification stands is said twice, by the object and by the conditions of lists: here they are held together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, and_, false, not_, or_, select, true

from certif.certification import Badge, Certification, Decision, Stage, Suspension, at, stage_column, stages
from certif.contributions import Contribution
from certif.kit import clock
from certif.kit.db import db
from certif.programs import ProgramVersion
from tests.certification.every_fact import Facts, Writer, every_combination, stages_in_python

Condition = Callable[[], ColumnElement[bool]]
A_FEW = 7
"""The twins look at one combination in seven: a condition that is wrong is wrong in more than one. (No kind of fact has 7 values.)"""


@pytest.fixture
def written(app: Flask) -> dict[int, Facts]:
    """Every combination, written."""
    return Writer().write(every_combination())


def stages_in_lists() -> dict[int, list[Stage]]:
    """Give the stages at which a list finds each certification, one list a stage."""
    found: dict[int, list[Stage]] = {}
    for stage in Stage:
        for number in db.session.scalars(select(Certification.id).where(Certification.id > 1_000_000, at(stage))):
            found.setdefault(number, []).append(stage)
    return found


def stages_as_a_column() -> dict[int, str]:
    """Give the stage of each certification as the lists of staff read it."""
    rows = db.session.execute(select(Certification.id, stage_column()).where(Certification.id > 1_000_000))
    return {number: str(name) for number, name in rows}


def disagreements(written: dict[int, Facts]) -> Iterator[str]:
    """Give each certification of which two ways of asking say two things."""
    lists, column = stages_in_lists(), stages_as_a_column()
    for number, facts in written.items():
        if lists.get(number) != [facts.stage] or column[number] != facts.stage.value:
            yield f"{facts}: {lists.get(number)} in lists, {column[number]} as a column"


def test_the_object_the_lists_and_the_column_agree_on_every_combination_of_facts(written: dict[int, Facts]) -> None:
    assert len(written) == 4 * 4 * 5 * 3 * 4 * 2 + 4 * 8 * 5 * 3 + 4 * 4 * 2 * 3 + 2 * 2 * 3 * 5 * 4 * 2
    objects = stages_in_python()
    assert [facts for number, facts in written.items() if objects[number] is not facts.stage] == []
    assert list(disagreements(written)) == []
    assert set(Counter(facts.stage for facts in written.values())) == set(Stage), "each stage is reached"


def test_the_days_that_pass_change_the_object_and_the_lists_alike(app: Flask) -> None:
    Writer().write([one for one in every_combination() if one.signature == "signed" and one.contribution in {"none", "paid"}])
    seen = set()
    for days in (0, 1, 59, 60, 300, 361):
        with clock.frozen(clock.now() + dt.timedelta(days=days)):
            lists, objects = stages_in_lists(), stages_in_python()
            assert lists == {number: [stage] for number, stage in objects.items()}, f"in {days} days"
            seen.add(sum(stage is Stage.EXPIRED for stage in objects.values()))
    assert len(seen) == 5, "badges run out one after the other"


def _badge(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return stages._there_is(Badge.certification_id == stages._mine, *conditions)


def _decision(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return stages._there_is(Decision.certification_id == stages._mine, *conditions)


def _contribution(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return stages._there_is(Contribution.id == Certification.contribution_id, *conditions)


BROKEN: dict[str, tuple[Stage, Condition]] = {
    **{f"{stage.value} forgotten": (stage, false) for stage in stages._FACTS if stage is not Stage.AWAITING_VALIDATION},
    "a day of grace too few": (Stage.EXPIRED, lambda: and_(_badge(), not_(_badge(Badge.expires_on > clock.today())))),
    "no grace at all": (Stage.EXPIRED, lambda: and_(_badge(), not_(_badge(Badge.valid_until >= clock.today())))),
    "one badge of two expired": (Stage.EXPIRED, lambda: _badge(Badge.expires_on < clock.today())),
    "a suspension never lifted": (Stage.SUSPENDED, lambda: stages._there_is(Suspension.certification_id == stages._mine)),
    "suspended without a badge": (Stage.CERTIFIED, lambda: or_(_badge(), stages._there_is(Suspension.certification_id == stages._mine))),
    "a contract where nothing is signed": (
        Stage.AWAITING_CONTRACT,
        lambda: not_(stages._there_is(ProgramVersion.id == Certification.version_id, ProgramVersion.requires_signature.is_(False))),
    ),
    "a contribution where none is asked": (Stage.AWAITING_CONTRIBUTION, lambda: not_(_contribution(Contribution.is_settled))),
    "nothing due where nothing was given": (Stage.AWAITING_CONTRIBUTION, lambda: _contribution(not_(Contribution.payments.any()))),
    "an answer that is not heard": (Stage.SENT_BACK, _decision),
    "an old answer for the newest": (Stage.SENT_BACK, lambda: _decision(not_(Decision.resubmission.has()), Decision.number == 1)),
    "validation taken for granted": (Stage.AWAITING_VALIDATION, lambda: not_(_contribution(true()))),
}


def test_the_twin_each_condition_that_is_broken_is_seen(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Writer().write(every_combination()[::A_FEW])
    assert list(disagreements(written)) == []
    for name, (stage, condition) in BROKEN.items():
        monkeypatch.setitem(stages._FACTS, stage, condition)
        assert any(disagreements(written)), name
        monkeypatch.undo()


def test_the_twin_an_order_that_is_broken_is_seen(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Writer().write(every_combination()[::A_FEW])
    order = list(stages._FACTS.items())
    for place in range(len(order) - 2):
        swapped = [*order[:place], order[place + 1], order[place], *order[place + 2 :]]
        monkeypatch.setattr(stages, "_FACTS", dict(swapped))
        assert any(disagreements(written)), f"{order[place + 1][0]} before {order[place][0]}"
        monkeypatch.undo()
