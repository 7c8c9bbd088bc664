"""Questions about statements of the bank."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, true
from werkzeug.exceptions import NotFound

from certif.contributions import KEEPERS
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.staff.bank_model import BankLine, BankStatement

SHOWN = 50


def statement_of(by: Actor, ref: str) -> BankStatement:
    """Give a statement to those who record payments in its program. Refuses (404) any other."""
    found = db.session.scalar(select(BankStatement).where(BankStatement.ref == ref, _mine(by)))
    if found is None:
        raise NotFound
    return found


def line_of(by: Actor, ref: str) -> BankLine:
    """Give a line to those who record payments in its program. Refuses (404) any other."""
    found = db.session.scalar(select(BankLine).join(BankStatement).where(BankLine.ref == ref, _mine(by)))
    if found is None:
        raise NotFound
    return found


def statements_of(by: Actor, after: str | None) -> Slice[BankStatement]:
    """Give the statements of this person’s programs, the newest first."""
    found = select(BankStatement, BankStatement.uploaded_at.label("since"), BankStatement.ref).where(_mine(by))
    part = cut(found, BankStatement.uploaded_at.expression, BankStatement.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.BankStatement for row in part.rows], part.next)


def lines_of(statement: BankStatement, after: str | None) -> Slice[BankLine]:
    """Give the lines of a statement, in the order of the file."""
    found = select(BankLine).where(BankLine.statement_id == statement.id).order_by(BankLine.id)
    start = int(after) if after and after.isascii() and after.isdigit() and len(after) < 10 else 0
    rows = db.session.scalars(found.where(BankLine.id > start).limit(SHOWN + 1)).all()
    return Slice(rows[:SHOWN], str(rows[SHOWN - 1].id) if len(rows) > SHOWN else None)


def _mine(by: Actor) -> ColumnElement[bool]:
    held = by.program_ids(*KEEPERS)
    return true() if held is None else BankStatement.program_id.in_(held)
