"""Count the statements that a page sends to the database, and read how it means to answer them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text

from certif.kit.db import db

_NOT_QUESTIONS = ("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ", "COMMIT")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Give the list of what is asked of the database meanwhile, opening and closing of transactions aside."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(_NOT_QUESTIONS):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def scanned_tables(statement: Any) -> list[str]:
    """Give the tables that SQLite would read from end to end to answer; nothing on another engine."""
    if db.engine.dialect.name != "sqlite":
        return []
    compiled = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {str(compiled).replace(':', chr(92) + ':')}")).all()
    return [row[-1] for row in plan if row[-1].startswith("SCAN")]
