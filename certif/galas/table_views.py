"""The room: its tables, and who sits where."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.galas import table_actions as actions
from certif.galas.guest_forms import SeatForm, TableForm
from certif.galas.guest_queries import guest_in, seating_of, seats_wanted, standing_guests, table_in
from certif.galas.queries import gala_of, name_of
from certif.galas.views import pages
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say


@pages.route("/mes-galas/<ref>/salle")
@audience(Role.EMPLOYER)
def show_seating(ref: str) -> Response:
    """The plan of the room, and who sits nowhere yet."""
    gala = gala_of(actor(), ref)
    plan, standing, name = seating_of(gala), standing_guests(gala), name_of(gala)
    return page("galas/show_seating.html", gala=gala, name=name, plan=plan, standing=standing, seats_wanted=seats_wanted)


@pages.route("/mes-galas/<ref>/salle/nouvelle", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def add_table(ref: str) -> Response | Answer:
    """One more table."""
    gala = gala_of(actor(), ref)
    form = TableForm(name=str(len(seating_of(gala)) + 1), seats=8)
    if form.validate_on_submit():
        with form.held():
            actions.add_table(gala, form.name.data or "", form.seats.data or 1, by=actor())
            say(_("La table est ajoutée."))
            return go("galas.show_seating", ref=ref)
    return page("galas/add_table.html", form=form, gala=gala)


@pages.route("/mes-galas/<ref>/salle/<table>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def edit_table(ref: str, table: str) -> Response | Answer:
    """Its name and its size."""
    gala = gala_of(actor(), ref)
    found = table_in(gala, table)
    form = TableForm(obj=found)
    if form.validate_on_submit():
        with form.held():
            actions.edit_table(found, form.name.data or "", form.seats.data or 1, by=actor())
            say(_("La table est modifiée."))
            return go("galas.show_seating", ref=ref)
    return page("galas/edit_table.html", form=form, gala=gala, table=found)


@pages.route("/mes-galas/<ref>/salle/<table>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def drop_table(ref: str, table: str) -> Answer:
    """Take it away."""
    actions.drop_table(table_in(gala_of(actor(), ref), table), by=actor())
    say(_("La table est retirée."))
    return go("galas.show_seating", ref=ref)


@pages.route("/mes-galas/<ref>/convives/<guest>/table", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def seat_guest(ref: str, guest: str) -> Response | Answer:
    """Where a guest sits."""
    gala = gala_of(actor(), ref)
    found = guest_in(gala, guest)
    form = SeatForm(table=found.table.ref if found.table else "").offer(seating_of(gala))
    if form.validate_on_submit():
        with form.held():
            actions.seat_guest(found, form.chosen, by=actor())
            say(_("C’est noté au plan de la salle."))
            return go("galas.show_seating", ref=ref)
    return page("galas/seat_guest.html", form=form, gala=gala, guest=found, wanted=seats_wanted(found))
