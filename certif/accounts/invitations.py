"""Invitations to the team: sent to an address, accepted once that address is proven."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.accounts.actions import invitation_proof, let_in, open_account, user_for
from certif.accounts.model import ROLE_LABELS, StaffInvitation, User, folded_email
from certif.accounts.reach import check_place, check_power, is_at, visible
from certif.accounts.sessions import Browser, SignIn, actor_of, start_session
from certif.accounts.team import give, holds
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import SYSTEM, Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.programs import Program
from certif.territory import Partner

audit.declare("staff_invited", _l("%(by)s a invité %(to)s : %(role)s."), "to", "role", words={"role": ROLE_LABELS})
audit.declare("staff_invitation_withdrawn", _l("%(by)s a retiré l’invitation de %(to)s."), "to")
audit.declare("staff_invitation_accepted", _l("%(by)s a accepté l’invitation."))

INVITATION_LIFE = dt.timedelta(days=7)

outbox.hide_once_sent("accounts/staff_invited")


def invite_staff(
    email: str, *, name: str, role: Role, program: Program | None = None, partner: Partner | None = None, language: str = "fr", by: Actor
) -> StaffInvitation:
    """Invite someone to hold a role. The letter opens a page; the role is given once the address is proven there.

    Refuses: a role above or outside those of `by`; someone already invited to it.
    """
    check_place(role, program, partner)
    check_power(by, role, program)
    if program is not None:
        lock(program)  # of two who invite the same person, the second is told
    address = folded_email(email)
    again = select(StaffInvitation.id).where(
        StaffInvitation.email == address,
        StaffInvitation.role == role,
        is_at(StaffInvitation, program, partner),
        StaffInvitation.still_open(),
    )
    if db.session.scalar(again):
        raise Refusal(_("Cette personne est déjà invitée. Retirez l’invitation pour en envoyer une autre."))
    token, at = tokens.secret(), clock.now()
    invitation = StaffInvitation(
        ref=tokens.ref(), email=address, name=name, language=language, role=role, program=program, partner=partner,
        token_digest=tokens.digest(token), invited_at=at, invited_by=by.ref, valid_until=at + INVITATION_LIFE,
    )  # fmt: skip
    db.session.add(invitation)
    audit.record("staff_invited", invitation, by=by, to=name, role=invitation.role.value)
    link = absolute_url("accounts.open_invitation", token=token, language=language)
    outbox.queue(
        "accounts/staff_invited", address, language=language, scope=invitation.scope, invitation=invitation, link=link, by_name=by.name
    )
    return invitation


def withdraw_invitation(invitation: StaffInvitation, *, by: Actor) -> None:
    """Take an invitation back.

    Refuses: a role above or outside those of `by`; an invitation that is over.
    """
    check_power(by, invitation.role, invitation.program)
    if not lock(invitation).is_open:
        raise Refusal(_("Cette invitation n’est plus ouverte."))
    invitation.withdrawn_at = clock.now()
    audit.record("staff_invitation_withdrawn", invitation, by=by, to=invitation.name)


def invitation_behind(token: str) -> StaffInvitation | None:
    """Give the invitation of this token while it is open; reading it consumes nothing."""
    return db.session.scalar(
        select(StaffInvitation).where(StaffInvitation.token_digest == tokens.digest(token), StaffInvitation.still_open())
    )


def accept_invitation(invitation: StaffInvitation, code: str, *, browser: Browser) -> SignIn:
    """Accept an invitation with the code sent to the invited address.

    Gives: a session, in an account opened when there was none; the role is given, and counts once a second factor is.
    Refuses: a wrong, used or old code; an invitation that is over; a closed account.
    """
    proof = invitation_proof(invitation, code)
    if not lock(invitation).is_open:
        raise Refusal(_("Cette invitation n’est plus ouverte."))
    known = proof.user or user_for(invitation.email)
    proof.user = known or open_account(invitation.email, name=invitation.name, language=invitation.language)
    signed_in = let_in(proof, browser)
    _take_up(invitation, proof.user)
    return signed_in


def accept_invitation_here(invitation: StaffInvitation, *, browser: Browser) -> SignIn:
    """Accept an invitation where the invited person is signed in already; the session starts anew.

    Refuses: an invitation that is over; a session of another address, or none.
    """
    session = browser.session
    if session is None or session.user.email != invitation.email or not lock(invitation).is_open:
        raise Refusal(_("Cette invitation n’est pas pour ce compte, ou elle n’est plus ouverte."))
    _take_up(invitation, session.user)
    return start_session(session.user, browser=browser)


def open_invitations(by: Actor) -> list[StaffInvitation]:
    """Give the invitations not yet answered in my team, the newest first."""
    wanted = select(StaffInvitation).where(StaffInvitation.still_open(), visible(StaffInvitation, by))
    return list(db.session.scalars(wanted.order_by(StaffInvitation.id.desc())))


def invitation_of_team(ref: str, by: Actor) -> StaffInvitation:
    """Give an invitation of my team by its public name; any other is not found."""
    invitation = db.session.scalar(select(StaffInvitation).where(StaffInvitation.ref == ref, visible(StaffInvitation, by)))
    if invitation is None:
        raise NotFound
    return invitation


def _take_up(invitation: StaffInvitation, user: User) -> None:
    invitation.accepted_at = clock.now()
    by = actor_of(user)
    audit.record("staff_invitation_accepted", invitation, by=by)
    if not holds(user, invitation.role, invitation.program, invitation.partner):
        give(user, invitation.role, invitation.program, invitation.partner, _inviter(invitation))


def _inviter(invitation: StaffInvitation) -> Actor:
    """Give whoever decided of the role: the person who invited, and not the one who accepts."""
    found = db.session.scalar(select(User).where(User.ref == invitation.invited_by))
    return actor_of(found) if found else SYSTEM
