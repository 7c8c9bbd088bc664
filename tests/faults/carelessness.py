"""The house with one of its defences off: what the tests of faults must be able to see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Response
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from certif.kit import audit
from certif.kit import db as database
from certif.kit.db import _may_write, db


def answer_first(app: Flask) -> None:
    """Answer, and only then commit."""
    rail = app.after_request_funcs[None]
    [finish] = [step for step in rail if step.__module__ == "certif.kit.db"]

    def answer(response: Response) -> Response:
        if not _may_write.get() or response.status_code >= 400:
            return finish(response)  # type: ignore[return-value]
        session = db.session()
        db.session.registry.clear()

        def commit() -> None:
            token = _may_write.set(True)
            try:
                session.commit()
            finally:
                session.close()
                _may_write.reset(token)

        response.call_on_close(commit)
        _may_write.set(False)
        return response

    rail[rail.index(finish)] = answer


def journal_apart(_app: Flask) -> None:
    """Write the journal in a transaction of its own, once the act is committed."""
    maker = db.session.session_factory
    event.remove(maker, "before_commit", audit._join_the_chain)

    def write(session: Session) -> None:
        entries = session.info.pop("journal", [])
        if not entries:
            return
        apart = Session(db.engine, info={"journal": entries})
        audit._join_the_chain(apart)
        apart.commit()
        apart.close()

    event.listen(maker, "after_commit", write)


def not_synced(_app: Flask) -> None:
    """Let SQLite leave to the machine when to write to disk."""
    event.listen(db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=NORMAL"))


@contextmanager
def beginning_late(engine: Engine) -> Iterator[None]:
    """Let SQLite begin without asking yet for the right to write, nor waiting for a turn; other engines are as they are."""
    if engine.dialect.name != "sqlite":
        yield
        return
    [careful] = [one for one in engine.dispatch.begin if getattr(one, "func", None) is database._begin_sqlite]
    event.remove(engine, "begin", careful)
    event.listen(engine, "begin", _begin_late)
    try:
        yield
    finally:
        event.remove(engine, "begin", _begin_late)
        event.listen(engine, "begin", careful)


def _begin_late(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA query_only=0")
    connection.exec_driver_sql("BEGIN")
