"""Invitations to a meeting: the team sends them, whoever is invited answers by their link."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer_

from certif.kit.access import ANYONE, STAFF, VISITOR, actor, audience
from certif.kit.calendars import ICS
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import download, go, page, say
from certif.visits import invitation_actions as actions
from certif.visits.invitation_forms import AnswerForm, InviteForm
from certif.visits.invitation_letters import calendar_for, title_for_guests
from certif.visits.invitation_model import SAID
from certif.visits.invitation_queries import invitation_behind, invitation_in, is_closed
from certif.visits.queries import hour_of, is_all_day, name_of, visit_to_change
from certif.visits.views import pages


@pages.route("/personnel/terrain/rendez-vous/<ref>/invitation", methods=["GET", "POST"])
@audience(*STAFF)
def invite_person(ref: str) -> Response | Answer_:
    """Somebody to invite; the letter leaves at once."""
    visit, form = visit_to_change(actor(), ref), InviteForm(language="fr")
    if form.validate_on_submit():
        with form.held():
            actions.invite_person(visit, name=form.name.data, email=form.email.data, language=form.language.data, by=actor())
            say(_("L’invitation est en route."))
            return go("visits.show_visit", ref=ref)
    return page("visits/invite_person.html", form=form, visit=visit, name=name_of(visit))


@pages.route("/personnel/terrain/rendez-vous/<ref>/invitation/<invited>/retrait", methods=["POST"])
@audience(*STAFF)
def withdraw_invitation(ref: str, invited: str) -> Answer_:
    """They are expected no more, and hear of it."""
    visit = visit_to_change(actor(), ref)
    actions.withdraw_invitation(invitation_in(visit, invited), by=actor())
    say(_("L’invitation est retirée, et la personne prévenue."))
    return go("visits.show_visit", ref=ref)


@pages.route("/rendez-vous/<token>", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(ANYONE)
def answer_invitation(token: str) -> Response | Answer_:
    """An invitation: reading it changes nothing; the button answers, and may answer again."""
    invitation = invitation_behind(token)
    visit, reply, form = invitation.visit, invitation.reply, AnswerForm(answer=invitation.answer)
    if form.validate_on_submit():
        with form.held():
            actions.note_answer(invitation, form.said, proposed_at=form.proposed_at, note=form.note.data or "", by=VISITOR)
            say(_("Merci ! Votre réponse est notée. Vous pouvez la changer jusqu’au rendez-vous."))
            return go("visits.answer_invitation", token=token)
    return page(
        "visits/answer_invitation.html", form=form, invitation=invitation, visit=visit, token=token, closed=is_closed(invitation),
        said=SAID[invitation.answer] if invitation.answer else None, reply=reply, title_=title_for_guests(visit),
        whole=is_all_day(visit), hour_of=hour_of,
    )  # fmt: skip


@pages.route("/rendez-vous/<token>/rendez-vous.ics", bilingual=False)
@limiter.limit("60 per minute")
@audience(ANYONE)
def download_invitation(token: str) -> Response:
    """The meeting of an invitation, to keep in a calendar."""
    invitation = invitation_behind(token)
    is_off = invitation.visit.cancellation is not None or invitation.withdrawn_at is not None
    return download(calendar_for(invitation, method="CANCEL" if is_off else "REQUEST"), ICS, "rendez-vous.ics")
