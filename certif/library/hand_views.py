"""What was handed out and taken away: noted by hand, counted by place, audience and period, and taken away as a sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit import clock
from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.sheets import CSV, XLSX, csv_sheet, xlsx_workbook
from certif.kit.web import download, go, page, question, say
from certif.library import counting, handing
from certif.library.counting import Span
from certif.library.forms import HandOutForm, SpanForm
from certif.library.views import pages
from certif.programs import program_of, programs_of
from certif.territory import mrc


@pages.route("/personnel/remises")
@audience(*STAFF)
def show_counts() -> Response:
    """How much was handed out and taken away, by tool, place and audience."""
    form, span = _span()
    handed, taken = counting.handed_out(actor(), span), counting.downloaded(actor(), span)
    sums = {by: counting.totals(handed, by) for by in ("tool", "place", "audience")}
    return page("library/show_counts.html", form=form, span=span, handed=handed, taken=taken, sums=sums, question=question())


@pages.route("/personnel/remises.csv", bilingual=False)
@audience(*STAFF)
def download_counts_csv() -> Response:
    """What was handed out, as a sheet."""
    handed = counting.tables(counting.handed_out(actor(), _span()[1]), [])[0]
    return download(csv_sheet(handed[1], handed[2]), CSV, "remises.csv")


@pages.route("/personnel/remises.xlsx", bilingual=False)
@audience(*STAFF)
def download_counts_xlsx() -> Response:
    """What was handed out and taken away, as a workbook."""
    span = _span()[1]
    tables = counting.tables(counting.handed_out(actor(), span), counting.downloaded(actor(), span))
    return download(xlsx_workbook(*tables), XLSX, "remises.xlsx")


@pages.route("/personnel/remises/notes")
@audience(*STAFF)
def list_hand_outs() -> Response:
    """What was noted, the newest first."""
    found = counting.hand_outs_seen_by(actor(), None, request.args.get("suite"))
    return page("library/list_hand_outs.html", found=found, next_url=following(found), mine=programs_of(actor()))


@pages.route("/personnel/remises/programmes/<slug>/nouvelle", methods=["GET", "POST"])
@audience(*STAFF)
def note_hand_out(slug: str) -> Response | Answer:
    """Where somebody notes what was handed out."""
    program = program_of(actor(), slug)
    tools = {one.slug: one for one in handing.tools_of(program)}
    form = HandOutForm(data={"handed_on": clock.today()}).offer(tools.values(), handing.places_of(actor(), program))
    if form.validate_on_submit():
        with form.held():
            told: dict[str, Any] = {"mrc": mrc(form.mrc.data), "audience": form.audience.data, "on": form.handed_on.data}
            handing.note_hand_out(tools[form.tool.data], program, form.count.data, **told, by=actor())
            say(_("C’est noté."))
            return go("library.list_hand_outs")
    return page("library/note_hand_out.html", form=form, program=program)


@pages.route("/personnel/remises/notes/<ref>/retrait", methods=["GET", "POST"])
@audience(*STAFF)
def remove_hand_out(ref: str) -> Response | Answer:
    """Where a note that is wrong is taken back."""
    noted, form = counting.hand_out_of(actor(), ref), Form()
    if form.validate_on_submit():
        with form.held():
            handing.remove_hand_out(noted, by=actor())
            say(_("La note est retirée."))
            return go("library.list_hand_outs")
    return page("library/remove_hand_out.html", form=form, noted=noted)


def _span() -> tuple[SpanForm, Span]:
    """Read the period asked, this school year by default, and the program."""
    form, mine = SpanForm(), programs_of(actor())
    form.programme.choices = [("", str(_("Tous"))), *((one.slug, one.name) for one in mine)]
    today = clock.today()
    first = dt.date(today.year if today.month >= 7 else today.year - 1, 7, 1)
    since, until = form.asked("du") or first, form.asked("au") or today
    chosen = next((one for one in mine if one.slug == form.asked("programme")), None)
    form.du.data, form.au.data = since, until
    return form, Span(since, until, chosen)
