"""Two people who reserve at the same instant never keep the same door; without the defences they are seen to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import Index, select, text

from certif.app import create_app
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db, writing
from certif.programs import Program
from certif.visits import Pursuit, ReservationTerms, ReservedProspect, reservation_actions, reserve
from certif.visits.pursuing import follow_all
from tests.conftest import scratch_database, settings_for
from tests.databases import FILLED
from tests.factories import make_program, make_staff, unit
from tests.galas.test_at_once import at_once
from tests.imports.files import row
from tests.visits.chasing import make_list

ROUNDS = 4


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own, where every unit of work really commits."""
    folder = tmp_path_factory.mktemp("busy")
    with scratch_database(folder, FILLED) as url:
        app = create_app(settings_for(url, folder))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def test_two_people_never_keep_the_same_door(busy: Flask) -> None:
    acts = at_their_desks()
    for _round in range(ROUNDS):
        told = at_once(busy, *acts)
        assert set(told) <= {"done", "refused"}
        assert most_held() == 1
        give_back()


def test_without_the_index_nor_the_lock_they_are_seen_to(busy: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = at_their_desks()
    held: Index = next(one for one in ReservedProspect.__table__.indexes if one.name == "uq_reserved_prospect_held")
    run(f"DROP INDEX {held.name}")
    everyone = [one.prospect_id for one in db.session.scalars(select(Pursuit))]
    monkeypatch.setattr(reservation_actions, "_free", lambda *_asked: everyone)
    try:
        assert set(at_once(busy, *acts)) == {"done"}
        assert most_held() > 1
    finally:
        give_back()
        run(f"CREATE UNIQUE INDEX {held.name} ON reserved_prospect (prospect_id) WHERE released_at IS NULL")


def at_their_desks() -> list[Callable[[], object]]:
    """Give two people who reserve ten doors among twelve."""
    program = make_program(code="14")
    people = [make_staff(Role.AGENT, program).actor for _each in range(2)]
    make_list(program, people[0], *(row(f"Porte {number}") for number in range(12)))
    terms = ReservationTerms(10, clock.today() + dt.timedelta(days=2))
    program_id = program.id
    db.session.rollback()

    def reserving(by: Actor) -> Callable[[], object]:
        return lambda: reserve(db.session.get_one(Program, program_id), terms, by=by)

    return [reserving(by) for by in people]


def most_held() -> int:
    """Give how many people hold the door that most hold."""
    db.session.rollback()
    held = list(db.session.scalars(select(ReservedProspect.prospect_id).where(ReservedProspect.released_at.is_(None))))
    assert held
    return max(held.count(one) for one in held)


def give_back() -> None:
    """Let nobody hold any door."""
    with unit():
        for one in db.session.scalars(select(ReservedProspect).where(ReservedProspect.released_at.is_(None))):
            one.release, one.released_at, one.released_by = "given_back", clock.now(), "x"
        follow_all(list(db.session.scalars(select(Pursuit.prospect_id))))


def run(statement: str) -> None:
    """Change the database itself."""
    db.session.remove()
    with writing(), db.engine.begin() as connection:
        connection.execute(text(statement))
