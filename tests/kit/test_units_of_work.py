"""What was confirmed is on disk; what was refused leaves nothing; a page that is only read cannot write."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from certif.kit import evidence, tokens
from certif.kit.db import db, engine_options, prepare_engine, sqlite_is_fixed, transaction
from certif.kit.errors import Refusal
from tests.conftest import SERVER


def test_a_unit_of_work_that_fails_leaves_nothing(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction():
        digest = evidence.keep(b"never", "text/plain")
        raise RuntimeError
    assert not evidence.is_kept(digest)


def test_nothing_writes_outside_a_unit_of_work(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="Only a unit of work may write"):
        evidence.keep(b"never", "text/plain")
    db.session.rollback()


def test_the_engine_itself_refuses_a_write_while_only_reading(house: Flask) -> None:
    with house.app_context():
        with pytest.raises(DBAPIError), db.engine.connect() as connection:
            connection.execute(text("DELETE FROM job"))
        db.engine.dispose()


def test_a_unit_of_work_is_not_opened_over_unsaved_changes(app: Flask) -> None:
    with transaction():
        db.session.add(evidence.Evidence(digest="0" * 64, media_type="text/plain", content=b"", kept_at=None))
        with pytest.raises(RuntimeError, match="already under way"), transaction():
            pass
        db.session.rollback()


def test_attempts_are_counted_even_when_the_rest_is_refused(app: Flask) -> None:
    import datetime as dt

    hour = dt.timedelta(hours=1)
    for _each in range(3):
        with pytest.raises(RuntimeError), transaction():
            tokens.count_attempt("a code", limit=3, within=hour)
            raise RuntimeError
    with pytest.raises(Refusal), transaction():
        tokens.count_attempt("a code", limit=3, within=hour)


def test_kept_bytes_cannot_be_changed_nor_removed(app: Flask) -> None:
    with transaction():
        digest = evidence.keep(b"for ever", "text/plain")
    for statement in ("UPDATE evidence SET media_type = 'x'", "DELETE FROM evidence"):
        with pytest.raises(DBAPIError, match="append-only"), transaction():
            db.session.execute(text(statement))
    assert evidence.fetch(digest).content == b"for ever"


@pytest.mark.skipif(SERVER is not None, reason="settings of SQLite")
def test_sqlite_is_the_fixed_one_and_writes_to_disk_before_it_answers(house: Flask) -> None:
    assert sqlite_is_fixed()
    with house.app_context(), db.engine.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_an_older_sqlite_falls_back_to_a_safe_journal(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import create_engine

    from certif.kit import db as database

    monkeypatch.setattr(database, "FIXED_SQLITE", (99, 0, 0))
    engine = create_engine(f"sqlite:///{tmp_path}/old.sqlite3", **engine_options("sqlite://"))
    prepare_engine(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "truncate"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3
    engine.dispose()
