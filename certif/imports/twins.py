"""The same organisation twice: in the register, among the prospects of the program, or further up in the same file.

The same NEQ, or the same name (case, accents, signs aside) at the same postal code. A few statements for a whole batch of lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, tuple_

from certif.employers import Employer, Establishment, name_key
from certif.imports.kinds import kind_of
from certif.imports.model import Intake, IntakeLine, Prospect
from certif.kit.db import db

REGISTER, PROSPECT, FILE = "register", "prospect", "file"


@dataclass(frozen=True)
class Named:
    """What an organisation is recognised by. `number`: its line."""

    number: int
    name: str
    neq: str | None
    postal_code: str | None
    key: str | None = None
    """By what it is recognised, where its kind of file says so."""

    @property
    def place(self) -> tuple[str, str] | None:
        """Its name as it is compared and its postal code; None without one."""
        return (name_key(self.name), self.postal_code) if self.postal_code else None

    @property
    def place_key(self) -> str | None:
        """The same, as one text; or its own key."""
        return self.key or (" · ".join(self.place) if self.place else None)


def named_on(intake: Intake, number: int, values: Mapping[str, Any]) -> Named:
    """Give by what the organisation of a line is recognised in this kind of file."""
    added = kind_of(intake.kind)
    if added is not None:
        return Named(number, values["name"], None, None, added.key(values))
    return Named(number, values["name"], values.get("neq"), values.get("postal_code"))


def twins_of(intake: Intake, lines: Sequence[Named]) -> dict[int, tuple[str, int | None]]:
    """Give, by its line, where each organisation already is: in the register, among the prospects, or on an earlier line (which one)."""
    found = known_twins(intake, lines)
    earlier = _earlier_lines(intake, lines)
    for line in lines:
        keys = [key for key in (line.neq, line.place_key) if key]
        first = min((earlier[key] for key in keys if key in earlier), default=line.number)
        if first < line.number and line.number not in found:
            found[line.number] = (FILE, first)
        for key in keys:
            earlier.setdefault(key, line.number)
    return found


def known_twins(intake: Intake, lines: Sequence[Named]) -> dict[int, tuple[str, int | None]]:
    """Give, by its line, which organisations are in the register or among the prospects, as things are now."""
    added = kind_of(intake.kind)
    if added is not None:
        there = added.known(intake.program, {line.key for line in lines if line.key})
        return {line.number: (REGISTER, None) for line in lines if line.key in there}
    neqs = {line.neq for line in lines if line.neq}
    places = {line.place for line in lines if line.place}
    found: dict[int, tuple[str, int | None]] = {}
    known = [(REGISTER, _register(neqs, places))]
    if not intake.is_past_certified:  # a prospect that was certified before is not known twice: it becomes registered
        known.insert(0, (PROSPECT, _prospects(intake.program_id, neqs, places)))
    for where, (taken_neqs, taken_places) in known:
        for line in lines:
            if line.neq in taken_neqs or line.place in taken_places:
                found[line.number] = (where, None)
    return found


def _register(neqs: set[str], places: set[tuple[str, str]]) -> tuple[set[str | None], set[tuple[str, str] | None]]:
    taken = set(db.session.scalars(select(Employer.neq).where(Employer.neq.in_(neqs)))) if neqs else set()
    pairs = (
        select(Employer.name_key, Establishment.postal_code)
        .join(Establishment, Establishment.employer_id == Employer.id)
        .where(Employer.name_key.in_({name for name, _code in places}), Establishment.closed_at.is_(None))
    )
    rows = db.session.execute(pairs).all() if places else []
    return taken, {(name, code) for name, code in rows}


def _prospects(program_id: int, neqs: set[str], places: set[tuple[str, str]]) -> tuple[set[str | None], set[tuple[str, str] | None]]:
    mine = Prospect.program_id == program_id
    taken = set(db.session.scalars(select(Prospect.neq).where(mine, Prospect.neq.in_(neqs)))) if neqs else set()
    there = select(Prospect.name_key, Prospect.postal_code).where(mine, tuple_(Prospect.name_key, Prospect.postal_code).in_(places))
    rows = db.session.execute(there).all() if places else []
    return taken, {(name, code) for name, code in rows if code}


def _earlier_lines(intake: Intake, lines: Sequence[Named]) -> dict[str, int]:
    """Give the first line of the file, before these, that holds each key."""
    before = IntakeLine.intake_id == intake.id, IntakeLine.number < min(line.number for line in lines), IntakeLine.is_faulty.is_(False)
    found: dict[str, int] = {}
    for column, keys in (
        (IntakeLine.neq, {line.neq for line in lines if line.neq}),
        (IntakeLine.place_key, {line.place_key for line in lines if line.place_key}),
    ):
        rows = db.session.execute(select(column, IntakeLine.number).where(*before, column.in_(keys)).order_by(IntakeLine.number))
        for key, number in rows:
            found.setdefault(str(key), number)
    return found
