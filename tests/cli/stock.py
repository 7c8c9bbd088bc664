"""What a database holds, and files that a script finds: told apart to the last byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.engine import make_url

from certif.kit.db import Base, engine_options, prepare_engine
from tests.faults.nursery import Ground


def opened(address: str) -> Engine:
    """Give an engine on a database, with the library of the house: two of them in one process would undo each other's locks."""
    return create_engine(address, **engine_options(address))


def holdings(address: str) -> dict[str, str]:
    """Give the digest of every row of each table, in the same words on both engines."""
    engine = opened(address)
    prepare_engine(engine)
    found = {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(select(table).order_by(*table.primary_key.columns))
            found[table.name] = hashlib.sha256("\n".join(repr(tuple(row)) for row in rows).encode()).hexdigest()
    engine.dispose()
    return found


def keys_of(found: Ground) -> dict[str, bytes]:
    """Give the files of keys."""
    return {file.name: file.read_bytes() for file in sorted((found.folder / "keys").iterdir())}


@contextmanager
def unguarded(found: Ground) -> Iterator[None]:
    """Take away what keeps the journal and the documents from being changed, as whoever holds the database could."""
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    engine = opened(found.database)
    if make_url(found.database).get_backend_name() == "sqlite":
        with engine.begin() as connection:
            guards = connection.execute(text(statement)).all()
            for name, _sql in guards:
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        yield
        with engine.begin() as connection:
            for _name, sql in guards:
                connection.exec_driver_sql(sql)
    else:
        with engine.begin() as connection:
            for table in Base.metadata.tables:
                connection.execute(text(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL'))
        yield
        with engine.begin() as connection:
            for table in Base.metadata.tables:
                connection.execute(text(f'ALTER TABLE "{table}" ENABLE TRIGGER ALL'))
    engine.dispose()


def do(found: Ground, *statements: str) -> None:
    """Change the database behind the application's back."""
    engine = opened(found.database)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def parts(folder: Path) -> list[str]:
    """Give the names of what is in a folder."""
    return sorted(file.name for file in folder.iterdir())
