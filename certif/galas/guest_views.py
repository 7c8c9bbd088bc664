"""The guests of a gala: who is invited, what they answered, and the letters that go out."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.galas import guest_actions as actions
from certif.galas import guest_queries as queries
from certif.galas.guest_forms import GuestForm, ReplyForm
from certif.galas.guest_letters import resend_invitation as resend
from certif.galas.guest_queries import guest_in
from certif.galas.queries import gala_of, name_of
from certif.galas.views import pages
from certif.kit.access import Role, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _, _n
from certif.kit.web import go, page, say


@pages.route("/mes-galas/<ref>/convives")
@audience(Role.EMPLOYER)
def list_guests(ref: str) -> Response:
    """Who is invited, who comes, who sits where."""
    gala = gala_of(actor(), ref)
    found = queries.guests_of(gala, request.args.get("suite"))
    counts, name = queries.counts_of(gala), name_of(gala)
    return page("galas/list_guests.html", gala=gala, name=name, found=found, next_url=following(found), counts=counts, form=Form())


@pages.route("/mes-galas/<ref>/convives/nouveau", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def add_guest(ref: str) -> Response | Answer:
    """One more to invite."""
    gala, form = gala_of(actor(), ref), GuestForm(seats=2, language="fr")
    if form.validate_on_submit():
        with form.held():
            actions.add_guest(gala, form.terms, by=actor())
            say(_("La personne invitée est ajoutée."))
            return go("galas.list_guests", ref=ref)
    return page("galas/add_guest.html", form=form, gala=gala)


@pages.route("/mes-galas/<ref>/convives/<guest>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def edit_guest(ref: str, guest: str) -> Response | Answer:
    """Who it is, how many come, where the invitation goes."""
    gala = gala_of(actor(), ref)
    found = guest_in(gala, guest)
    form = GuestForm(obj=found)
    if form.validate_on_submit():
        with form.held():
            actions.edit_guest(found, form.terms, by=actor())
            say(_("La personne invitée est modifiée."))
            return go("galas.list_guests", ref=ref)
    return page("galas/edit_guest.html", form=form, gala=gala, guest=found)


@pages.route("/mes-galas/<ref>/convives/<guest>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
def drop_guest(ref: str, guest: str) -> Answer:
    """Forget them."""
    actions.drop_guest(guest_in(gala_of(actor(), ref), guest), by=actor())
    say(_("La personne invitée est retirée, sa place aussi."))
    return go("galas.list_guests", ref=ref)


@pages.route("/mes-galas/<ref>/convives/<guest>/reponse", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def note_reply(ref: str, guest: str) -> Response | Answer:
    """What they answered by telephone."""
    gala = gala_of(actor(), ref)
    found = guest_in(gala, guest)
    reply, form = found.reply, ReplyForm().offer(found)
    if form.validate_on_submit():
        with form.held():
            actions.note_reply(found, is_coming=form.is_coming, seats=form.count, by=actor())
            say(_("La réponse est notée."))
            return go("galas.list_guests", ref=ref)
    return page("galas/note_reply.html", form=form, gala=gala, guest=found, reply=reply)


@pages.route("/mes-galas/<ref>/convives/<guest>/renvoi", methods=["POST"])
@audience(Role.EMPLOYER)
def resend_invitation(ref: str, guest: str) -> Answer:
    """Send a lost invitation again."""
    found = guest_in(gala_of(actor(), ref), guest)
    resend(found, by=actor())
    say(_("L’invitation est en route vers %(email)s.", email=found.email))
    return go("galas.list_guests", ref=ref)


@pages.route("/mes-galas/<ref>/invitations", methods=["POST"])
@audience(Role.EMPLOYER)
def invite_guests(ref: str) -> Answer:
    """Write to the laureates and to every guest with an address, each once."""
    count = actions.invite_guests(gala_of(actor(), ref), by=actor())
    say(_n("%(num)s invitation est en route.", "%(num)s invitations sont en route.", count))
    return go("galas.list_guests", ref=ref)
