"""Beats as staff keep them: their dates, and the pieces that a program adds to their packs."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug import Response as Answer

from certif.kit.access import Role, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.library import beat_actions, beat_queries, papers
from certif.library.beat_model import PieceKind
from certif.library.handing import WHOLE
from certif.library.queries import EDITORS, edits
from certif.library.views import pages
from certif.library.word_forms import BeatDateForm, PieceForm
from certif.programs import program_of, programs_of


@pages.route("/personnel/temps-forts")
@audience(*WHOLE)
def manage_beats() -> Response:
    """The beats of the year, the next one first, and the packs of my programs."""
    mine = programs_of(actor(), *WHOLE)
    return page("library/manage_beats.html", coming=beat_queries.coming(), mine=mine, days=papers.days, may_date=edits(actor(), None))


@pages.route("/personnel/temps-forts/<slug>/dates", methods=["GET", "POST"])
@audience(Role.ADMIN)
def date_beat(slug: str) -> Response | Answer:
    """Where the dates of a beat are noted, for everyone."""
    beat, form = beat_queries.beat_by_slug(slug), BeatDateForm()
    if form.validate_on_submit():
        with form.held():
            beat_actions.date_beat(beat, form.from_on.data, form.until_on.data, form.source.data, by=actor())
            say(_("Les dates sont notées."))
            return go("library.manage_beats")
    return page("library/date_beat.html", form=form, beat=beat, dates=beat_queries.dates_of(beat), days=papers.days)


@pages.route("/personnel/trousses-temps-forts/<program>/<slug>")
@audience(*WHOLE)
def open_pack(program: str, slug: str) -> Response:
    """The pack of a beat in a program: what is of all, and what is its own."""
    here, beat = program_of(actor(), program, *WHOLE), beat_queries.beat_by_slug(slug)
    said: dict[str, Any] = {
        "pieces": beat_queries.pieces_of(beat, here),
        "next": beat_queries.next_of(beat),
        "may_edit": edits(actor(), here),
    }
    return page("library/open_pack.html", program=here, beat=beat, days=papers.days, **said)


@pages.route("/personnel/trousses-temps-forts/<program>/<slug>/nouvelle", methods=["GET", "POST"])
@audience(*EDITORS)
def write_piece(program: str, slug: str) -> Response | Answer:
    """Where a program adds a text or a poster to a pack."""
    here, beat, form = program_of(actor(), program, *EDITORS), beat_queries.beat_by_slug(slug), PieceForm()
    if form.validate_on_submit():
        with form.held():
            beat_actions.write_piece(beat, here, PieceKind(form.kind.data), *form.words, by=actor())
            say(_("La pièce est dans la trousse."))
            return go("library.open_pack", program=program, slug=slug)
    return page("library/write_piece.html", form=form, program=here, beat=beat)


@pages.route("/personnel/trousses-temps-forts/<program>/<slug>/<ref>/retrait", methods=["GET", "POST"])
@audience(*EDITORS)
def drop_piece(program: str, slug: str, ref: str) -> Response | Answer:
    """Where a program takes a piece of its own out of a pack."""
    here, beat = program_of(actor(), program, *EDITORS), beat_queries.beat_by_slug(slug)
    piece, form = beat_queries.piece_in(here, beat, ref), Form()
    if form.validate_on_submit():
        with form.held():
            beat_actions.drop_piece(piece, by=actor())
            say(_("La pièce est retirée de la trousse."))
            return go("library.open_pack", program=program, slug=slug)
    return page("library/drop_piece.html", form=form, piece=piece, program=here)
