"""Hours to choose from: the team offers them, the other party chooses one by a link, without an account."""

from __future__ import annotations

import datetime as dt

from flask import Response, request
from werkzeug import Response as Answer

from certif.imports import KEEPERS, has_stopped
from certif.kit import clock
from certif.kit.access import ANYONE, VISITOR, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import foreign_posts, go, page, say
from certif.programs import program_of, programs_of
from certif.visits import slot_actions as actions
from certif.visits.plan_origin import Origin, answers_from, goers_for, origin_of, places_for
from certif.visits.queries import hour_of
from certif.visits.slot_forms import ChooseForm, SlotsForm
from certif.visits.slot_hours import free_hours
from certif.visits.slot_queries import offer_behind, offer_of, offers_of
from certif.visits.views import pages


@pages.route("/personnel/terrain/plages")
@audience(*KEEPERS)
def list_slots() -> Response:
    """The hours that were offered, and what was chosen of them."""
    found = offers_of(actor(), request.args.get("suite"))
    return page("visits/list_slots.html", found=found, next_url=following(found), programs=programs_of(actor(), *KEEPERS))


@pages.route("/personnel/terrain/plages/nouvelles/<slug>", methods=["GET", "POST"])
@audience(*KEEPERS)
def open_slots(slug: str) -> Response | Answer:
    """Hours to offer to one party."""
    program = program_of(actor(), slug, *KEEPERS)
    origin = origin_of(actor(), program, request.args)
    form = SlotsForm(data=_answers(origin))
    form.offer(users=goers_for(actor(), program), mrcs=places_for(actor(), program))
    if form.validate_on_submit():
        with form.held():
            actions.open_slots(program, form.terms, user=form.chosen, mrc=form.where, about=origin.about, by=actor())
            say(_("Les plages sont offertes, et le lien est en route."))
            return go("visits.list_slots")
    return page("visits/open_slots.html", form=form, program=program, origin=origin)


@pages.route("/personnel/terrain/plages/<ref>/fermeture", methods=["POST"])
@audience(*KEEPERS)
def close_slots(ref: str) -> Answer:
    """They are offered no more."""
    actions.close_slots(offer_of(actor(), ref), by=actor())
    say(_("Les plages ne sont plus offertes."))
    return go("visits.list_slots")


@pages.route("/plages/<token>", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(ANYONE)
def choose_slot(token: str) -> Response | Answer:
    """Hours to choose from; the button plans the meeting."""
    offer = offer_behind(token)
    hours = free_hours(offer) if offer.choice is None and offer.closed_at is None else []
    form = ChooseForm().offer(hours)
    if form.validate_on_submit():
        with form.held():
            actions.choose_slot(offer, form.chosen, by=VISITOR)
            say(_("Merci ! Votre rendez-vous est pris. Une invitation vous est envoyée, avec de quoi l’ajouter à votre agenda."))
            return go("visits.choose_slot", token=token)
    return page("visits/choose_slot.html", form=form, offer=offer, hours=hours, token=token, hour_of=hour_of)


@pages.route("/plages/<token>/arret", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@foreign_posts
@audience(ANYONE)
def stop_offers(token: str) -> Response | Answer:
    """One button stops such letters; mail programs press it too (RFC 8058), which the token alone allows."""
    offer, form = offer_behind(token), Form()
    if form.is_submitted():
        actions.stop_offers(offer, by=VISITOR)
        say(_("C’est fait : plus aucune invitation ne partira vers cette adresse."))
        return go("visits.stop_offers", token=token)
    return page("visits/stop_offers.html", form=form, offer=offer, has_stopped=has_stopped(offer.contact_email))


def _answers(origin: Origin) -> dict[str, object]:
    about, today = origin.about, clock.today()
    who = about.employer or about.prospect
    known = {"contact_name": who.contact_name, "contact_email": who.contact_email, "language": who.language} if who else {}
    plain = {
        "language": "fr", "user": actor().ref, "from_on": today + dt.timedelta(days=1), "until_on": today + dt.timedelta(days=14),
        "weekdays": list("12345"), "from_hour": "09:00", "until_hour": "16:00", "minutes": 45, "buffer_minutes": 15,
    }  # fmt: skip
    asked = answers_from(origin, actor(), {})
    return {**plain, **{name: asked[name] for name in ("place", "address", "mrc") if name in asked}, **known}
