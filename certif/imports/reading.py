"""A job looks at every line of a file, some at a time; stopped, it goes on where it was. Nothing reaches the register."""

from __future__ import annotations

from itertools import islice
from typing import Any

from sqlalchemy import delete, func, select

from certif.certification import Badge
from certif.imports import layouts
from certif.imports.columns import Bounds, Column, bounds_of
from certif.imports.kinds import kind_of
from certif.imports.model import Intake, IntakeFile, IntakeLine, IntakeStep, Step
from certif.imports.sheets import Row, rows_of
from certif.imports.twins import named_on, twins_of
from certif.kit import clock
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, transaction
from certif.kit.inserting import insert_new
from certif.kit.jobs import enqueue, job

BATCH = 500
BATCHES_A_JOB = 12


@job("read_intake")
def read_intake(intake: str, after: int = 0) -> None:
    """Look at the lines that have not been looked at, up to a number of batches; then ask for the rest."""
    with transaction():
        found = intake_named(intake)
        content = db.session.scalar(select(IntakeFile.content).where(IntakeFile.intake_id == found.id))
        added = kind_of(found.kind)
        bounds = bounds_of(found.program, added.words(found.program) if added is not None else None)
        done = db.session.scalar(select(func.max(IntakeLine.number)).where(IntakeLine.intake_id == found.id)) or 0
    if content is None:
        return  # another worker has finished it
    sheet = rows_of(content)
    known = layouts.mapped(sheet.headings, found.kind)
    rows = iter([row for row in sheet.rows if row[0] > done])
    for _each in range(BATCHES_A_JOB):
        batch = list(islice(rows, BATCH))
        if batch:
            with transaction():
                _read(found, batch, known, bounds)
    with transaction():
        left = next(rows, None)
        if left is not None:
            enqueue("read_intake", once=f"read_intake {intake} {left[0]}", intake=intake, after=left[0] - 1)
            return
        take_step(found, Step.READ, by=SYSTEM)
        db.session.execute(delete(IntakeFile).where(IntakeFile.intake_id == found.id))


def intake_named(ref: str) -> Intake:
    """Give the intake of this public name, for a job."""
    return db.session.scalars(select(Intake).where(Intake.ref == ref)).one()


def take_step(intake: Intake, kind: Step, *, by: Actor) -> bool:
    """Note that a step was taken; give whether it had not been before."""
    values = {"intake_id": intake.id, "kind": kind, "taken_at": clock.now(), "taken_by": by.ref, "taker": by.name}
    done = insert_new(IntakeStep, [values], IntakeStep.id)
    db.session.expire(intake, ["steps"])
    return bool(done)


def _read(intake: Intake, batch: list[Row], known: dict[int, Column], bounds: Bounds) -> None:
    read = {number: layouts.understood(cells, known, bounds, intake.kind) for number, cells in batch}
    if intake.is_past_certified:
        _note_taken_numbers([(values, faults) for values, faults in read.values() if values.get("number")])
    fit = [named_on(intake, number, values) for number, (values, faults) in read.items() if not faults]
    twins = twins_of(intake, fit) if fit else {}
    keys = {one.number: one for one in fit}
    lines = []
    for number, cells in batch:
        values, faults = read[number]
        named, (twin, twin_line) = keys.get(number), twins.get(number, (None, None))
        lines.append({
            "intake_id": intake.id, "number": number, "name": values.get("name", ""), "neq": named.neq if named else None,
            "place_key": named.place_key if named else None, "values": {} if faults else values, "cells": cells if faults else [],
            "faults": faults, "is_faulty": bool(faults), "twin": twin, "twin_line": twin_line, "settled_at": None,
        })  # fmt: skip
    insert_new(IntakeLine, lines, IntakeLine.id)


def _note_taken_numbers(read: list[tuple[dict[str, Any], list[list[str]]]]) -> None:
    """Note which lines give a number that a badge has, or an earlier line of the batch."""
    numbers = {values["number"] for values, _faults in read}
    taken = set(db.session.scalars(select(Badge.number).where(Badge.number.in_(numbers))))
    for values, faults in read:
        if values["number"] in taken:
            faults.append(["number", "number_taken"])
        taken.add(values["number"])
