"""The accounts of my programs by period, seen and taken away."""

from __future__ import annotations

from flask import Response

from certif.kit.access import actor, audience
from certif.kit.clock import today
from certif.kit.sheets import CSV, XLSX
from certif.kit.web import download, page, question
from certif.programs import programs_of
from certif.staff.accounting import Period, added_up, entries_of
from certif.staff.exports import accounting_csv, accounting_xlsx
from certif.staff.forms import AccountingFilterForm
from certif.staff.registers import READERS
from certif.staff.views import pages

SHOWN = 50


@pages.route("/personnel/contributions/comptabilite")
@audience(*READERS)
def show_accounting() -> Response:
    """What came, what went back and what was waived in a period, and what it adds up to."""
    form, asked = _asked()
    entries = entries_of(actor(), asked)
    return page("staff/show_accounting.html", form=form, entries=entries[-SHOWN:], totals=added_up(entries), question=question())


@pages.route("/personnel/contributions/comptabilite.csv")
@audience(*READERS)
def export_accounting() -> Response:
    """The same, to be taken away."""
    return download(accounting_csv(entries_of(actor(), _asked()[1])), CSV, f"comptabilite-{today()}.csv")


@pages.route("/personnel/contributions/comptabilite.xlsx")
@audience(*READERS)
def export_accounting_workbook() -> Response:
    """The same as a workbook, with its totals."""
    entries = entries_of(actor(), _asked()[1])
    return download(accounting_xlsx(entries, added_up(entries)), XLSX, f"comptabilite-{today()}.xlsx")


def _asked() -> tuple[AccountingFilterForm, Period]:
    form = AccountingFilterForm().offer([(program.slug, program.name) for program in programs_of(actor(), *READERS)])
    return form, Period(form.asked("program"), form.asked("since"), form.asked("until"))
