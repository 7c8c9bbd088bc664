"""Every row of one database, put into another of the same shape, whichever their engines."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Integer, Table, func, insert, select, text

from certif.kit import db

_BATCH = 500


def carry_over(source: Engine, target: Engine) -> None:
    """Put every row of `source` in place of those of `target`: all read at one instant, all written in one transaction.

    Takes: two databases in the newest shape.
    """
    tables = db.Base.metadata.sorted_tables  # parents first
    with source.connect() as reading, db.writing(), target.begin() as writing:
        if source.dialect.name == "postgresql":
            reading.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        if writing.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in tables)
            writing.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        for table in tables:
            _carry(reading, writing, table)
        if writing.dialect.name == "postgresql":
            _advance_sequences(writing, tables)


def _carry(reading: Connection, writing: Connection, table: Table) -> None:
    rows = reading.execution_options(stream_results=True, yield_per=_BATCH).execute(select(table)).mappings()
    for batch in rows.partitions(_BATCH):
        writing.execute(insert(table), [dict(row) for row in batch])


def _advance_sequences(writing: Connection, tables: list[Table]) -> None:
    for table in tables:
        if "id" in table.c and isinstance(table.c.id.type, Integer):
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
            next_id = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            writing.execute(select(func.setval(sequence, next_id, False)))
