"""What anyone reads of a gala, and what a guest answers by the link of an invitation."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug import Response as Answer

from certif.galas import calendars, guest_actions, queries
from certif.galas.evening import begins_at, clock_time
from certif.galas.guest_forms import LostInvitationForm, ReplyForm
from certif.galas.guest_letters import ask_for_invitations
from certif.galas.guest_queries import guest_behind, guest_known, is_cancelled
from certif.galas.honours import honours_of
from certif.kit import clock
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import Pages, anonymous, download, go, page, say

pages = Pages("galas", __name__)

_KEPT_SECONDS = 30


@pages.route("/galas/<ref>")
@limiter.limit("120 per minute")
@anonymous
@audience(ANYONE)
def show_gala(ref: str) -> Response:
    """When and where a gala is held; who is honoured, once the embargo is lifted, and of them those who agreed."""
    gala = queries.gala_shown(ref)
    honours = [one for one in honours_of(gala) if one.names_employer] if gala.lift else []
    answer = page(
        "galas/show_gala.html", gala=gala, name=queries.name_of(gala), honours=honours, cancellation=queries.cancellation_of(gala),
        hour=clock_time(begins_at(gala)), is_past=gala.held_on < clock.today(),
    )  # fmt: skip
    answer.headers["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return answer


@pages.route("/galas/<ref>/soiree.ics", bilingual=False)
@limiter.limit("60 per minute")
@anonymous
@audience(ANYONE)
def download_calendar(ref: str) -> Response:
    """The evening, to keep in a calendar."""
    return download(calendars.calendar_of(queries.gala_shown(ref)), calendars.ICS, "gala.ics")


@pages.route("/galas/invitation-perdue", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(ANYONE)
def ask_for_invitation() -> Response | Answer:
    """Ask for a lost invitation with the address it went to. Who is invited is told to nobody: the answer is the same."""
    form = LostInvitationForm()
    if form.validate_on_submit():
        with form.held():
            ask_for_invitations(form.email.data or "")
            say(_("Si une invitation à une soirée à venir est partie vers cette adresse, elle y repart à l’instant."))
            return go("galas.ask_for_invitation")
    return page("galas/ask_for_invitation.html", form=form)


@pages.route("/galas/invitation/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def answer_invitation(token: str) -> Response | Answer:
    """An invitation: reading it changes nothing; the button answers, and may answer again."""
    guest = guest_known(token)
    if guest is None:
        return page("galas/invitation_gone.html", status=404)
    reply, gala = guest.reply, guest.gala
    form = ReplyForm(coming=("yes" if reply.is_coming else "no") if reply else None, seats=reply.seats if reply else None).offer(guest)
    if form.validate_on_submit():
        with form.held():
            guest_actions.note_reply(guest, is_coming=form.is_coming, seats=form.count, by=VISITOR)
            say(_("Merci ! Votre réponse est notée. Vous pouvez la changer jusqu’au jour de la soirée."))
            return go("galas.answer_invitation", token=token)
    known: dict[str, Any] = {"name": queries.name_of(gala), "hour": clock_time(begins_at(gala)), "is_past": gala.held_on < clock.today()}
    return page("galas/answer_invitation.html", form=form, guest=guest, gala=gala, token=token, cancelled=is_cancelled(gala), **known)


@pages.route("/galas/invitation/<token>/soiree.ics", bilingual=False)
@limiter.limit("60 per minute")
@audience(ANYONE)
def download_invitation(token: str) -> Response:
    """The evening of an invitation, to keep in a calendar."""
    return download(calendars.calendar_of(guest_behind(token).gala), calendars.ICS, "gala.ics")
