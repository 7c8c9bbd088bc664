"""Jobs bring the lines of a confirmed file in, and take back those of one that is undone: some at a time, each line once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, select

from certif.employers import name_key
from certif.imports import entering, hearing, past
from certif.imports.model import Intake, IntakeLine, IntakeStep, Prospect, Step
from certif.imports.queries import counts_of, is_invited, is_registered
from certif.imports.reading import intake_named, take_step
from certif.imports.twins import PROSPECT, REGISTER, known_twins, named_on
from certif.kit import audit, clock, tokens
from certif.kit.access import SYSTEM, Actor, Granted, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import enqueue, job
from certif.kit.languages import _l
from certif.territory import mrcs

audit.declare("intake_written", _l("L’importation de « %(file)s » est terminée : %(count)s lignes ajoutées."), "file", "count")
audit.declare(
    "intake_undone",
    _l("L’importation de « %(file)s » est annulée ; lignes gardées, parce qu’elles ont servi : %(kept)s."),
    "file",
    "kept",
)

BATCH = 250
BATCHES_A_JOB = 20

_KEPT = (
    "name", "neq", "municipality", "postal_code", "sector", "contact_name", "contact_email", "contact_phone", "contact_ground",
    "contact_source", "note", "source",
)  # fmt: skip


@job("write_intake")
def write_intake(intake: str, turn: int = 0) -> None:
    """Bring in the fit lines that are not settled, up to a number of batches; then ask for the rest."""
    for _each in range(BATCHES_A_JOB):
        try:
            with transaction():
                found = intake_named(intake)
                lines = _unsettled(found)
                if not lines:
                    _finish(found)
                    return
                (_write if found.is_prospects else _write_singly)(found, lines)
        except Refusal:
            with transaction():
                _set_aside(lines)
    with transaction():
        enqueue("write_intake", once=f"write_intake {intake} {turn + 1}", intake=intake, turn=turn + 1)


@job("undo_intake")
def undo_intake(intake: str) -> None:
    """Take back what the file brought, where nothing has happened to it since."""
    with transaction():
        found = intake_named(intake)
    past.undo_past(found)
    entering.undo_entries(found)
    while True:
        with transaction():
            found = intake_named(intake)
            gone = db.session.scalars(select(Prospect.id).where(Prospect.intake_id == found.id, is_untouched()).limit(BATCH)).all()
            if gone:
                db.session.execute(delete(Prospect).where(Prospect.id.in_(gone)))
                continue
            if take_step(found, Step.UNDONE, by=SYSTEM):
                audit.record("intake_undone", found, by=SYSTEM, file=found.file_name, kept=counts_of(found).added)
            return


def is_untouched() -> ColumnElement[bool]:
    """Give the condition that nothing has happened to a `Prospect` since it was brought in: not invited, not registered, nor anything
    that another room knows."""
    elsewhere = hearing.is_touched()
    return and_(~is_invited(), ~is_registered(), *([] if elsewhere is None else [~elsewhere]))


def _unsettled(intake: Intake) -> Sequence[IntakeLine]:
    waits = IntakeLine.intake_id == intake.id, IntakeLine.settled_at.is_(None), IntakeLine.is_faulty.is_(False), IntakeLine.twin.is_(None)
    size = BATCH if intake.is_prospects else 1  # each of the others may be refused on its own
    return db.session.scalars(select(IntakeLine).where(*waits).order_by(IntakeLine.number).limit(size)).all()


def _write(intake: Intake, lines: Sequence[IntakeLine]) -> None:
    """Bring these lines in, those aside that came in another way since they were looked at."""
    named = [named_on(intake, line.number, line.values) for line in lines]
    twins = known_twins(intake, named)
    written = set(_write_prospects(intake, [line for line in lines if line.number not in twins]))
    for line in lines:
        line.settled_at = clock.now()
        if line.number not in written:
            line.twin = twins.get(line.number, (PROSPECT, None))[0]


def _write_singly(intake: Intake, lines: Sequence[IntakeLine]) -> None:
    """Enter what these lines tell of: there is one."""
    agreed = intake.step(Step.CONFIRMED)
    assert agreed is not None
    for line in lines:
        line.settled_at = clock.now()
        twins = known_twins(intake, [named_on(intake, line.number, line.values)])
        if line.number in twins:
            line.twin = REGISTER
        else:
            enter = past.write_past if intake.is_past_certified else entering.enter_line
            enter(intake, line, by=_decider(intake, agreed))


def _decider(intake: Intake, agreed: IntakeStep) -> Actor:
    """Give whoever agreed, with the right that they had then."""
    return Actor(ref=agreed.taken_by, name=agreed.taker, grants=(Granted(Role.AGENT, intake.program_id),))


def _set_aside(lines: Sequence[IntakeLine]) -> None:
    """Note that these lines were refused since they were looked at: a number, a NEQ or a level was taken or changed in the meantime."""
    for line in lines:
        row = db.session.get_one(IntakeLine, line.id)
        fault = ["number", "refused"] if "number" in row.values else ["name", "refused_name"]
        row.settled_at, row.is_faulty, row.faults = clock.now(), True, [fault]


def _write_prospects(intake: Intake, lines: Sequence[IntakeLine]) -> list[int]:
    """Give the numbers of the lines that went in."""
    agreed, places = intake.step(Step.CONFIRMED), {one.slug: one.id for one in mrcs()}
    assert agreed is not None
    rows = [
        {
            "ref": tokens.ref(), "program_id": intake.program_id, "intake_id": intake.id, "line_number": line.number,
            "name_key": name_key(line.name), "mrc_id": places.get(line.values.get("mrc", "")),
            "language": line.values.get("language", "fr"),
            "noted_at": clock.now(), "noted_by": agreed.taken_by, **{name: line.values.get(name) for name in _KEPT},
        }
        for line in lines
    ]  # fmt: skip
    return insert_new(Prospect, rows, Prospect.line_number)


def _finish(intake: Intake) -> None:
    if take_step(intake, Step.WRITTEN, by=SYSTEM):
        audit.record("intake_written", intake, by=SYSTEM, file=intake.file_name, count=counts_of(intake).added)
