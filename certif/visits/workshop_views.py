"""Workshops: anyone asks for one, the team answers."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.imports import KEEPERS
from certif.kit.access import ANYONE, VISITOR, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Choice, Day, Email, Form, LongText, Number, Phone, ShortText
from certif.kit.languages import _, _l, language
from certif.kit.limits import limiter
from certif.kit.web import go, page, say
from certif.plans import AUDIENCES, Audience
from certif.territory import mrc, mrc_choices
from certif.visits import workshop_actions as actions
from certif.visits.views import pages
from certif.visits.workshop_actions import WorkshopWish
from certif.visits.workshop_queries import request_of, requests_of

OFFERED = (Audience.STUDENTS, Audience.PARENTS, Audience.EMPLOYERS, Audience.SCHOOLS, Audience.PARTNERS, Audience.PUBLIC)
"""For whom a workshop may be asked."""


class WorkshopForm(Form):
    """A workshop to ask for."""

    audience = Choice(_l("Pour qui ?"), radio=True, choices=[(one, AUDIENCES[one]) for one in OFFERED])
    people = Number(_l("Combien de personnes, environ ?"), least=1, most=2000)
    body = ShortText(_l("École, entreprise ou organisme"), most=120)
    mrc = Choice(_l("MRC"))
    preferred_on = Day(_l("Date souhaitée"), required=False)
    wished = LongText(_l("Ce que vous souhaitez"), most=1000, required=False, hint=_l("Sujet, durée, moments possibles."))
    contact_name = ShortText(_l("Votre nom"), most=120)
    contact_email = Email(_l("Votre courriel"))
    contact_phone = Phone(_l("Votre téléphone"), required=False)

    def offer(self) -> WorkshopForm:
        """Offer the MRC, by region."""
        self.mrc.choices = {"": [("", _("Choisissez"))], **mrc_choices()}
        return self

    @property
    def wish(self) -> WorkshopWish:
        """What was typed."""
        names = ("body", "people", "preferred_on", "contact_name", "contact_email")
        said: dict[str, Any] = {name: self[name].data for name in names}
        aim, phone = Audience(self.audience.data), self.contact_phone.data or None
        return WorkshopWish(audience=aim, wished=self.wished.data or "", contact_phone=phone, language=language(), **said)


class DeclineForm(Form):
    """Why a workshop will not be held."""

    reason = LongText(_l("Motif"), most=1000, hint=_l("La personne qui l’a demandé le lira."))


@pages.route("/ateliers", methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"])
@audience(ANYONE)
def ask_for_workshop() -> Response | Answer:
    """Where a school, an employer or a body asks for a workshop, without an account."""
    form = WorkshopForm().offer()
    if form.validate_on_submit():
        with form.held():
            actions.ask_for_workshop(mrc(form.mrc.data), form.wish, by=VISITOR)
            say(_("Merci ! Votre demande est entre les mains de l’équipe de votre région, qui vous répondra par courriel."))
            return go("visits.ask_for_workshop")
    return page("visits/ask_for_workshop.html", form=form)


@pages.route("/personnel/terrain/ateliers")
@audience(*KEEPERS)
def list_workshops() -> Response:
    """The workshops that were asked for: those that wait, or all."""
    waiting = request.args.get("vue") != "toutes"
    found = requests_of(actor(), request.args.get("suite"), waiting=waiting)
    return page("visits/list_workshops.html", found=found, next_url=following(found), waiting=waiting, audiences=AUDIENCES)


@pages.route("/personnel/terrain/ateliers/<ref>/refus", methods=["GET", "POST"])
@audience(*KEEPERS)
def decline_workshop(ref: str) -> Response | Answer:
    """It will not be held, and why."""
    asked, form = request_of(actor(), ref), DeclineForm()
    if form.validate_on_submit():
        with form.held():
            actions.decline_workshop(asked, form.reason.data, by=actor())
            say(_("La demande est refusée, et la personne prévenue."))
            return go("visits.list_workshops")
    return page("visits/decline_workshop.html", form=form, asked=asked)
