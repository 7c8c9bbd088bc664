"""What a database holds, and files that a script finds: told apart to the last byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, select, text

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
def unguarded(connection: Connection) -> Iterator[None]:
    """Take away meanwhile what keeps the journal and the documents from being changed, as whoever holds the database could."""
    if connection.dialect.name == "sqlite":
        guards = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for name, _sql in guards:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in guards:
            connection.exec_driver_sql(sql)
    else:
        connection.exec_driver_sql("SET session_replication_role = replica")
        yield
        connection.exec_driver_sql("SET session_replication_role = origin")


def do(found: Ground, *statements: str, unasked: bool = False) -> None:
    """Change the database behind the application's back. Takes: `unasked`, past what guards it."""
    engine = opened(found.database)
    try:
        with engine.begin() as connection, unguarded(connection) if unasked else nullcontext():
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def parts(folder: Path) -> list[str]:
    """Give the names of what is in a folder."""
    return sorted(file.name for file in folder.iterdir())
