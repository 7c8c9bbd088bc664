"""An employer's own offers: those it posts, edits and closes."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.employers import employer_of
from certif.kit.access import Role, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.offers import actions, queries
from certif.offers.breaks import warning_of
from certif.offers.forms import OfferForm
from certif.offers.model import JobOffer
from certif.offers.standing import places_offering
from certif.offers.views import pages
from certif.programs import promise_and_floor


@pages.route("/mon-espace/offres/<ref>")
@audience(Role.EMPLOYER)
def list_mine(ref: str) -> Response:
    """The offers of my organisation, and where each stands."""
    employer = employer_of(actor(), ref)
    found = queries.offers_of(employer, request.args.get("suite"))
    shown = queries.are_shown(found.rows)
    states = {one.ref: queries.state_of(one, shown) for one in found.rows}
    return page(
        "offers/list_mine.html", employer=employer, found=found, next_url=following(found), states=states, form=Form(),
        may_offer=bool(places_offering(employer)),
    )  # fmt: skip


@pages.route("/mon-espace/offres/<ref>/nouvelle", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def post_offer(ref: str) -> Response | Answer:
    """Offer a job."""
    employer = employer_of(actor(), ref)
    places = places_offering(employer)
    form = OfferForm(least_age=14, apply_email=employer.contact_email).offer(places)
    if form.validate_on_submit():
        with form.held():
            offer = actions.post_offer(employer, form.place.data, form.terms, by=actor())
            _say(offer, form)
            return go("offers.list_mine", ref=ref)
    promises = [promise_and_floor(one) for one in {place.certification.version for place in places}]
    return page("offers/post_offer.html", form=form, employer=employer, places=places, promises=promises)


@pages.route("/mon-espace/offres/modification/<offer>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def edit_offer(offer: str) -> Response | Answer:
    """Say an offer anew."""
    found = queries.own_offer(actor(), offer)
    form = OfferForm.of(found, places_offering(found.employer))
    if form.validate_on_submit():
        with form.held():
            actions.edit_offer(found, form.place.data, form.terms, by=actor())
            _say(found, form)
            return go("offers.list_mine", ref=found.employer.ref)
    return page("offers/edit_offer.html", form=form, offer=found, employer=found.employer)


@pages.route("/mon-espace/offres/fermeture/<offer>", methods=["POST"])
@audience(Role.EMPLOYER)
def close_offer(offer: str) -> Answer:
    """The job is taken, or offered no more."""
    found = queries.own_offer(actor(), offer)
    actions.close_offer(found, by=actor())
    say(_("L’offre est fermée : personne ne la voit plus."))
    return go("offers.list_mine", ref=found.employer.ref)


def _say(offer: JobOffer, form: OfferForm) -> None:
    say(_("L’offre est publiée.") if offer.published_at else _("L’offre paraîtra dès que l’équipe régionale l’aura relue."))
    warning = warning_of(form.terms, offer.establishment.mrc)
    if warning:
        say(warning)
