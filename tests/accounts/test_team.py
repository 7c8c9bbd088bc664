"""The team: who may give which role where, at once; invitations; the last administrator stays."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.accounts import add_staff, grants_of, reach, revoke_grant, sessions, staff_of, team, user_for
from certif.accounts.model import Grant
from certif.kit import audit, clock
from certif.kit.access import SYSTEM, VISITOR, Actor, Granted, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.territory import partners, region
from tests.accounts.people import (
    ANA,
    BEN,
    EVE,
    account,
    cookie_of,
    enter,
    grant,
    install_application,
    is_in,
    program,
    session_behind,
    staff,
)
from tests.conftest import Mailbox
from tests.pages import Visitor

TEAM = "/personnel/equipe"


def someone(*grants: Granted) -> Actor:
    """Give somebody of the team, the second factor given."""
    return Actor(ref="someone", name="Quelqu’un", user_id=0, roles=frozenset(each.role for each in grants), grants=grants)


def test_a_revoked_role_is_gone_at_the_next_request(app: Flask, letters: Mailbox) -> None:
    here = program("Lanaudière")
    manager = staff(app, letters, BEN, Role.MANAGER, here)
    assert manager.open(TEAM).status == 200
    with transaction():
        ben = user_for(BEN)
        assert ben is not None
        revoke_grant(grants_of(ben)[0], by=SYSTEM)
    assert manager.open(TEAM).status == 403


def test_if_roles_were_read_at_sign_in_only_the_revoked_would_stay(app: Flask, letters: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    here = program("Lanaudière")
    manager = staff(app, letters, BEN, Role.MANAGER, here)
    remembered = sessions.presence_of(str(cookie_of(manager)))
    assert remembered is not None
    monkeypatch.setattr("certif.accounts.identity.presence_of", lambda token: remembered)
    with transaction():
        revoke_grant(db.session.scalars(select(Grant).where(Grant.role == Role.MANAGER)).one(), by=SYSTEM)
    assert manager.open(TEAM).status == 200


def test_a_new_role_asks_for_the_second_factor_under_a_new_token(app: Flask, letters: Mailbox) -> None:
    here = program("Lanaudière")
    agent = staff(app, letters, BEN, Role.AGENT, here)
    before = cookie_of(agent)
    grant(BEN, Role.MANAGER, here)
    assert agent.open(TEAM).h1 == "Second facteur"
    found = session_behind(before)
    assert found is not None
    assert found.second_factor_at is None


def test_someone_who_gains_a_first_role_is_asked_at_once(visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    assert visitor.open(TEAM).status == 403
    grant(ANA, Role.ADMIN)
    assert visitor.open(TEAM).h1 == "Installer le second facteur"


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER, Role.AGENT, Role.PARTNER])
def test_who_may_give_what_where(app: Flask, role: Role) -> None:
    here, elsewhere = program("Ici"), program("Ailleurs", "03")
    partner = partners(region=region("14"))[0]
    place = {} if role is Role.ADMIN else {"program": here, **({"partner": partner} if role is Role.PARTNER else {})}
    givers = {
        someone(Granted(Role.ADMIN)): True,
        someone(Granted(Role.MANAGER, here.id)): role is not Role.ADMIN,
        someone(Granted(Role.MANAGER, elsewhere.id)): False,
        someone(Granted(Role.AGENT, here.id)): False,
        someone(Granted(Role.PARTNER, here.id, partner.id)): False,
        someone(): False,
        VISITOR: False,
        SYSTEM: True,
    }
    for number, (by, may) in enumerate(givers.items()):
        user = account(f"personne{number}@exemple.com")
        if may:
            with transaction():
                assert team.grant_role(user, role, **place, by=by).role is role
        else:
            with pytest.raises(Refusal, match="Vos propres rôles"), transaction():
                team.grant_role(user, role, **place, by=by)


def test_a_role_has_its_place(app: Flask) -> None:
    here, user = program("Ici"), account()
    partner = partners(region=region("14"))[0]
    for role, place in [
        (Role.ADMIN, {"program": here}),
        (Role.MANAGER, {}),
        (Role.AGENT, {"program": here, "partner": partner}),
        (Role.PARTNER, {"program": here}),
        (Role.EMPLOYER, {"program": here}),
    ]:
        with pytest.raises(Refusal), transaction():
            team.grant_role(user, role, **place, by=SYSTEM)


def test_the_database_itself_refuses_a_role_twice_or_out_of_place(app: Flask) -> None:
    here, user = program("Ici"), account()
    for places in ([(Role.MANAGER, here.id)] * 2, [(Role.ADMIN, None)] * 2, [(Role.ADMIN, here.id)], [(Role.AGENT, None)]):
        with pytest.raises(IntegrityError), transaction():
            for role, place in places:
                row = Grant(user_id=user.id, role=role, program_id=place, granted_at=clock.now(), granted_by="x")
                db.session.add(row)
                db.session.flush()


def test_a_role_already_held_is_not_given_again(app: Flask) -> None:
    here, user = program("Ici"), account()
    with transaction():
        team.grant_role(user, Role.AGENT, program=here, by=SYSTEM)
    with pytest.raises(Refusal, match="déjà"), transaction():
        team.grant_role(user, Role.AGENT, program=here, by=SYSTEM)
    with transaction():
        add_staff(ANA, Role.AGENT, [here])
    assert len(grants_of(user)) == 1


def test_the_last_administrator_stays(app: Flask) -> None:
    ana = grant(ANA, Role.ADMIN)
    with pytest.raises(Refusal, match="au moins une personne"), transaction():
        team.revoke_grant(grants_of(ana)[0], by=SYSTEM)
    with pytest.raises(Refusal, match="au moins une personne"), transaction():
        team.disable_user(db.session.merge(ana), by=SYSTEM)
    ben = grant(BEN, Role.ADMIN)
    with transaction():
        team.disable_user(db.session.merge(ben), by=SYSTEM)
    with pytest.raises(Refusal), transaction():
        team.revoke_grant(grants_of(ana)[0], by=SYSTEM)
    with transaction():
        team.enable_user(db.session.merge(ben), by=SYSTEM)
    with transaction():
        team.revoke_grant(grants_of(ana)[0], by=SYSTEM)
    assert grants_of(ana) == []


def test_without_the_check_nobody_would_be_left(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team, "_keep_an_administrator", lambda *, without: None)
    ana = grant(ANA, Role.ADMIN)
    with transaction():
        team.revoke_grant(grants_of(ana)[0], by=SYSTEM)
    assert grants_of(ana) == []


def test_no_account_exists_before_the_command_line_makes_one(app: Flask, letters: Mailbox, visitor: Visitor) -> None:
    assert db.session.query(Grant).count() == 0
    with transaction():
        user = add_staff("Premiere@Exemple.com", Role.ADMIN)
    assert user.email == "premiere@exemple.com"
    enter(visitor, letters, user.email)
    install_application(visitor)
    assert visitor.open(TEAM).h1 == "Équipe"


def test_a_manager_sees_their_own_team_only(app: Flask, letters: Mailbox) -> None:
    here, elsewhere = program("Ici"), program("Ailleurs", "03")
    manager = staff(app, letters, BEN, Role.MANAGER, here)
    grant(ANA, Role.AGENT, here, name="Ana Ici")
    eve = grant(EVE, Role.AGENT, elsewhere, name="Eve Ailleurs")
    page = manager.open(TEAM)
    assert "Ana Ici" in page.text
    assert "Eve" not in page.text
    assert manager.open(f"{TEAM}/{eve.ref}").status == 404
    token = page.soup.find("input", attrs={"name": "csrf_token"})["value"]
    given = grants_of(eve)[0]
    for path in (f"{TEAM}/roles/{given.ref}/retrait", f"{TEAM}/{eve.ref}/second-facteur"):
        assert manager.send(path, {"csrf_token": token}).status == 404
    assert manager.send(f"{TEAM}/{eve.ref}/fermeture", {"csrf_token": token}).status == 403
    assert len(grants_of(eve)) == 1


def test_a_manager_is_offered_nothing_above_or_outside(app: Flask, letters: Mailbox) -> None:
    here, elsewhere = program("Ici"), program("Ailleurs", "03")
    manager = staff(app, letters, BEN, Role.MANAGER, here)
    ana = grant(ANA, Role.AGENT, here)
    page = manager.open(f"{TEAM}/{ana.ref}")
    assert "Administration provinciale" not in [label.get_text() for label in page.soup.main.find_all("label")]
    assert page.fill("Donner ce rôle", role="admin", program="", partner="").status == 422
    assert page.fill("Donner ce rôle", role="manager", program=elsewhere.ref, partner="").status == 422
    assert len(grants_of(ana)) == 1
    page.fill("Donner ce rôle", role="manager", program=here.ref, partner="")
    assert {each.role for each in grants_of(ana)} == {Role.AGENT, Role.MANAGER}


def test_roles_are_given_and_taken_back_on_the_pages(app: Flask, letters: Mailbox) -> None:
    here = program("Ici")
    admin = staff(app, letters, BEN, Role.ADMIN)
    ana = grant(ANA, Role.AGENT, here, name="Ana Tremblay")
    page = admin.open(TEAM).follow("Ana Tremblay")
    page = page.fill("Retirer ce rôle")
    assert page.h1 == "Équipe"
    assert grants_of(ana) == []
    told = [entry.sentence for entry in audit.history(db.session.scalars(select(Grant).where(Grant.user_id == ana.id)).one())]
    assert told == [
        "Certif a donné un rôle à Ana Tremblay\u00a0: Agente ou agent régional.",
        "Ben a retiré un rôle à Ana Tremblay\u00a0: Agente ou agent régional.",
    ]


def test_a_closed_account_is_out_and_can_be_opened_again(app: Flask, letters: Mailbox) -> None:
    here = program("Ici")
    admin = staff(app, letters, BEN, Role.ADMIN)
    ana = staff(app, letters, ANA, Role.AGENT, here)
    admin.open(TEAM).follow("Ana").fill("Fermer le compte")
    assert not is_in(ana)
    admin.open(TEAM).follow("Ana").fill("Rouvrir le compte")
    enter(ana, letters)
    assert is_in(ana)


def test_letters_to_the_team_go_to_who_holds_a_role_there(app: Flask) -> None:
    here, elsewhere = program("Ici"), program("Ailleurs", "03")
    grant(ANA, Role.MANAGER, here)
    grant(BEN, Role.AGENT, here, elsewhere)
    grant(EVE, Role.ADMIN)
    assert [user.email for user in staff_of(here, [Role.MANAGER, Role.AGENT])] == [ANA, BEN]
    assert [user.email for user in staff_of(elsewhere, [Role.AGENT, Role.ADMIN])] == [BEN, EVE]


def test_the_roles_one_may_give_are_one_place(app: Flask) -> None:
    assert reach.roles_to_give(someone(Granted(Role.ADMIN)))[0] is Role.ADMIN
    assert Role.ADMIN not in reach.roles_to_give(someone(Granted(Role.MANAGER, 1)))


@pytest.mark.parametrize("path", [TEAM, f"{TEAM}/invitation", f"{TEAM}/nimporte"])
def test_who_is_no_manager_opens_nothing_of_the_team(app: Flask, letters: Mailbox, visitor: Visitor, path: str) -> None:
    here = program("Ici")
    assert visitor.open(path).h1 == "Se connecter"
    agent = staff(app, letters, BEN, Role.AGENT, here)
    assert agent.open(path).status == 403
    account()
    enter(visitor, letters)
    assert visitor.open(path).status == 403
