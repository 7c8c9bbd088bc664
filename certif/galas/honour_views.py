"""Those whom a gala honours: under which award, and what is said of each."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.galas import moment_actions as actions
from certif.galas import queries
from certif.galas.evening_forms import WORDED, AwardForm, PlacingForm, WordingForm, award_name
from certif.galas.honours import Honour, honours_of, reading_seconds
from certif.galas.model import Gala
from certif.galas.queries import gala_of
from certif.galas.views import pages
from certif.kit import sent_files
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import document, go, page, say


@pages.route("/mes-galas/<ref>/laureats", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def list_honours(ref: str) -> Response | Answer:
    """Who is honoured, as each may be named, and which award each receives."""
    gala = gala_of(actor(), ref)
    honours, awards = honours_of(gala), queries.awards_of(gala)
    form = PlacingForm().offer(honours, awards)
    placed = form.placed(request.form) if form.validate_on_submit() else None
    if placed is not None:
        with form.held():
            actions.place_laureates(gala, placed, by=actor())
            say(_("Les prix sont attribués."))
            return go("galas.list_honours", ref=ref)
    return page("galas/list_honours.html", form=form, gala=gala, name=queries.name_of(gala), honours=honours, awards=awards)


@pages.route("/mes-galas/<ref>/prix", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def add_award(ref: str) -> Response | Answer:
    """The evening's own awards, and one more."""
    gala, form = gala_of(actor(), ref), AwardForm()
    if form.validate_on_submit():
        with form.held():
            named = form.name_fr.data or ""
            actions.add_award(gala, name_fr=named, name_en=form.name_en.data or named, sponsor=form.sponsor.data or "", by=actor())
            say(_("Le prix est ajouté."))
            return go("galas.add_award", ref=ref)
    name, awards = queries.name_of(gala), queries.awards_of(gala)
    return page("galas/add_award.html", form=form, gala=gala, name=name, awards=awards, award_name=award_name)


@pages.route("/mes-galas/<ref>/prix/<award>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def drop_award(ref: str, award: str) -> Answer:
    """Take an award back."""
    actions.drop_award(queries.award_in(gala_of(actor(), ref), award), by=actor())
    say(_("Le prix est retiré : ses lauréats gardent celui de leur concours."))
    return go("galas.add_award", ref=ref)


@pages.route("/mes-galas/<ref>/laureats/<laureate>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def word_laureate(ref: str, laureate: str) -> Response | Answer:
    """How a laureate is named, pronounced and presented."""
    gala = gala_of(actor(), ref)
    honour = _honour(gala, laureate)
    form = WordingForm(**{name: getattr(honour, known) for name, known in WORDED.items()})
    if form.validate_on_submit():
        with form.held():
            actions.word_laureate(gala, honour.laureate, form.wording(honour), by=actor())
            say(_("C’est noté."))
            return go("galas.list_honours", ref=ref)
    return page("galas/word_laureate.html", form=form, gala=gala, honour=honour, reading=reading_seconds(honour.citation))


@pages.route("/mes-galas/<ref>/laureats/<laureate>/photo", bilingual=False)
@audience(Role.EMPLOYER)
def show_portrait(ref: str, laureate: str) -> Response:
    """The photo of a laureate who agreed to be shown."""
    honour = _honour(gala_of(actor(), ref), laureate)
    if honour.photo is None:
        raise NotFound
    return document(sent_files.fetch(honour.photo), "photo")


def _honour(gala: Gala, laureate: str) -> Honour:
    found = next((one for one in honours_of(gala) if one.laureate.ref == laureate), None)
    if found is None:
        raise NotFound
    return found
