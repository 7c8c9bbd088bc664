"""The pages of bank statements: brought, looked at, recorded."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.contributions import KEEPERS
from certif.imports import FileForm
from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.languages import _, _n
from certif.kit.web import go, page, say
from certif.programs import program_of, programs_of
from certif.staff import bank_actions
from certif.staff.bank_queries import line_of, lines_of, statement_of, statements_of
from certif.staff.forms import TieLineForm
from certif.staff.views import pages


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
    found = statements_of(actor(), request.args.get("suite"))
    return page("staff/bring_statement.html", form=form, found=found, next_url=following(found))


@pages.route("/personnel/contributions/releves/<ref>")
@audience(*KEEPERS)
def show_statement(ref: str) -> Response:
    """What came in, and what was found of it."""
    statement = statement_of(actor(), ref)
    found = lines_of(statement, request.args.get("suite"))
    return page("staff/show_statement.html", statement=statement, found=found, next_url=following(found))


@pages.route("/personnel/contributions/releves/<ref>/encaissement", methods=["POST"])
@audience(*KEEPERS)
def record_fitting(ref: str) -> Answer:
    """Record what fits exactly."""
    count = bank_actions.record_fitting(statement_of(actor(), ref), by=actor())
    say(_n("%(num)s contribution est reçue.", "%(num)s contributions sont reçues.", count))
    return go("staff.show_statement", ref=ref)


@pages.route("/personnel/contributions/releves/sommes/<ref>", methods=["GET", "POST"])
@audience(*KEEPERS)
def tie_line(ref: str) -> Response | Answer:
    """Tie a sum to the contribution it is."""
    line, form = line_of(actor(), ref), TieLineForm()
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
    line = line_of(actor(), ref)
    bank_actions.set_line_aside(line, by=actor())
    say(_("La somme est mise de côté."))
    return go("staff.show_statement", ref=line.statement.ref)
