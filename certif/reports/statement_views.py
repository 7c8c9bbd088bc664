"""Partners' statements: what each did in a period and what it comes to; approved once; rates."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.sheets import CSV, XLSX, csv_sheet, xlsx_workbook
from certif.kit.web import download, go, page, say
from certif.programs import program_of, programs_of
from certif.reports import papers, statement_actions, statements
from certif.reports.forms import ApprovalForm, RateForm
from certif.reports.queries import DECIDERS
from certif.reports.statements import SEEN_BY, statement_of
from certif.reports.views import pages


@pages.route("/personnel/releves")
@audience(*SEEN_BY)
def list_statements() -> Response:
    """The statements that I may read, period by period."""
    found = statements.periods_seen(actor(), request.args.get("suite"))
    partners = {one.id: statements.partners_seen(actor(), one) for one in programs_of(actor(), *SEEN_BY)}
    shown: dict[str, Any] = {"partners": partners, "approvals": statements.approvals_in(found.rows)}
    shown["programs"] = programs_of(actor(), *DECIDERS)
    return page("reports/list_statements.html", found=found, next_url=following(found), **shown)


@pages.route("/personnel/releves/tarifs/<slug>", methods=["GET", "POST"])
@audience(*DECIDERS)
def set_rate(slug: str) -> Response | Answer:
    """What a meeting, a kilometre and an hour are worth."""
    program, form = program_of(actor(), slug, *DECIDERS), RateForm()
    if form.validate_on_submit():
        with form.held():
            statement_actions.set_rate(program, form.from_on.data, *form.amounts, by=actor())
            say(_("Les tarifs sont fixés."))
            return go("reports.set_rate", slug=slug)
    return page("reports/set_rate.html", form=form, program=program, rates=statements.rates_of(program))


@pages.route("/personnel/releves/<period>/<partner>")
@audience(*SEEN_BY)
def show_statement(period: str, partner: str) -> Response:
    """One statement: its meetings, what each is worth, and who approved it."""
    statement = statement_of(actor(), period, partner)
    decides = actor().holds(statement.period.program_id, *DECIDERS)
    return page("reports/show_statement.html", statement=statement, decides=decides, hours=papers.hours_said)


@pages.route("/personnel/releves/<period>/<partner>/approbation", methods=["GET", "POST"])
@audience(*DECIDERS)
def approve_statement(period: str, partner: str) -> Response | Answer:
    """A statement that is approved."""
    statement = statement_of(actor(), period, partner)
    form = ApprovalForm(seen=statement_actions.digest_of(statement.lines))
    if form.validate_on_submit():
        with form.held():
            statement_actions.approve_statement(statement.period, statement.partner, seen=form.seen.data, by=actor())
            say(_("Le relevé est approuvé : il ne change plus."))
            return go("reports.show_statement", period=period, partner=partner)
    return page("reports/approve_statement.html", form=form, statement=statement, hours=papers.hours_said)


@pages.route("/personnel/releves/<period>/<partner>/releve.pdf")
@limiter.limit("60 per minute")
@audience(*SEEN_BY)
def download_statement(period: str, partner: str) -> Response:
    """The same statement, typeset."""
    return download(papers.statement_pdf(statement_of(actor(), period, partner)), "application/pdf", "releve.pdf")


@pages.route("/personnel/releves/<period>/<partner>/releve.xlsx")
@audience(*SEEN_BY)
def download_statement_workbook(period: str, partner: str) -> Response:
    """The same statement, as a workbook."""
    return download(xlsx_workbook(*papers.statement_sheets(statement_of(actor(), period, partner))), XLSX, "releve.xlsx")


@pages.route("/personnel/releves/<period>/<partner>/releve.csv")
@audience(*SEEN_BY)
def download_statement_sheet(period: str, partner: str) -> Response:
    """The same statement, as text."""
    _name, heads, rows = papers.statement_sheets(statement_of(actor(), period, partner))[0]
    return download(csv_sheet(heads, rows), CSV, "releve.csv")
