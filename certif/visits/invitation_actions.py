"""What can happen to an invitation: sent, answered by the other party, withdrawn, recalled two days before, forgotten."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select

from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.visits.invitation_letters import invite_by_letter, remind_by_letter, tell_off, token_for
from certif.visits.invitation_model import SAID, InvitationAnswer, InvitationReminder, InvitationReply, VisitInvitation
from certif.visits.model import Visit
from certif.visits.plan_actions import lock_standing
from certif.visits.plan_travel import is_past
from certif.visits.queries import is_standing, name_of

audit.declare("guest_asked", _l("%(by)s a invité une personne à un rendez-vous."))
audit.declare("guest_answered", _l("Une personne invitée à un rendez-vous a répondu."))
audit.declare("guest_told_off", _l("%(by)s a retiré une invitation à un rendez-vous."))
audit.declare("guest_recalled", _l("Une personne invitée à un rendez-vous a reçu un rappel."))

KEPT = dt.timedelta(days=90)
"""How long after the meeting those who were invited are kept."""

AHEAD = dt.timedelta(days=2)
MOST_INVITED = 60
MOST_REPLIES = 20


def invite_person(visit: Visit, *, name: str, email: str, language: str, by: Actor, has_chosen: bool = False) -> VisitInvitation:
    """Invite somebody to a meeting, by a letter with a link to answer, and with the meeting as calendars take it.

    Takes: `has_chosen`, whether they chose its hour themselves: they have accepted, and their letter asks for nothing.

    Refuses: a meeting that is cancelled, reported or past; an address that is invited already; one more than `MOST_INVITED`.
    """
    lock_standing(visit)
    if is_past(visit):
        raise Refusal(_("Ce rendez-vous est passé."))
    if len(db.session.scalars(select(VisitInvitation.id).where(VisitInvitation.visit_id == visit.id)).all()) >= MOST_INVITED:
        raise Refusal(_("Un rendez-vous a au plus %(most)s personnes invitées.", most=MOST_INVITED))
    known = select(VisitInvitation).where(VisitInvitation.visit_id == visit.id, VisitInvitation.email == email)
    invitation = db.session.scalar(known)
    if invitation is not None and invitation.withdrawn_at is None:
        raise Refusal(_("Cette adresse a déjà son invitation à ce rendez-vous."))
    if invitation is None:
        invitation = VisitInvitation(visit=visit, email=email, ref=tokens.ref())
        db.session.add(invitation)
    invitation.name, invitation.language = name, language
    invitation.invited_at, invitation.invited_by = clock.now(), by.ref
    invitation.withdrawn_at = invitation.withdrawn_by = None
    token_for(invitation)
    db.session.flush()
    audit.record("guest_asked", visit, by=by)
    if has_chosen:
        note_answer(invitation, InvitationAnswer.ACCEPTED, by=by)
    invite_by_letter(invitation)
    return invitation


def withdraw_invitation(invitation: VisitInvitation, *, by: Actor) -> None:
    """Expect somebody no more, and tell them. Refuses: what is withdrawn already; a meeting that is cancelled or reported."""
    visit = lock_standing(invitation.visit)
    lock(invitation)
    if invitation.withdrawn_at is not None:
        raise Refusal(_("Cette invitation est déjà retirée."))
    invitation.withdrawn_at, invitation.withdrawn_by = clock.now(), by.ref
    tell_off(invitation, reason="")
    audit.record("guest_told_off", visit, by=by)


def note_answer(
    invitation: VisitInvitation, answer: InvitationAnswer, *, proposed_at: dt.datetime | None = None, note: str = "", by: Actor
) -> InvitationReply:
    """Note what somebody answers to their invitation, and tell those who go. The same answer again is no news.

    Takes: `proposed_at`, when they could, with `InvitationAnswer.PROPOSED` only.
    Refuses: a meeting that is cancelled, reported or past; an invitation that was withdrawn; another time that is past, or not said; too
    many answers.
    """
    visit = lock_standing(invitation.visit)
    lock(invitation)
    if invitation.withdrawn_at is not None or is_past(visit):
        raise Refusal(_("Cette invitation ne tient plus."))
    proposed_at = proposed_at if answer is InvitationAnswer.PROPOSED else None
    if answer is InvitationAnswer.PROPOSED and (proposed_at is None or proposed_at <= clock.now()):
        raise Refusal(_("Choisissez un moment à venir."))
    last = invitation.reply
    if last and (last.answer, last.proposed_at, last.note, last.sequence) == (answer.value, proposed_at, note, visit.sequence):
        return last
    if len(invitation.replies) >= MOST_REPLIES:
        raise Refusal(_("Vous avez beaucoup changé d’avis : écrivez à la personne qui vous invite."))
    reply = InvitationReply(
        number=len(invitation.replies) + 1, answer=answer.value, sequence=visit.sequence, proposed_at=proposed_at, note=note,
        replied_at=clock.now(),
    )  # fmt: skip
    invitation.replies.append(reply)
    audit.record("guest_answered", visit, by=by)
    _tell_goers(invitation, reply)
    return reply


@recurring("remind_the_invited", every=dt.timedelta(hours=1))
def remind_the_invited() -> None:
    """Remind whoever is invited, and did not decline, of what is in two days at most: once for each time that a meeting has."""
    soon = Visit.starts_at > clock.now(), Visit.starts_at <= clock.now() + AHEAD, is_standing()
    found = select(VisitInvitation.id).join(Visit, Visit.id == VisitInvitation.visit_id).where(*soon)
    late = VisitInvitation.invited_at < clock.now() - dt.timedelta(days=1)
    for key in db.session.scalars(found.where(VisitInvitation.withdrawn_at.is_(None), late).order_by(VisitInvitation.id)).all():
        with transaction():
            _remind(db.session.get_one(VisitInvitation, key))


@recurring("forget_the_invited", every=dt.timedelta(days=1), retention=True)
def forget_the_invited() -> None:
    """Forget who was invited to meetings of long ago, as their model says."""
    with transaction():
        ended = select(Visit.id).where(Visit.ends_at < clock.now() - KEPT)
        old = select(VisitInvitation.id).where(VisitInvitation.visit_id.in_(ended))
        for table in (InvitationReply, InvitationReminder):
            db.session.execute(delete(table).where(table.invitation_id.in_(old)), execution_options={"synchronize_session": False})
        db.session.execute(
            delete(VisitInvitation).where(VisitInvitation.visit_id.in_(ended)), execution_options={"synchronize_session": False}
        )


def _remind(invitation: VisitInvitation) -> None:
    if invitation.answer is InvitationAnswer.DECLINED:
        return
    sent = {"invitation_id": invitation.id, "sequence": invitation.visit.sequence, "reminded_at": clock.now()}
    if insert_new(InvitationReminder, [sent], InvitationReminder.id):
        remind_by_letter(invitation)
        audit.record("guest_recalled", invitation.visit, by=SYSTEM)


def _tell_goers(invitation: VisitInvitation, reply: InvitationReply) -> None:
    visit = invitation.visit
    for user in (goer.user for goer in visit.goers):
        outbox.queue(
            "visits/invitation_answered", user.email, language=user.language, scope=visit.scope, visit=visit, what=name_of(visit),
            person=invitation.name, said=SAID[InvitationAnswer(reply.answer)], reply=reply,
            url=absolute_url("visits.show_visit", ref=visit.ref, language=user.language),
        )  # fmt: skip
