"""Inserting what may be there already: the database has the last word, and nothing is lost to whoever comes second."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.compiler import Compiled
from sqlalchemy.sql.dml import ReturningInsert

from certif.kit.db import Model, db


def insert_new(model: type[Model], rows: list[dict[str, Any]], told: Any) -> list[Any]:
    """Insert the rows that no unique constraint refuses; give `told`, a column, of those that went in."""
    if not rows:
        return []
    db.session.flush()  # what they point at goes in first
    connection = db.session.connection()
    if len(rows) > 1:
        return list(connection.scalars(_insert_new(model, told.key, connection.dialect), rows))
    compiled = _insert_one(model, told.key, tuple(rows[0]), connection.dialect)
    return list(connection.execute(compiled, rows[0]).scalars())  # type: ignore[call-overload]


def insert_into(model: type[Model], dialect: Dialect | None = None) -> Any:
    """Give an insert that may say what becomes of a conflict: `on_conflict_do_nothing`, `on_conflict_do_update`, the same on both engines.

    Takes: `dialect`, that of the unit of work by default.
    """
    name = (dialect or db.session.get_bind().dialect).name
    return (postgresql if name == "postgresql" else sqlite).insert(model.__table__)


def _insert_new(model: type[Model], told: str, dialect: Dialect) -> ReturningInsert[Any]:
    found: ReturningInsert[Any] = insert_into(model, dialect).on_conflict_do_nothing().returning(model.__table__.c[told])
    return found


@lru_cache(maxsize=100)
def _insert_one(model: type[Model], told: str, names: tuple[str, ...], dialect: Dialect) -> Compiled:
    """Compile the statement once: SQLAlchemy keeps none that minds conflicts, and a whole school goes through this one within a minute."""
    return _insert_new(model, told, dialect).compile(dialect=dialect, column_keys=list(names))
