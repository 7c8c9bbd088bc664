"""Batches of prospects kept for a walk: choose them, print the list, note what comes of each, give back the others."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _n
from certif.kit.limits import limiter
from certif.kit.web import download, go, page, say
from certif.programs import programs_of
from certif.visits import pursuit_queries, reservation_actions, reservation_papers, reservation_queries
from certif.visits.pursuit_forms import ReserveForm
from certif.visits.reservation_queries import reservation_of
from certif.visits.views import pages


@pages.route("/personnel/terrain/reservations")
@audience(*STAFF)
def list_reservations() -> Response:
    """The batches that are kept, and those that were."""
    program = pursuit_queries.program_asked(actor(), request.args.get("programme"))
    found = reservation_queries.reservations_of(actor(), program, request.args.get("suite"))
    return page("visits/list_reservations.html", program=program, programs=programs_of(actor()), found=found, next_url=following(found))


@pages.route("/personnel/terrain/reservations/nouvelle", methods=["GET", "POST"])
@audience(*STAFF)
def reserve() -> Response | Answer:
    """Keep prospects for oneself until a day."""
    program = pursuit_queries.program_asked(actor(), request.args.get("programme"))
    form = ReserveForm(count=20, until_on=reservation_papers.in_a_week()).offer(pursuit_queries.places_of(actor(), program))
    if form.validate_on_submit():
        with form.held():
            batch = reservation_actions.reserve(program, form.terms, by=actor())
            count = len(reservation_queries.walk_of(actor(), batch))
            say(_n("%(num)s prospect est réservé pour vous.", "%(num)s prospects sont réservés pour vous.", count))
            return go("visits.show_reservation", ref=batch.ref)
    return page("visits/reserve.html", form=form, program=program)


@pages.route("/personnel/terrain/reservations/<ref>")
@audience(*STAFF)
def show_reservation(ref: str) -> Response:
    """The walk list: each door in order, what was said there last, and where to note what comes of it."""
    batch = reservation_of(actor(), ref)
    return page("visits/show_reservation.html", batch=batch, walk=reservation_queries.walk_of(actor(), batch))


@pages.route("/personnel/terrain/reservations/<ref>/liste.pdf", bilingual=False)
@limiter.limit("60 per minute")
@audience(*STAFF)
def download_walk_list(ref: str) -> Response:
    """The walk list on paper."""
    batch = reservation_of(actor(), ref)
    walk = reservation_queries.walk_of(actor(), batch)
    return download(reservation_papers.walk_pdf(batch, walk), "application/pdf", "tournee.pdf")


@pages.route("/personnel/terrain/reservations/<ref>/remise", methods=["POST"])
@audience(*STAFF)
def release_reservation(ref: str) -> Answer:
    """Give back all those that were not reached."""
    count = reservation_actions.release_reservation(reservation_of(actor(), ref), by=actor())
    say(_n("%(num)s prospect est remis.", "%(num)s prospects sont remis.", count))
    return go("visits.show_reservation", ref=ref)


@pages.route("/personnel/terrain/reservations/<ref>/remise/<prospect>", methods=["POST"])
@audience(*STAFF)
def release_prospect(ref: str, prospect: str) -> Answer:
    """Give back one of them."""
    batch = reservation_of(actor(), ref)
    reservation_actions.release_reservation(batch, reservation_queries.held_in(actor(), batch, prospect), by=actor())
    say(_n("%(num)s prospect est remis.", "%(num)s prospects sont remis.", 1))
    return go("visits.show_reservation", ref=ref)
