"""How far a room has read the journal: what it makes of it follows the acts, and no act knows of it.

The mark moves in the transaction that writes what follows from the entries: a kill leaves both behind, and the next run catches up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Mapped, mapped_column

from certif.kit.audit import JournalEntry
from certif.kit.db import Model, db, lock
from certif.kit.inserting import insert_into

AT_ONCE = 500


class FoldMark(Model):
    """How far the journal has been read: one row for each reader."""

    __tablename__ = "fold_mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[int]


def hold_mark(name: str, *, first: int = 0) -> FoldMark:
    """Give the mark of a reader, and hold it until the unit of work ends. Takes: `first`, the entry that a new reader starts after."""
    db.session.execute(insert_into(FoldMark).values(name=name, entry_id=first).on_conflict_do_nothing())
    return lock(db.session.get_one(FoldMark, name))


def entries_after(mark: FoldMark) -> Sequence[Row[Any]]:
    """Give the next entries, at most `AT_ONCE`: `id`, `event`, `subject`, `at`."""
    columns = JournalEntry.id, JournalEntry.event, JournalEntry.subject, JournalEntry.at
    following = select(*columns).where(JournalEntry.id > mark.entry_id).order_by(JournalEntry.id)
    return db.session.execute(following.limit(AT_ONCE)).all()


def last_entry() -> int:
    """Give the number of the newest entry; 0 where there is none."""
    return db.session.scalar(select(func.max(JournalEntry.id))) or 0
