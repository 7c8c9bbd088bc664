"""Staff look after offers: those that wait to be read, those that were reported, those to remove."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import Role, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _, language
from certif.kit.web import go, page, say
from certif.offers import actions, queries
from certif.offers.forms import RemoveOfferForm
from certif.offers.queries import READERS
from certif.offers.standing import reads_offers
from certif.offers.views import pages
from certif.programs import program_of, programs_of, time_of_day

DECIDERS = (Role.ADMIN, Role.MANAGER)


@pages.route("/personnel/offres")
@audience(*READERS)
def manage_offers() -> Response:
    """The offers of my programs; those that wait to be read."""
    awaited = request.args.get("etat") == "a-relire"
    found = queries.offers_to_look_after(actor(), request.args.get("suite"), awaited=awaited)
    shown = queries.are_shown(found.rows)
    states = {one.ref: queries.state_of(one, shown) for one in found.rows}
    return page("offers/manage_offers.html", found=found, next_url=following(found), states=states, awaited=awaited)


@pages.route("/personnel/offres/signalements")
@audience(*READERS)
def list_reports() -> Response:
    """What was reported, and waits."""
    found = queries.reports_waiting(actor(), request.args.get("suite"))
    return page("offers/list_reports.html", found=found, next_url=following(found), form=Form())


@pages.route("/personnel/offres/relecture")
@audience(*DECIDERS)
def show_reading() -> Response:
    """Whether each of my programs reads offers before they are published."""
    reads = [(one, reads_offers(one)) for one in programs_of(actor(), *DECIDERS)]
    return page("offers/show_reading.html", reads=reads, form=Form())


@pages.route("/personnel/offres/relecture/<slug>/debut", methods=["POST"])
@audience(*DECIDERS)
def start_reading(slug: str) -> Answer:
    """From now on, the team reads offers first."""
    actions.start_reading(program_of(actor(), slug, *DECIDERS), by=actor())
    say(_("Les nouvelles offres attendront d’être relues."))
    return go("offers.show_reading")


@pages.route("/personnel/offres/relecture/<slug>/fin", methods=["POST"])
@audience(*DECIDERS)
def end_reading(slug: str) -> Answer:
    """From now on, offers are published at once."""
    actions.end_reading(program_of(actor(), slug, *DECIDERS), by=actor())
    say(_("Les nouvelles offres paraîtront aussitôt."))
    return go("offers.show_reading")


@pages.route("/personnel/offres/<ref>")
@audience(*READERS)
def show_file(ref: str) -> Response:
    """One offer: what it says, where it stands, what was reported of it."""
    offer = queries.offer_of(actor(), ref)
    return page(
        "offers/show_file.html", offer=offer, state=queries.state_of(offer, queries.are_shown([offer])), reports=queries.reports_of(offer),
        finish=time_of_day(offer.latest_finish, language()), form=Form(),
    )  # fmt: skip


@pages.route("/personnel/offres/<ref>/publication", methods=["POST"])
@audience(*READERS)
def approve_offer(ref: str) -> Answer:
    """It was read, and may be shown."""
    actions.approve_offer(queries.offer_of(actor(), ref), by=actor())
    say(_("L’offre est publiée."))
    return go("offers.show_file", ref=ref)


@pages.route("/personnel/offres/<ref>/retrait", methods=["GET", "POST"])
@audience(*READERS)
def remove_offer(ref: str) -> Response | Answer:
    """Where an offer is removed, and why."""
    offer, form = queries.offer_of(actor(), ref), RemoveOfferForm()
    if form.validate_on_submit():
        with form.held():
            actions.remove_offer(offer, form.reason.data, by=actor())
            say(_("L’offre est retirée, et l’employeur en est averti."))
            return go("offers.show_file", ref=ref)
    return page("offers/remove_offer.html", form=form, offer=offer)


@pages.route("/personnel/offres/signalements/<ref>", methods=["POST"])
@audience(*READERS)
def settle_report(ref: str) -> Answer:
    """A report was looked into."""
    report = queries.report_of(actor(), ref)
    actions.settle_report(report, by=actor())
    say(_("Le signalement est traité."))
    return go("offers.show_file", ref=report.offer.ref)
