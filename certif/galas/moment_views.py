"""The order of an evening: seen, made, moved about without a script."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.galas import moment_actions as actions
from certif.galas.evening import clock_time, length, moment_in, run_sheet_of
from certif.galas.evening_forms import MomentForm
from certif.galas.honours import WORDS_A_MINUTE
from certif.galas.queries import gala_of, name_of
from certif.galas.views import pages
from certif.kit.access import Role, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _, _n
from certif.kit.web import go, page, say


@pages.route("/mes-galas/<ref>/deroulement")
@audience(Role.EMPLOYER)
def show_run_sheet(ref: str) -> Response:
    """What follows what, from which hour, for how long."""
    gala = gala_of(actor(), ref)
    lines = run_sheet_of(gala)
    return page(
        "galas/show_run_sheet.html", gala=gala, name=name_of(gala), lines=lines, form=Form(), clock_time=clock_time, length=length,
        pace=WORDS_A_MINUTE, total=sum(line.moment.seconds for line in lines),
    )  # fmt: skip


@pages.route("/mes-galas/<ref>/deroulement/nouveau", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def add_moment(ref: str) -> Response | Answer:
    """One more moment."""
    gala = gala_of(actor(), ref)
    lines = run_sheet_of(gala)
    form = MomentForm(minutes=5, seconds=0, after=lines[-1].moment.ref if lines else "").offer(lines)
    if form.validate_on_submit():
        with form.held():
            actions.add_moment(gala, form.terms, after=form.follows, by=actor())
            say(_("Le moment est ajouté."))
            return go("galas.show_run_sheet", ref=ref)
    return page("galas/add_moment.html", form=form, gala=gala)


@pages.route("/mes-galas/<ref>/deroulement/<moment>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def edit_moment(ref: str, moment: str) -> Response | Answer:
    """What a moment is, how long it lasts, what it follows."""
    gala = gala_of(actor(), ref)
    found, lines = moment_in(gala, moment), run_sheet_of(gala)
    place = next(number for number, line in enumerate(lines) if line.moment is found)
    form = MomentForm.of(lines, place)
    if form.validate_on_submit():
        with form.held():
            actions.edit_moment(found, form.terms, after=form.follows, by=actor())
            say(_("Le moment est modifié."))
            return go("galas.show_run_sheet", ref=ref)
    return page("galas/edit_moment.html", form=form, gala=gala, moment=found, line=lines[place])


@pages.route("/mes-galas/<ref>/deroulement/<moment>/deplacement", methods=["POST"])
@audience(Role.EMPLOYER)
def move_moment(ref: str, moment: str) -> Answer:
    """Let it change places with its neighbour."""
    actions.move_moment(moment_in(gala_of(actor(), ref), moment), is_up=request.form.get("vers") == "haut", by=actor())
    say(_("Le moment est déplacé."))
    return go("galas.show_run_sheet", ref=ref)


@pages.route("/mes-galas/<ref>/deroulement/<moment>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def drop_moment(ref: str, moment: str) -> Answer:
    """Take it out of the evening."""
    actions.drop_moment(moment_in(gala_of(actor(), ref), moment), by=actor())
    say(_("Le moment est retiré."))
    return go("galas.show_run_sheet", ref=ref)


@pages.route("/mes-galas/<ref>/deroulement/laureats", methods=["POST"])
@audience(Role.EMPLOYER)
def stage_laureates(ref: str) -> Answer:
    """Give each laureate a moment."""
    count = actions.stage_laureates(gala_of(actor(), ref), by=actor())
    say(_n("%(num)s remise est ajoutée.", "%(num)s remises sont ajoutées.", count))
    return go("galas.show_run_sheet", ref=ref)
