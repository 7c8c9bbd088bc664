"""The pages of bank statements: brought, looked at, recorded."""

from __future__ import annotations

from flask import Response, request
from sqlalchemy import ColumnElement, select, true
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.contributions import KEEPERS
from certif.imports import FileForm
from certif.kit.access import Actor, actor, audience
from certif.kit.db import db
from certif.kit.filters import following
from certif.kit.languages import _, _n
from certif.kit.paging import Slice, cut, read_cursor
from certif.kit.web import go, page, say
from certif.programs import program_of, programs_of
from certif.staff import bank_actions
from certif.staff.bank_model import BankLine, BankStatement
from certif.staff.forms import TieLineForm
from certif.staff.views import pages

SHOWN = 50


@pages.route("/personnel/contributions/releves", methods=["GET", "POST"])
@audience(*KEEPERS)
def bring_statement() -> Response | Answer:
    """Bring a statement of the bank; those that were brought."""
    form = FileForm().offer([(one.slug, one.name) for one in programs_of(actor(), *KEEPERS)])
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *KEEPERS)
            made = bank_actions.bring_statement(program, form.content, form.file_name, by=actor())
            return go("staff.show_statement", ref=made.ref)
    found = _statements_of(actor(), request.args.get("suite"))
    return page("staff/bring_statement.html", form=form, found=found, next_url=following(found))


@pages.route("/personnel/contributions/releves/<ref>")
@audience(*KEEPERS)
def show_statement(ref: str) -> Response:
    """What came in, and what was found of it."""
    statement = _statement_of(actor(), ref)
    found = _lines_of(statement, request.args.get("suite"))
    return page("staff/show_statement.html", statement=statement, found=found, next_url=following(found))


@pages.route("/personnel/contributions/releves/<ref>/encaissement", methods=["POST"])
@audience(*KEEPERS)
def record_fitting(ref: str) -> Answer:
    """Record what fits exactly."""
    count = bank_actions.record_fitting(_statement_of(actor(), ref), by=actor())
    say(_n("%(num)s contribution est reçue.", "%(num)s contributions sont reçues.", count))
    return go("staff.show_statement", ref=ref)


@pages.route("/personnel/contributions/releves/sommes/<ref>", methods=["GET", "POST"])
@audience(*KEEPERS)
def tie_line(ref: str) -> Response | Answer:
    """Tie a sum to the contribution it is."""
    line, form = _line_of(actor(), ref), TieLineForm()
    if form.validate_on_submit():
        with form.held():
            bank_actions.tie_line(line, form.reference.data, by=actor())
            say(_("La contribution est reçue et le reçu est en route."))
            return go("staff.show_statement", ref=line.statement.ref)
    return page("staff/tie_line.html", form=form, line=line)


@pages.route("/personnel/contributions/releves/sommes/<ref>/ecart", methods=["POST"])
@audience(*KEEPERS)
def set_line_aside(ref: str) -> Answer:
    """Say that a sum is no contribution."""
    line = _line_of(actor(), ref)
    bank_actions.set_line_aside(line, by=actor())
    say(_("La somme est mise de côté."))
    return go("staff.show_statement", ref=line.statement.ref)


def _mine(by: Actor) -> ColumnElement[bool]:
    held = by.program_ids(*KEEPERS)
    return true() if held is None else BankStatement.program_id.in_(held)


def _statement_of(by: Actor, ref: str) -> BankStatement:
    found = db.session.scalar(select(BankStatement).where(BankStatement.ref == ref, _mine(by)))
    if found is None:
        raise NotFound
    return found


def _line_of(by: Actor, ref: str) -> BankLine:
    found = db.session.scalar(select(BankLine).join(BankStatement).where(BankLine.ref == ref, _mine(by)))
    if found is None:
        raise NotFound
    return found


def _statements_of(by: Actor, after: str | None) -> Slice[BankStatement]:
    found = select(BankStatement, BankStatement.uploaded_at.label("since"), BankStatement.ref).where(_mine(by))
    part = cut(found, BankStatement.uploaded_at.expression, BankStatement.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.BankStatement for row in part.rows], part.next)


def _lines_of(statement: BankStatement, after: str | None) -> Slice[BankLine]:
    found = select(BankLine).where(BankLine.statement_id == statement.id).order_by(BankLine.id)
    start = int(after) if after and after.isascii() and after.isdigit() and len(after) < 10 else 0
    rows = db.session.scalars(found.where(BankLine.id > start).limit(SHOWN + 1)).all()
    return Slice(rows[:SHOWN], str(rows[SHOWN - 1].id) if len(rows) > SHOWN else None)
