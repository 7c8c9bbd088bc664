"""Two people take the last seat, or lift the embargo, at the same instant: one does, and the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.app import create_app
from certif.galas import EmbargoLift, Gala, GalaTable, Guest, TableSeat, lift_embargo, table_actions
from certif.galas.table_actions import seat_guest
from certif.kit import schema
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from tests.conftest import load_reference_data, scratch_database, settings_for
from tests.factories import make_program
from tests.galas.making import BOSS, make_gala, make_guest, make_table

ROUNDS = 6


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own, where every unit of work really commits."""
    folder = tmp_path_factory.mktemp("busy")
    with scratch_database(folder) as url:
        schema.upgrade(url)
        app = create_app(settings_for(url, folder))
        with app.app_context():
            load_reference_data()
            yield app
            db.session.remove()
            db.engine.dispose()


def at_once(app: Flask, *acts: Callable[[], object]) -> list[str]:
    """Let each act take place at the same instant; give what came of each."""
    barrier, told = threading.Barrier(len(acts)), ["never ended"] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    act()
                told[number] = "done"
            except Refusal:
                told[number] = "refused"
            except IntegrityError:
                told[number] = "conflict"
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(told)


def seating(guest: str, table: str) -> Callable[[], object]:
    """Give the act that seats a guest, each known by name: a thread reads its own rows."""

    def act() -> object:
        found = db.session.scalars(select(Guest).where(Guest.ref == guest)).one()
        return seat_guest(found, db.session.scalars(select(GalaTable).where(GalaTable.ref == table)).one(), by=BOSS)

    return act


def test_two_people_place_the_last_seat(busy: Flask) -> None:
    gala = make_gala(make_program())
    for number in range(ROUNDS):
        table = make_table(gala, f"T{number}", seats=1)
        one, other = (make_guest(gala, name, seats=1) for name in ("Une", "Autre"))
        db.session.rollback()
        assert at_once(busy, seating(one.ref, table.ref), seating(other.ref, table.ref)) == ["done", "refused"]
        assert len(db.session.scalars(select(TableSeat).where(TableSeat.table_id == table.id)).all()) == 1


def test_without_the_lock_the_seat_itself_has_the_last_word(busy: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_actions, "lock", lambda row: row)
    monkeypatch.setattr(table_actions, "lock_standing", lambda row: row)
    gala = make_gala(make_program())
    for number in range(ROUNDS):
        table = make_table(gala, f"T{number}", seats=1)
        one, other = (make_guest(gala, name, seats=1) for name in ("Une", "Autre"))
        db.session.rollback()
        told = at_once(busy, seating(one.ref, table.ref), seating(other.ref, table.ref))
        assert told in (["done", "refused"], ["conflict", "done"])
        assert len(db.session.scalars(select(TableSeat).where(TableSeat.table_id == table.id)).all()) == 1


def test_two_people_lift_the_embargo(busy: Flask) -> None:
    ref = make_gala(make_program()).ref
    db.session.rollback()

    def lift() -> object:
        return lift_embargo(db.session.scalars(select(Gala).where(Gala.ref == ref)).one(), by=BOSS)

    assert at_once(busy, lift, lift) == ["done", "refused"]
    db.session.rollback()
    lifts = select(EmbargoLift).join(Gala, Gala.id == EmbargoLift.gala_id).where(Gala.ref == ref)
    assert len(db.session.scalars(lifts).all()) == 1
