"""A gala as those who prepare it see it, staff of the region and organisers alike: what it is, who organises it, when all is told."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response
from werkzeug import Response as Answer

from certif.certification import SpaceLink, offer_in_space
from certif.galas import actions, queries
from certif.galas.evening import begins_at, clock_time
from certif.galas.forms import ContestsForm, GalaForm, LiftForm, OrganiserForm, ReasonForm
from certif.galas.guest_queries import counts_of
from certif.galas.honours import honours_of
from certif.galas.list_queries import asked_by
from certif.galas.queries import gala_decided_by, gala_of
from certif.galas.views import pages
from certif.kit import audit
from certif.kit.access import Actor, Role, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _, _n
from certif.kit.web import go, page, say


@pages.route("/mes-galas")
@audience(Role.EMPLOYER)
def list_mine() -> Response:
    """The galas that I organise."""
    return page("galas/list_mine.html", galas=queries.galas_organised_by(actor()), name_of=queries.name_of)


@pages.route("/mes-galas/<ref>")
@audience(Role.EMPLOYER)
def show_evening(ref: str) -> Response:
    """One gala: what it is, what is ready, what is left to do, who organises it."""
    gala = gala_of(actor(), ref)
    return page(
        "galas/show_evening.html", gala=gala, name=queries.name_of(gala), contests=queries.contests_of(gala), title_of=queries.title_of,
        honours=honours_of(gala), counts=counts_of(gala), organisers=queries.organisers_of(gala), history=audit.history(gala), form=Form(),
        cancellation=queries.cancellation_of(gala), decides=queries.decides(actor(), gala), announced=queries.is_announced(gala),
        may_lift=queries.may_lift(actor(), gala), hour=clock_time(begins_at(gala)),
    )  # fmt: skip


@pages.route("/mes-galas/<ref>/modification", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def edit_gala(ref: str) -> Response | Answer:
    """Its name, its day, its place."""
    gala = gala_of(actor(), ref)
    form = GalaForm(obj=gala)
    if form.validate_on_submit():
        with form.held():
            told = actions.edit_gala(gala, form.terms, by=actor())
            say(f"{_('Le gala est modifié.')} {_told(told)}".strip())
            return go("galas.show_evening", ref=ref)
    return page("galas/edit_gala.html", form=form, gala=gala, name=queries.name_of(gala))


@pages.route("/mes-galas/<ref>/concours", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def choose_contests(ref: str) -> Response | Answer:
    """The contests whose laureates it honours."""
    gala = gala_decided_by(actor(), ref)
    form = ContestsForm(contests=[one.ref for one in queries.contests_of(gala)]).offer(queries.contests_for(gala))
    if form.validate_on_submit():
        with form.held():
            actions.choose_contests(gala, form.chosen, by=actor())
            say(_("Les concours du gala sont choisis."))
            return go("galas.show_evening", ref=ref)
    return page("galas/choose_contests.html", form=form, gala=gala, name=queries.name_of(gala))


@pages.route("/mes-galas/<ref>/organisation", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def invite_organiser(ref: str) -> Response | Answer:
    """Let someone of the body that holds it prepare it."""
    gala, form = gala_decided_by(actor(), ref), OrganiserForm(language="fr")
    if form.validate_on_submit():
        with form.held():
            actions.invite_organiser(gala, name=form.name.data, email=form.email.data, language=form.language.data, by=actor())
            say(_("L’organisation est confiée, et le courriel est en route."))
            return go("galas.show_evening", ref=ref)
    return page("galas/invite_organiser.html", form=form, gala=gala, name=queries.name_of(gala))


@pages.route("/mes-galas/<ref>/organisation/<organiser>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def remove_organiser(ref: str, organiser: str) -> Answer:
    """Let them prepare it no more."""
    gala = gala_decided_by(actor(), ref)
    actions.remove_organiser(queries.organiser_in(gala, organiser), by=actor())
    say(_("Cette personne n’organise plus le gala."))
    return go("galas.show_evening", ref=ref)


@pages.route("/mes-galas/<ref>/annonce", methods=["POST"])
@audience(Role.EMPLOYER)
def announce_gala(ref: str) -> Answer:
    """Let anyone read when and where it is held."""
    actions.announce_gala(gala_of(actor(), ref), by=actor())
    say(_("La date et le lieu sont publics. Les lauréats restent sous embargo."))
    return go("galas.show_evening", ref=ref)


@pages.route("/mes-galas/<ref>/annulation", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def cancel_gala(ref: str) -> Response | Answer:
    """It will not be held."""
    gala, form = gala_decided_by(actor(), ref), ReasonForm()
    if form.validate_on_submit():
        with form.held():
            told = actions.cancel_gala(gala, form.reason.data, by=actor())
            say(f"{_('Le gala est annulé.')} {_told(told)}".strip())
            return go("galas.show_evening", ref=ref)
    return page("galas/cancel_gala.html", form=form, gala=gala, name=queries.name_of(gala))


@pages.route("/mes-galas/<ref>/embargo", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def lift_embargo(ref: str) -> Response | Answer:
    """Tell everyone who the laureates are."""
    gala, form = gala_of(actor(), ref), LiftForm()
    if form.validate_on_submit():
        with form.held():
            actions.lift_embargo(gala, by=actor())
            say(_("L’embargo est levé : les lauréats sont connus de tous."))
            return go("galas.show_evening", ref=ref)
    shown = [one for one in honours_of(gala) if one.names_employer]
    name, contests = queries.name_of(gala), queries.contests_of(gala)
    return page("galas/lift_embargo.html", form=form, gala=gala, name=name, shown=shown, contests=contests, title_of=queries.title_of)


def _told(count: int) -> str:
    sent = _n("Un courriel part vers %(num)s personne invitée.", "Un courriel part vers %(num)s personnes invitées.", count)
    return sent if count else ""


@offer_in_space
def my_evenings(actor: Actor) -> Iterator[SpaceLink]:
    """Lead organisers to their galas, and whoever asked for a list to their lists, from their own space."""
    if queries.galas_organised_by(actor):
        yield SpaceLink(_("Mes galas"), "galas.list_mine")
    if asked_by(actor):
        yield SpaceLink(_("Listes de lauréates et lauréats"), "galas.list_my_lists")
