"""Forty posts of one vote at the same instant, and forty of one closing: one row each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.app import create_app
from certif.campaigns import Campaign, PhaseKind
from certif.kit import schema
from certif.kit.access import VISITOR
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.selections import PhaseClosing, Vote, close_phase, entries_of, first_broken_selection, send_vote_code
from tests.conftest import load_reference_data, scratch_database, settings_for
from tests.factories import code_in_letter, unit
from tests.selections.choosing import contest, manager_of, named, phase

BASE, MANY = "http://127.0.0.1:8000", 40
VOTE = phase("vote", PhaseKind.VOTE, 90, keeps=1)
CHECK = phase("verification", PhaseKind.CHECK, 5)


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, where every request has its own connection and really commits."""
    with scratch_database(tmp_path) as url:
        schema.upgrade(url)
        app = create_app(settings_for(url, tmp_path))
        app.config["RATELIMIT_ENABLED"] = False
        with app.app_context():
            load_reference_data()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def at_once(act: Callable[[int], int], many: int = MANY) -> list[int]:
    """Do something many times at the same instant; give how each was answered."""
    found, gate = list[int](), threading.Barrier(many)

    def run(number: int) -> None:
        gate.wait()
        found.append(act(number))

    people = [threading.Thread(target=run, args=(number,)) for number in range(many)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return found


def votes_asked(app: Flask, *emails: str) -> list[tuple[str, str]]:
    with app.test_request_context():
        campaign = contest(VOTE)
        named(campaign, 2)
        entry = entries_of(campaign, VOTE)[0].ref
        found = []
        for email in emails:
            with unit():
                token = send_vote_code(campaign, entry, email, language="fr", by=VISITOR)
            found.append((token, code_in_letter(email)))
        db.session.remove()
    return found


def posting(app: Flask, asked: list[tuple[str, str]]) -> Callable[[int], int]:
    """Give what types the code of one of these votes."""

    def post(number: int) -> int:
        token, code = asked[number % len(asked)]
        return app.test_client().post(f"/concours/vote/{token}", data={"code": code}, base_url=BASE).status_code

    return post


def test_forty_posts_of_one_vote_are_one_vote(busy: Flask) -> None:
    told = at_once(posting(busy, votes_asked(busy, "v@exemple.com")))
    assert set(told) <= {303, 409}
    assert 303 in told
    with busy.app_context():
        assert db.session.scalar(select(func.count()).select_from(Vote)) == 1


def test_forty_voters_at_once_make_one_chain(busy: Flask) -> None:
    asked = votes_asked(busy, *(f"v{number}@exemple.com" for number in range(MANY)))
    told = at_once(posting(busy, asked))
    assert set(told) <= {303, 503}, "a database that is busy says so, and counts nothing"
    if 503 in told:
        assert {posting(busy, asked)(number) for number in range(MANY)} == {303}
    with busy.app_context():
        numbers = db.session.scalars(select(Vote.number).order_by(Vote.number)).all()
        assert numbers == list(range(1, MANY + 1))
        assert first_broken_selection() is None


def test_eight_who_close_a_phase_at_once_close_it_once(busy: Flask) -> None:
    with busy.test_request_context():
        campaign = contest(CHECK)
        named(campaign)
        by, mine = manager_of(campaign), campaign.id
        db.session.remove()

    def close(_number: int) -> int:
        with busy.test_request_context():
            try:
                with unit():
                    close_phase(db.session.get_one(Campaign, mine), "verification", "Fait.", by=by)
            except Refusal:
                return 409
            finally:
                db.session.remove()
            return 303

    assert sorted(at_once(close, 8)) == [303] + [409] * 7
    with busy.app_context():
        assert db.session.scalar(select(func.count()).select_from(PhaseClosing)) == 1
        assert first_broken_selection() is None
