"""What a juror sees where picks are ranked: all that it reads, by preference, on one page."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.selections import jury_queries as queries
from certif.selections import stv_actions
from certif.selections.jury_tables import names_of_cells
from certif.selections.jury_words import title_of
from certif.selections.stv_forms import ranks_form
from certif.selections.stv_queries import ranks_of, version_of
from certif.selections.views import pages


@pages.route("/jury/<ref>/classement", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def rank_entries(ref: str) -> Response | Answer:
    """What I read, by preference."""
    seat = queries.seat_of(actor(), ref)
    if not seat.jury.phase.is_ranked or not queries.is_judging(seat.jury):
        raise NotFound
    board = queries.board_of(seat.jury, seat)
    mine = sorted((one for one in board.theirs(seat) if (seat.id, one.id) not in board.recusals), key=lambda one: (one.cell, one.number))
    form = ranks_form(mine, {one.id: title_of(one) for one in mine}, ranks_of(seat), version_of(seat))
    if form.validate_on_submit():
        with form.held():
            stv_actions.rank_entries(seat, form.ranks, based_on=form.version, by=actor())
            say(_("Votre classement est gardé. Vous pouvez le changer jusqu’au dernier jour."))
            return go("selections.show_jury", ref=ref)
    cells = names_of_cells({one.cell for one in mine})
    return page("selections/rank_entries.html", form=form, seat=seat, phase=seat.jury.phase, cells=cells)
