"""Who acts for an employer: asked for, invited, accepted, ended; and never nobody."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from certif import employers
from certif.employers import Employer, JoinRequest, MemberInvitation, Membership, people
from certif.kit import clock
from certif.kit.access import VISITOR, Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from tests.conftest import Mailbox
from tests.employers.people import person, register

pytestmark = pytest.mark.usefixtures("unit")

OWNER = "aicha@exemple.com"


def ask(employer: Employer, email: str = "noemie@exemple.com", message: str = "Je suis gérante.") -> None:
    employers.ask_to_join(employer, name="Noémie Roy", email=email, message=message, language="fr", by=VISITOR)


def invite(employer: Employer, email: str = "noemie@exemple.com", role: str = "member", by: Actor | None = None) -> MemberInvitation:
    return employers.invite_member(employer, email=email, name="Noémie Roy", role=role, by=by or person(OWNER))


def enter(employer: Employer, email: str, role: str = "member") -> Actor:
    newcomer = person(email)
    employers.accept_invitation(invite(employer, email, role), by=newcomer)
    return newcomer


def token_in(letter_body: str) -> str:
    found = re.search(r"/mon-espace/invitation/([\w-]{43})", letter_body)
    assert found
    return found.group(1)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_request_to_join_is_told_to_the_owners_and_to_nobody_else(letters: Mailbox) -> None:
    employer = register(legal_name="Ferme du Ruisseau")
    enter(employer, "membre@exemple.com")
    before = len(letters.all())
    ask(employer)
    [letter] = letters.all()[before:]
    assert letter.to_address == OWNER
    assert "Noémie Roy" in letter.body
    assert "Je suis gérante." in letter.body
    assert f"/mon-espace/personnes/{employer.ref}" in letter.body


def test_asking_again_adds_nothing(letters: Mailbox) -> None:
    employer = register()
    ask(employer)
    ask(employer, "NOEMIE@exemple.com")
    assert count(JoinRequest) == len(letters.all()) == 1


def test_a_member_who_asks_to_join_is_reminded_by_letter_and_the_owners_are_left_in_peace(letters: Mailbox) -> None:
    employer = register()
    ask(employer, OWNER)
    assert count(JoinRequest) == 0
    assert letters.last(OWNER).name == "employers/already_member"


def test_requests_to_one_employer_are_bounded() -> None:
    employer = register()
    for number in range(people.MOST_OPEN_REQUESTS):
        ask(employer, f"personne{number}@exemple.com")
    with pytest.raises(Refusal, match="Trop de demandes"):
        ask(employer, "une.de.trop@exemple.com")


def test_what_a_stranger_types_makes_no_link_in_the_letter(letters: Mailbox) -> None:
    ask(register(), message="Visitez www.exemple.org ou https://exemple.org {{7*7}} %(name)s <b>")
    body = letters.last(OWNER).body
    assert "www.exemple" not in body
    assert "https://exemple" not in body
    assert "{{7*7}} %(name)s <b>" in body


def test_an_accepted_request_becomes_an_invitation_which_proves_the_address(letters: Mailbox) -> None:
    employer, owner = register(), person(OWNER)
    ask(employer)
    [request] = people.pending_requests(employer)
    employers.accept_join_request(request, role="member", by=owner)
    noemie = person("noemie@exemple.com")
    assert not employers.is_member(noemie.user_id, employer)
    employers.accept_invitation(employers.invitation_of(token_in(letters.last("noemie@exemple.com").body)), by=noemie)
    assert employers.is_member(noemie.user_id, employer)
    assert (request.is_accepted, request.decided_by) == (True, owner.ref)
    with pytest.raises(Refusal, match="déjà reçu une réponse"):
        employers.decline_join_request(request, by=owner)


def test_a_declined_request_is_told_and_may_be_made_again(letters: Mailbox) -> None:
    employer, owner = register(), person(OWNER)
    ask(employer)
    employers.decline_join_request(people.pending_requests(employer)[0], by=owner)
    assert letters.last("noemie@exemple.com").name == "employers/join_declined"
    ask(employer)
    assert len(people.pending_requests(employer)) == 1


def test_only_an_owner_answers_a_request() -> None:
    employer = register()
    member = enter(employer, "membre@exemple.com")
    ask(employer)
    [request] = people.pending_requests(employer)
    for by in (member, person("etrangere@exemple.com"), VISITOR):
        with pytest.raises(Refusal, match="Seule une personne responsable"):
            employers.accept_join_request(request, role="owner", by=by)
        with pytest.raises(Refusal, match="Seule une personne responsable"):
            employers.decline_join_request(request, by=by)


def test_a_member_invites_a_signatory_and_nobody_more_powerful() -> None:
    employer = register()
    member = enter(employer, "membre@exemple.com")
    assert invite(employer, "patronne@exemple.com", "signatory", member).role == "signatory"
    for role in ("member", "owner"):
        with pytest.raises(Refusal, match="Seule une personne responsable"):
            invite(employer, "patronne@exemple.com", role, member)


def test_a_stranger_invites_nobody_not_even_a_signatory() -> None:
    with pytest.raises(Refusal, match="Seule une personne responsable"):
        invite(register(), role="signatory", by=person("etrangere@exemple.com"))


def test_inviting_again_at_once_sends_one_letter_and_later_replaces_the_link(letters: Mailbox) -> None:
    employer = register()
    first = invite(employer)
    assert invite(employer) is first
    [letter] = letters.to("noemie@exemple.com")
    with clock.frozen(clock.now() + people.PAUSE + dt.timedelta(seconds=1)):
        assert invite(employer) is first
        assert len(letters.to("noemie@exemple.com")) == 2
        with pytest.raises(NotFound):
            employers.invitation_of(token_in(letter.body))
        assert employers.invitation_of(token_in(letters.last("noemie@exemple.com").body)) is first


def test_the_link_of_an_invitation_is_nowhere_in_the_database_but_in_its_letter() -> None:
    invitation = invite(register())
    assert re.fullmatch(r"[0-9a-f]{64}", invitation.token_digest)


def test_who_already_acts_is_not_invited_to_less_but_may_be_invited_to_more() -> None:
    employer = register()
    member = enter(employer, "membre@exemple.com")
    for role in ("signatory", "member"):
        with pytest.raises(Refusal, match="fait déjà partie"):
            invite(employer, "membre@exemple.com", role)
    employers.accept_invitation(invite(employer, "membre@exemple.com", "owner"), by=member)
    assert [membership.role for membership in employers.members_of(employer)] == ["owner", "owner"]


def test_invitations_in_a_day_are_bounded() -> None:
    employer = register()
    for number in range(people.MOST_INVITATIONS_A_DAY):
        invite(employer, f"personne{number}@exemple.com")
    with pytest.raises(Refusal, match="Attendez à demain"):
        invite(employer, "une.de.trop@exemple.com")
    with clock.frozen(clock.now() + dt.timedelta(days=1, seconds=1)):
        assert invite(employer, "une.de.trop@exemple.com")


def test_an_invitation_is_accepted_at_the_invited_address_only() -> None:
    employer = register()
    invitation = invite(employer)
    for by in (person("autre@exemple.com"), VISITOR):
        with pytest.raises(Refusal, match="à une autre adresse"):
            employers.accept_invitation(invitation, by=by)
    assert len(employers.members_of(employer)) == 1


def test_accepting_twice_gives_one_membership() -> None:
    employer = register()
    invitation, noemie = invite(employer), person("noemie@exemple.com")
    first = employers.accept_invitation(invitation, by=noemie)
    assert employers.accept_invitation(invitation, by=noemie) is first
    assert count(Membership) == 2


def test_an_old_a_withdrawn_and_a_used_invitation_let_nobody_in() -> None:
    employer, owner, noemie = register(), person(OWNER), person("noemie@exemple.com")
    old, withdrawn = invite(employer), invite(employer, role="owner")
    employers.withdraw_invitation(withdrawn, by=owner)
    with pytest.raises(Refusal, match="n’est plus valable"):
        employers.accept_invitation(withdrawn, by=noemie)
    with clock.frozen(old.valid_until), pytest.raises(Refusal, match="n’est plus valable"):
        employers.accept_invitation(old, by=noemie)
    employers.end_membership(employers.accept_invitation(old, by=noemie), by=owner)
    with pytest.raises(Refusal, match="n’est plus valable"):
        employers.accept_invitation(old, by=noemie)


def test_only_an_owner_withdraws_an_invitation_and_only_while_it_is_open() -> None:
    employer = register()
    invitation = invite(employer)
    with pytest.raises(Refusal, match="Seule une personne responsable"):
        employers.withdraw_invitation(invitation, by=enter(employer, "membre@exemple.com"))
    employers.withdraw_invitation(invitation, by=person(OWNER))
    with pytest.raises(Refusal, match="n’est plus ouverte"):
        employers.withdraw_invitation(invitation, by=person(OWNER))


def test_a_person_leaves_and_an_owner_ends_anyones_membership() -> None:
    employer, owner = register(), person(OWNER)
    one, other = enter(employer, "un@exemple.com"), enter(employer, "deux@exemple.com")
    mine = {membership.user_id: membership for membership in employers.members_of(employer)}
    employers.end_membership(mine[one.user_id], by=one)
    with pytest.raises(Refusal, match="Seule une personne responsable"):
        employers.end_membership(mine[owner.user_id], by=other)
    employers.end_membership(mine[other.user_id], by=owner)
    assert employers.employers_of(one) == employers.employers_of(other) == []
    with pytest.raises(Refusal, match="déjà plus partie"):
        employers.end_membership(mine[other.user_id], by=owner)


def test_who_left_may_come_back() -> None:
    employer = register()
    noemie = enter(employer, "noemie@exemple.com")
    employers.end_membership(employers.membership_of(noemie, employer.ref), by=noemie)
    enter(employer, "noemie@exemple.com", "signatory")
    assert employers.membership_of(noemie, employer.ref).role == "signatory"


def test_the_last_owner_cannot_leave_until_there_is_another() -> None:
    employer, owner = register(), person(OWNER)
    enter(employer, "membre@exemple.com")
    with pytest.raises(Refusal, match="au moins une personne responsable"):
        employers.end_membership(employers.membership_of(owner, employer.ref), by=owner)
    enter(employer, "noemie@exemple.com", "owner")
    employers.end_membership(employers.membership_of(owner, employer.ref), by=owner)
    assert employers.employers_of(owner) == []


def test_what_belongs_to_anothers_organisation_is_not_found() -> None:
    employer, stranger = register(), person("etrangere@exemple.com")
    invitation = invite(employer)
    ask(employer, "autre@exemple.com")
    [request], [membership] = people.pending_requests(employer), employers.members_of(employer)
    for by in (stranger, VISITOR):
        for question, ref in (
            (people.colleague_of, membership.ref),
            (people.request_of, request.ref),
            (people.my_invitation, invitation.ref),
        ):
            with pytest.raises(NotFound):
                question(by, ref)
    assert people.request_of(person(OWNER), request.ref) is request
