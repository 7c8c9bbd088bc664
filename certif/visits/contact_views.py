"""What is noted of a prospect: an approach, whom to ask for, to come back later or never, a word that stops everything."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.imports import prospect_of
from certif.kit.access import STAFF, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.visits import contact_actions, pursuit_actions, pursuit_queries
from certif.visits.contact_cadence import pace_of
from certif.visits.pursuit_forms import ApproachForm, PersonForm, PutOffForm, RuleOutForm, StopForm
from certif.visits.views import pages


@pages.route("/personnel/terrain/prospects/<ref>/contact", methods=["GET", "POST"])
@audience(*STAFF)
def note_approach(ref: str) -> Response | Answer:
    """What came of an approach, and when to come back."""
    prospect, form = prospect_of(actor(), ref), ApproachForm(channel="in_person")
    if form.validate_on_submit():
        with form.held():
            contact_actions.note_approach(prospect, form.terms, by=actor())
            say(_("C’est noté."))
            batch = request.args.get("reservation")
            return go("visits.show_reservation", ref=batch) if batch else go("visits.show_pursuit", ref=ref)
    why_not, pursuit = contact_actions.approach_obstacle(prospect), pursuit_queries.pursuit_of(prospect)
    return page(
        "visits/note_approach.html", form=form, prospect=prospect, pursuit=pursuit, why_not=why_not, pace=pace_of(prospect.program_id)
    )


@pages.route("/personnel/terrain/prospects/<ref>/personne", methods=["GET", "POST"])
@audience(*STAFF)
def give_contact(ref: str) -> Response | Answer:
    """Whom to ask for, and what allows it."""
    prospect = prospect_of(actor(), ref)
    form = PersonForm(obj=prospect)
    if form.validate_on_submit():
        with form.held():
            contact_actions.give_contact(prospect, form.known, by=actor())
            say(_("La personne-ressource est notée."))
            return go("visits.show_pursuit", ref=ref)
    return page("visits/give_contact.html", form=form, prospect=prospect)


@pages.route("/personnel/terrain/prospects/<ref>/plus-tard", methods=["GET", "POST"])
@audience(*STAFF)
def put_off(ref: str) -> Response | Answer:
    """Not now: come back on a day."""
    prospect, form = prospect_of(actor(), ref), PutOffForm()
    if form.validate_on_submit():
        with form.held():
            pursuit_actions.put_off(prospect, form.until_on.data, form.reason.data or "", by=actor())
            say(_("Ce prospect reviendra de lui-même ce jour-là."))
            return go("visits.show_pursuit", ref=ref)
    return page("visits/put_off.html", form=form, prospect=prospect)


@pages.route("/personnel/terrain/prospects/<ref>/jamais", methods=["GET", "POST"])
@audience(*STAFF)
def rule_out(ref: str) -> Response | Answer:
    """Never, and why."""
    prospect, form = prospect_of(actor(), ref), RuleOutForm()
    if form.validate_on_submit():
        with form.held():
            pursuit_actions.rule_out(prospect, form.reason.data, by=actor())
            say(_("Ce prospect est écarté."))
            return go("visits.show_pursuit", ref=ref)
    return page("visits/rule_out.html", form=form, prospect=prospect)


@pages.route("/personnel/terrain/prospects/<ref>/reprise", methods=["POST"])
@audience(*STAFF)
def take_up(ref: str) -> Answer:
    """Take up again a prospect that was put off or ruled out."""
    pursuit_actions.take_up(prospect_of(actor(), ref), by=actor())
    say(_("Ce prospect est de nouveau à suivre, dès aujourd’hui."))
    return go("visits.show_pursuit", ref=ref)


@pages.route("/personnel/terrain/prospects/<ref>/arret", methods=["GET", "POST"])
@audience(*STAFF)
def stop_approaches(ref: str) -> Response | Answer:
    """Somebody said stop: nobody writes, calls or comes any more."""
    prospect, form = prospect_of(actor(), ref), StopForm()
    if form.validate_on_submit():
        contact_actions.stop_approaches(prospect, form.reason.data or "", by=actor())
        say(_("C’est noté : plus personne n’approchera cette organisation."))
        return go("visits.show_pursuit", ref=ref)
    return page("visits/stop_approaches.html", form=form, prospect=prospect)
