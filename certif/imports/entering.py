"""What a line of a file of another room brings, entered on its own, and taken back on its own where nothing has happened since."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.imports.kinds import kind_of
from certif.imports.model import Intake, IntakeEntry, IntakeLine
from certif.kit.access import Actor
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal

BATCH = 200


def enter_line(intake: Intake, line: IntakeLine, *, by: Actor) -> None:
    """Enter what a line tells of, and tie it to the file. Refuses: what the act of its room refuses."""
    kind = kind_of(intake.kind)
    assert kind is not None, "its room was there when the file was sent"
    entered = kind.enter(intake.program, intake.file_name, line.values, by)
    db.session.add(IntakeEntry(intake_id=intake.id, line_number=line.number, entered=entered))
    db.session.flush()


def undo_entries(intake: Intake) -> None:
    """Take back what the lines entered, each on its own, where nothing has happened since; the rest stays, and it shows."""
    kind, after = kind_of(intake.kind), 0
    while kind is not None:
        with transaction():
            mine = select(IntakeEntry.id).where(IntakeEntry.intake_id == intake.id, IntakeEntry.id > after).order_by(IntakeEntry.id)
            rows = db.session.scalars(mine.limit(BATCH)).all()
        if not rows:
            return
        for row in rows:
            with suppress(Refusal, IntegrityError), transaction():
                entry = db.session.get_one(IntakeEntry, row)
                kind.take_back(entry.entered)
                db.session.delete(entry)
        after = rows[-1]
