"""An organiser of another gala asks a region for its laureates, and takes the list once it is granted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from flask import Response
from werkzeug import Response as Answer

from certif.galas import list_actions, list_queries
from certif.galas.laureate_lists import FIELDS, Row, csv_of, xlsx_of
from certif.galas.list_forms import ListRequestForm
from certif.galas.views import pages
from certif.kit import clock, sheets
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import download, go, page, say
from certif.programs import open_programs, program_by_slug
from certif.territory import mrcs

Write = Callable[[Iterable[Row], Sequence[str]], str | bytes]
FORMS: dict[str, tuple[Write, str]] = {"csv": (csv_of, sheets.CSV), "xlsx": (xlsx_of, sheets.XLSX)}
"""How each kind of file is written, and its media type."""


@pages.route("/galas/listes")
@audience(Role.EMPLOYER)
def list_my_lists() -> Response:
    """The lists that I asked for, and the programs that I may ask."""
    return page("galas/list_my_lists.html", found=list_queries.asked_by(actor()), programs=open_programs())


@pages.route("/galas/listes/demande/<slug>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def ask_for_list(slug: str) -> Response | Answer:
    """Ask a program for its laureates."""
    program = program_by_slug(slug)
    form = ListRequestForm().offer(program.mrcs or mrcs(program.region))
    if form.validate_on_submit():
        with form.held():
            asked = list_actions.ask_for_list(
                program, year=form.year.data, mrc=form.chosen, organisation=form.organisation.data, purpose=form.purpose.data,
                held_on=form.held_on.data, by=actor(),
            )  # fmt: skip
            say(_("Votre demande est partie. La réponse vous viendra par courriel."))
            return go("galas.show_list", ref=asked.ref)
    return page("galas/ask_for_list.html", form=form, program=program)


@pages.route("/galas/listes/<ref>")
@audience(Role.EMPLOYER)
def show_list(ref: str) -> Response:
    """What I asked for, and the answer."""
    return page("galas/show_list.html", asked=list_queries.request_by(actor(), ref))


@pages.route("/galas/listes/<ref>/fichier.<form>", methods=["POST"], bilingual=False)
@audience(Role.EMPLOYER)
def take_list(ref: str, form: str) -> Response:
    """The list that was granted to me; that I took it is in the journal."""
    rows = list_actions.take_granted(list_queries.request_by(actor(), ref), form=form, by=actor())
    return sheet(rows, form)


def sheet(rows: Iterable[Row], form: str) -> Response:
    """Give a list as a file. Takes: `form`, `csv` or `xlsx`; anything else is the first."""
    write, media_type = FORMS.get(form, FORMS["csv"])
    return download(write(rows, FIELDS), media_type, f"laureats-{clock.today()}.{form if form in FORMS else 'csv'}")
