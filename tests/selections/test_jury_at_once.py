"""Jurors at the same instant, on a database where every request really commits: one chain, no version lost, no seat twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from certif.app import create_app
from certif.kit import schema
from certif.kit.db import db
from certif.selections import Ballot, JurySeat, broken_ballots, jury_actions
from tests.conftest import load_reference_data, scratch_database, settings_for
from tests.faults.carelessness import beginning_late
from tests.faults.crowds import filled, press_at_once
from tests.selections.juries import Case, make_jury

MANY = 8


@pytest.fixture
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own."""
    folder = tmp_path_factory.mktemp("jury")
    with scratch_database(folder) as url:
        schema.upgrade(url)
        app = create_app(settings_for(url, folder))
        with app.app_context():
            load_reference_data()
            yield app
            db.session.remove()
            db.engine.dispose()


def scored_at_once(app: Flask, case: Case, juror: int | None = None) -> Counter[int]:
    """Let each juror score its first entry at the same instant, or one of them from as many tabs; count the answers."""
    people = case.people if juror is None else [case.people[juror]] * MANY
    path = f"{case.path}/{case.entries[0].ref}"
    presses = [filled(who, path, "Garder et continuer", score_0=str(place % 6), score_1="1") for place, who in enumerate(people)]
    return Counter(answer.status for answer in press_at_once(app, *presses))


def positions() -> list[int]:
    """Give the places of the chain that are taken."""
    db.session.remove()
    return list(db.session.scalars(select(Ballot.position).order_by(Ballot.position)))


def test_all_jurors_at_once_make_one_chain(busy: Flask) -> None:
    assert scored_at_once(busy, make_jury(MANY, 1)) == {303: MANY}
    assert positions() == list(range(1, MANY + 1))
    assert broken_ballots() is None


def test_of_many_tabs_of_one_juror_one_is_kept_and_the_others_are_told(busy: Flask) -> None:
    assert scored_at_once(busy, make_jury(1, 1), juror=0) == {303: 1, 409: MANY - 1}
    assert positions() == [1]
    assert broken_ballots() is None


def test_someone_invited_many_times_at_once_sits_once(busy: Flask) -> None:
    case = make_jury(0, 1)
    presses = [filled(case.manager, f"{case.desk}/sieges", name="Ana", email="ana@exemple.com") for _each in range(MANY)]
    assert Counter(answer.status for answer in press_at_once(busy, *presses)) == {303: 1, 409: MANY - 1}
    db.session.remove()
    assert len(db.session.scalars(select(JurySeat)).all()) == 1


def test_the_twin_without_the_lock_it_is_seen_to_go_wrong(busy: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unique place in the chain still has the last word: nothing false is kept, but honest jurors are turned away."""
    case = make_jury(MANY, 1)
    monkeypatch.setattr(jury_actions, "lock", lambda row: row)
    with beginning_late(db.engine):
        answers = scored_at_once(busy, case)
    assert answers != {303: MANY}
    assert len(positions()) == answers[303]
    assert broken_ballots() is None
