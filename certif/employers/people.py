"""Who acts for an employer: asking to join, inviting, accepting, leaving."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from sqlalchemy import Select, func, select
from werkzeug.exceptions import NotFound

from certif.accounts import Browser, Purpose, SignIn, actor_of, confirm_address, folded_email, prove_address
from certif.employers import claims
from certif.employers.arrivals import JoinRequest, MemberInvitation
from certif.employers.kinds import ROLES, MemberRole
from certif.employers.model import Employer, Membership, is_member, members_of
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url

audit.declare("join_requested", _l("Une personne a demandé à se joindre à l’organisation."))
audit.declare("join_accepted", _l("%(by)s a accepté une demande de se joindre à l’organisation."))
audit.declare("join_declined", _l("%(by)s a refusé une demande de se joindre à l’organisation."))
audit.declare("member_invited", _l("%(by)s a invité une personne (%(role)s)."), "role", words={"role": ROLES})
audit.declare("invitation_withdrawn", _l("%(by)s a retiré une invitation."))
audit.declare("member_joined", _l("%(by)s s’est joint à l’organisation (%(role)s)."), "role", words={"role": ROLES})
audit.declare("membership_ended", _l("%(by)s a mis fin à la participation d’une personne."), "membership")

outbox.hide_once_sent("employers/member_invited")

INVITATION_LIFE = dt.timedelta(days=14)
PAUSE = dt.timedelta(minutes=10)
MOST_INVITATIONS_A_DAY = 20
MOST_OPEN_REQUESTS = 20

_Row = TypeVar("_Row", Membership, JoinRequest, MemberInvitation)
_RANK = {MemberRole.SIGNATORY: 0, MemberRole.MEMBER: 1, MemberRole.OWNER: 2}


def ask_to_join(employer: Employer, *, name: str, email: str, message: str, language: str, by: Actor) -> None:
    """Ask an employer's owners to be let in. The answer to the person is the same whoever is already in: letters tell the rest.

    Takes: `email`, an address nobody has proven yet: an invitation will be sent there if an owner accepts.
    Refuses: too many undecided requests.
    """
    lock(employer)
    email = folded_email(email)
    if any(folded_email(membership.user.email) == email for membership in members_of(employer)):
        outbox.queue("employers/already_member", email, language=language, url=absolute_url("employers.list_employers", language=language))
        return
    waiting = pending_requests(employer)
    if any(request.email == email for request in waiting):
        return
    if len(waiting) >= MOST_OPEN_REQUESTS:
        raise Refusal(_("Trop de demandes attendent déjà une réponse. Réessayez dans quelques jours."))
    if not members_of(employer):
        _let_contact_know(employer, by)
    request = JoinRequest(employer=employer, name=name, email=email, message=message, language=language, asked_at=clock.now())
    db.session.add(request)
    db.session.flush()
    audit.record("join_requested", employer, by=by)
    for membership in members_of(employer):
        if membership.is_owner:
            spoken = membership.user.language
            url = absolute_url("employers.list_people", ref=employer.ref, language=spoken)
            outbox.queue("employers/join_requested", membership.user.email, language=spoken, request=request, url=url)


def accept_join_request(request: JoinRequest, *, role: str, by: Actor) -> MemberInvitation:
    """Accept a request: the person receives an invitation at the address given, which proves it.

    Refuses: a request already decided; someone who is no owner; what `invite_member` refuses.
    """
    _decide(request, by, accepted=True)
    invitation = invite_member(request.employer, email=request.email, name=request.name, role=role, by=by, language=request.language)
    audit.record("join_accepted", request.employer, by=by)
    return invitation


def decline_join_request(request: JoinRequest, *, by: Actor) -> None:
    """Decline a request, and tell the person.

    Refuses: a request already decided; someone who is no owner.
    """
    _decide(request, by, accepted=False)
    audit.record("join_declined", request.employer, by=by)
    outbox.queue("employers/join_declined", request.email, language=request.language, request=request)


def invite_member(employer: Employer, *, email: str, name: str, role: str, by: Actor, language: str = "fr") -> MemberInvitation:
    """Invite a person to act for an employer. Invited again later, the person gets a new link and the old one stops.

    Takes: `role`, one of `MemberRole`; `language` of the letter.
    Refuses: someone who does not act for the employer; anyone but an owner who invites another than a signatory; a person who already
    may as much; too many invitations in a day.
    """
    lock(employer)
    _check_may_invite(employer, role, by)
    email, now = folded_email(email), clock.now()
    for membership in members_of(employer):
        if folded_email(membership.user.email) == email and _rank(membership.role) >= _rank(role):
            raise Refusal(_("Cette personne fait déjà partie de l’organisation."))
    invitation = next((it for it in open_invitations(employer) if (it.email, it.role) == (email, role)), None)
    if invitation is not None and invitation.invited_at > now - PAUSE:
        return invitation
    if _count_since(employer, now - dt.timedelta(days=1)) >= MOST_INVITATIONS_A_DAY:
        raise Refusal(_("Trop d’invitations ont été envoyées aujourd’hui. Attendez à demain."))
    token = tokens.secret()
    if invitation is None:
        invitation = MemberInvitation(employer=employer, email=email, role=role)
        db.session.add(invitation)
    invitation.name, invitation.language, invitation.token_digest = name, language, tokens.digest(token)
    invitation.invited_at, invitation.invited_by, invitation.valid_until = now, by.ref, now + INVITATION_LIFE
    db.session.flush()
    audit.record("member_invited", employer, by=by, role=role)
    url = absolute_url("employers.accept_invitation", token=token, language=language)
    outbox.queue("employers/member_invited", email, language=language, invitation=invitation, inviter=by.name, url=url)
    return invitation


def withdraw_invitation(invitation: MemberInvitation, *, by: Actor) -> None:
    """Take an invitation back: its link stops at once.

    Refuses: an invitation accepted or withdrawn; someone who is no owner.
    """
    lock(invitation)
    _check_owner(invitation.employer, by)
    if not invitation.is_open:
        raise Refusal(_("Cette invitation n’est plus ouverte."))
    invitation.withdrawn_at = clock.now()
    audit.record("invitation_withdrawn", invitation.employer, by=by)


def accept_invitation(invitation: MemberInvitation, *, by: Actor) -> Membership:
    """Enter an employer's people. Done again, it gives the same membership.

    Takes: `by`, signed in under the invited address.
    Refuses: another address; an invitation withdrawn, used or too old.
    """
    employer = lock(invitation.employer)
    lock(invitation)
    if by.user_id is None or folded_email(by.email) != invitation.email:
        raise Refusal(_("Cette invitation a été envoyée à une autre adresse. Connectez-vous avec l’adresse qui l’a reçue."))
    current = next((membership for membership in members_of(employer) if membership.user_id == by.user_id), None)
    if invitation.accepted_at is not None and current is not None:
        return current
    check_open(invitation)
    invitation.accepted_at = clock.now()
    if current is None:
        current = Membership(user_id=by.user_id, employer=employer, role=invitation.role, since=clock.now(), added_by=invitation.invited_by)
        db.session.add(current)
    elif _rank(invitation.role) > _rank(current.role):
        current.role = invitation.role
    db.session.flush()
    audit.record("member_joined", employer, by=by, role=current.role)
    return current


def check_open(invitation: MemberInvitation) -> None:
    """Let an invitation pass that can still be accepted. Refuses any other, with the way out."""
    if not invitation.is_open:
        raise Refusal(_("Cette invitation n’est plus valable. Demandez qu’on vous en envoie une nouvelle."))


def ask_for_proof(invitation: MemberInvitation) -> None:
    """Send six digits to the invited address, for whoever is not signed in with it.

    Refuses: an invitation no longer valid; too many letters to this address.
    """
    check_open(invitation)
    prove_address(invitation.email, Purpose.INVITATION, language=invitation.language)


def accept_with_code(invitation: MemberInvitation, code: str, *, browser: Browser) -> SignIn:
    """Accept with the six digits: the account is opened when there is none, the person signs in and enters.

    Refuses: an invitation no longer valid; a wrong or old code; too many guesses.
    """
    check_open(invitation)
    told = {"name": invitation.name, "language": invitation.language}
    signed_in = confirm_address(invitation.email, code, purpose=Purpose.INVITATION, browser=browser, **told)
    accept_invitation(invitation, by=actor_of(signed_in.session.user))
    return signed_in


def end_membership(membership: Membership, *, by: Actor) -> None:
    """End what a person does for an employer: an owner ends anyone's, a person ends their own.

    Refuses: one already ended; someone else who is no owner; the last owner, so that the employer keeps somebody.
    """
    employer = lock(membership.employer)
    lock(membership)
    if membership.ended_at is not None:
        raise Refusal(_("Cette personne ne fait déjà plus partie de l’organisation."))
    if membership.user_id != by.user_id:
        _check_owner(employer, by)
    if membership.is_owner and sum(other.is_owner for other in members_of(employer)) == 1:
        raise Refusal(_("Une organisation garde au moins une personne responsable. Invitez-en une autre avant de retirer celle-ci."))
    membership.ended_at, membership.ended_by = clock.now(), by.ref
    audit.record("membership_ended", employer, by=by, membership=membership.ref)


def invitation_of(token: str) -> MemberInvitation:
    """Give the invitation of this link, whatever became of it. Refuses (404) a link that was never sent, or was replaced."""
    found = db.session.scalar(select(MemberInvitation).where(MemberInvitation.token_digest == tokens.digest(token)))
    if found is None:
        raise NotFound
    return found


def colleague_of(actor: Actor, ref: str) -> Membership:
    """Give the membership named `ref` of an employer for which this person acts, ended ones included. Refuses (404) any other."""
    return _of_mine(actor, select(Membership).where(Membership.ref == ref))


def request_of(actor: Actor, ref: str) -> JoinRequest:
    """Give the request named `ref` to an employer for which this person acts, whatever became of it. Refuses (404) any other."""
    return _of_mine(actor, select(JoinRequest).where(JoinRequest.ref == ref))


def my_invitation(actor: Actor, ref: str) -> MemberInvitation:
    """Give the invitation named `ref` of an employer for which this person acts, whatever became of it. Refuses (404) any other."""
    return _of_mine(actor, select(MemberInvitation).where(MemberInvitation.ref == ref))


def open_invitations(employer: Employer) -> list[MemberInvitation]:
    """Give the invitations that can still be accepted, the oldest first."""
    query = select(MemberInvitation).where(MemberInvitation.employer_id == employer.id, MemberInvitation.accepted_at.is_(None))
    return [invitation for invitation in db.session.scalars(query.order_by(MemberInvitation.id)) if invitation.is_open]


def pending_requests(employer: Employer) -> list[JoinRequest]:
    """Give the requests that await an owner's answer, the oldest first."""
    query = select(JoinRequest).where(JoinRequest.employer_id == employer.id, JoinRequest.decided_at.is_(None))
    return list(db.session.scalars(query.order_by(JoinRequest.id)))


def role_name(role: str) -> str:
    """Give a role in the language being spoken."""
    return str(ROLES[MemberRole(role)])


def _let_contact_know(employer: Employer, by: Actor) -> None:
    """Where nobody acts for an employer yet, invite its contact to, who will then find the request."""
    try:
        claims.invite_to_take_over(employer, by=by)
    except Refusal:
        return  # the letter is on its way already


def _of_mine(actor: Actor, query: Select[tuple[_Row]]) -> _Row:
    found = db.session.scalar(query)
    if found is None or not is_member(actor.user_id, found.employer):
        raise NotFound
    return found


def _count_since(employer: Employer, at: dt.datetime) -> int:
    """Count the invitations sent for an employer since `at`."""
    recent = select(func.count()).where(MemberInvitation.employer_id == employer.id, MemberInvitation.invited_at > at)
    return db.session.scalar(recent) or 0


def _decide(request: JoinRequest, by: Actor, *, accepted: bool) -> None:
    lock(request.employer)
    lock(request)
    _check_owner(request.employer, by)
    if request.decided_at is not None:
        raise Refusal(_("Cette demande a déjà reçu une réponse."))
    request.is_accepted, request.decided_at, request.decided_by = accepted, clock.now(), by.ref


def _rank(role: str) -> int:
    return _RANK[MemberRole(role)]


def _check_may_invite(employer: Employer, role: str, by: Actor) -> None:
    own = next((membership for membership in members_of(employer) if membership.user_id == by.user_id), None)
    if own is None or (not own.is_owner and role != MemberRole.SIGNATORY):
        raise Refusal(_("Seule une personne responsable de l’organisation peut inviter quelqu’un."))


def _check_owner(employer: Employer, by: Actor) -> None:
    if not any(membership.user_id == by.user_id and membership.is_owner for membership in members_of(employer)):
        raise Refusal(_("Seule une personne responsable de l’organisation peut faire cela."))
