"""Whoever decides on a contribution holds it first, and its program after: two people at once wait for one another, and nobody for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from certif import contributions
from certif.app import create_app
from certif.contributions import Contribution, actions
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock, transaction
from tests.contributions.conftest import ask
from tests.databases import FILLED, SERVER, scratch_database, settings_for
from tests.factories import make_program, make_staff


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database where every unit of work really commits."""
    folder = tmp_path_factory.mktemp("locks")
    with scratch_database(folder, FILLED) as url:
        app = create_app(settings_for(url, folder))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def waive_meanwhile(app: Flask, contribution_id: int, by: Actor, told: list[str]) -> threading.Thread:
    """Waive a contribution in a thread of its own, and wait until it waits for a row that somebody holds."""

    def waive() -> None:
        with app.app_context():
            try:
                with transaction():
                    contributions.waive_contribution(db.session.get_one(Contribution, contribution_id), "Motif", by=by)
                told.append("waived")
            finally:
                db.session.remove()

    thread = threading.Thread(target=waive)
    thread.start()
    waits = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    for _try in range(200):
        with db.engine.connect() as beside:
            if beside.scalar(waits):
                return thread
        time.sleep(0.02)
    raise AssertionError("it never waited")


def program_is_free(beside_program_id: int) -> bool:
    """Whether another unit of work could hold the program at once."""
    with db.engine.connect() as beside, beside.begin():
        wanted = text("SELECT id FROM program WHERE id = :id FOR NO KEY UPDATE SKIP LOCKED")
        beside.exec_driver_sql("SET TRANSACTION READ WRITE")
        return beside.scalar(wanted, {"id": beside_program_id}) is not None


@pytest.mark.skipif(not SERVER, reason="SQLite holds the whole database at once: there is no order")
@pytest.mark.parametrize("is_upside_down", [False, True], ids=["in order", "the twin, upside down"])
def test_a_waiver_that_waits_for_the_contribution_holds_no_program(
    busy: Flask, monkeypatch: pytest.MonkeyPatch, is_upside_down: bool
) -> None:
    program = make_program()
    dues, by, told = ask(program), make_staff(Role.MANAGER, program).actor, []
    if is_upside_down:
        monkeypatch.setattr(actions, "lock", lambda row: lock(row.program) and lock(row) if isinstance(row, Contribution) else lock(row))
    with transaction():
        lock(dues)
        thread = waive_meanwhile(busy, dues.id, by, told)
        assert program_is_free(program.id) is not is_upside_down
    thread.join(timeout=30)
    assert told == ["waived"]
