"""Invitations to the team: accepted by who reads the mail of the invited address, once, in a week."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from certif.accounts import grants_of, invitations, sessions, user_for
from certif.accounts.actions import request_invitation_code
from certif.accounts.model import StaffInvitation
from certif.kit import clock
from certif.kit.access import SYSTEM, Actor, Granted, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.territory import PartnerKind, partners, region
from tests.accounts.people import (
    ANA,
    BEN,
    EVE,
    account,
    code_in,
    cookie_of,
    enter,
    install_application,
    path_in,
    program,
    staff,
)
from tests.conftest import Mailbox
from tests.pages import Visitor

TEAM = "/personnel/equipe"


def manager_of(here: Program) -> Actor:
    """Give a manager of a program, the second factor given."""
    return Actor(ref="x", name="X", user_id=0, roles=frozenset({Role.MANAGER}), grants=(Granted(Role.MANAGER, here.id),))


def invite(admin: Visitor, here: Program, email: str = EVE, **more: str):
    """Invite someone as an agent."""
    answers = {"name": "Ève Roy", "email": email, "language": "fr", "role": "agent", "program": here.ref, "partner": "", **more}
    return admin.open(f"{TEAM}/invitation").fill("Envoyer", **answers)


def test_an_invitation_is_accepted_once_the_address_is_proven(app: Flask, letters: Mailbox, visitor: Visitor) -> None:
    here = program("Ici")
    admin = staff(app, letters, BEN, Role.ADMIN)
    assert invite(admin, here).h1 == "Équipe"
    page = visitor.open(path_in(letters.last(EVE)))
    assert page.path == "/personnel/invitation", "the token has left the address"
    page = page.fill("Accepter")
    assert page.h1 == "Confirmer votre adresse"
    assert user_for(EVE) is None, "nothing is opened before the address is proven"
    page = page.fill(code=code_in(letters.last(EVE)))
    assert page.h1 == "Installer le second facteur"
    install_application(visitor)
    assert [each.role for each in grants_of(user_for(EVE))] == [Role.AGENT]


def test_someone_signed_in_at_the_invited_address_accepts_at_once(app: Flask, letters: Mailbox, visitor: Visitor) -> None:
    here = program("Ici")
    account(EVE)
    admin = staff(app, letters, BEN, Role.ADMIN)
    invite(admin, here)
    path = path_in(letters.last(EVE))
    enter(visitor, letters, EVE)
    before = cookie_of(visitor)
    assert visitor.open(path).fill("Accepter").h1 == "Installer le second facteur"
    assert cookie_of(visitor) != before


def test_someone_else_who_has_the_link_gets_no_role(app: Flask, letters: Mailbox, visitor: Visitor) -> None:
    here = program("Ici")
    account(ANA)
    admin = staff(app, letters, BEN, Role.ADMIN)
    invite(admin, here)
    path = path_in(letters.last(EVE))
    enter(visitor, letters, ANA)
    page = visitor.open(path).fill("Accepter")
    assert page.h1 == "Confirmer votre adresse", "the code goes to the invited address"
    assert page.fill(code=code_in(letters.last(ANA))).status == 409
    assert grants_of(user_for(ANA)) == []


@pytest.mark.parametrize("over", ["accepted", "withdrawn", "old"])
def test_an_invitation_that_is_over_opens_nothing(app: Flask, letters: Mailbox, visitor: Visitor, over: str) -> None:
    here = program("Ici")
    admin = staff(app, letters, BEN, Role.ADMIN)
    invite(admin, here)
    path = path_in(letters.last(EVE))
    if over == "accepted":
        other = Visitor(app)
        other.open(path).fill("Accepter").fill(code=code_in(letters.last(EVE)))
    elif over == "withdrawn":
        admin.open(TEAM).fill("Retirer l’invitation")
    with clock.frozen(clock.now() + (invitations.INVITATION_LIFE if over == "old" else dt.timedelta())):
        assert visitor.open(path).status == 410


def test_the_code_of_one_invitation_does_not_accept_another(app: Flask, letters: Mailbox) -> None:
    here = program("Ici")
    with transaction():
        first = invitations.invite_staff(EVE, name="Ève", role=Role.AGENT, program=here, by=SYSTEM)
        second = invitations.invite_staff(EVE, name="Ève", role=Role.ADMIN, by=SYSTEM)
    with transaction():
        request_invitation_code(first)
    with pytest.raises(Refusal), transaction():
        invitations.accept_invitation(second, code_in(letters.last(EVE)), browser=sessions.Browser())
    assert user_for(EVE) is None


def test_nobody_is_invited_twice_to_the_same_role(app: Flask, letters: Mailbox) -> None:
    here = program("Ici")
    admin = staff(app, letters, BEN, Role.ADMIN)
    invite(admin, here)
    assert invite(admin, here).status == 409
    assert db.session.query(StaffInvitation).count() == 1


def test_a_manager_invites_to_their_own_programs_only(app: Flask, letters: Mailbox) -> None:
    here, elsewhere = program("Ici"), program("Ailleurs", "03")
    manager = staff(app, letters, BEN, Role.MANAGER, here)
    assert invite(manager, here, program=elsewhere.ref).status == 422
    assert invite(manager, here, role="admin", program="").status == 422
    assert invite(manager, here).status == 200
    with pytest.raises(Refusal), transaction():
        invitations.invite_staff(EVE, name="Ève", role=Role.ADMIN, by=manager_of(here))


def test_a_partner_is_invited_for_one_body(app: Flask, letters: Mailbox) -> None:
    here = program("Ici")
    body = next(body for body in partners(region=region("14")) if body.kind != PartnerKind.IRC)
    admin = staff(app, letters, BEN, Role.ADMIN)
    assert invite(admin, here, role="partner").status == 409, "a partner needs a body"
    assert invite(admin, here, role="partner", partner=body.ref).status == 200
    assert db.session.query(StaffInvitation).one().partner_id == body.id
