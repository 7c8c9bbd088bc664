"""Whoever may not sign invites whoever may; whoever would rather not says why, and is heard."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from certif import certification as paths
from certif.certification import Certification, Stage
from certif.employers import members_of
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.territory import PartnerKind, partners
from tests.certification.signing import READ, SIGN, TYPED, ask_code, is_signed, owner_actor, sign, to_the_form
from tests.conftest import Mailbox
from tests.factories import Person, code_in_letter, make_program, make_staff, unit
from tests.pages import Page, Visitor

REASON = "Nos horaires changent d’une semaine à l’autre, et 15 heures, c’est trop peu."
INVITED = {"name": "Noémie Dion", "email": "noemie@exemple.com", "spoken": "fr"}


def link_in(letters: Mailbox, address: str) -> str:
    """Give the path of the link of the newest letter to an address."""
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", letters.last(address).body)
    assert found
    return found.group(1)


def decline(owner: Person, reason: str = REASON) -> Page:
    """Refuse to sign, through pages."""
    owner.open(READ).fill("Ouvrir le contrat moral")
    return owner.open(READ).follow("Nous préférons ne pas signer").fill("Envoyer ma réponse", reason=reason)


def test_a_refusal_reaches_staff_by_letter_and_in_their_queue(certification: Certification, owner: Person, letters: Mailbox) -> None:
    program = certification.program
    manager, agent = make_staff(Role.MANAGER, program), make_staff(Role.AGENT, program)
    others = [make_staff(Role.MANAGER, make_program(code="03"))]
    others.append(make_staff(Role.PARTNER, program, partner=partners(PartnerKind.IRC, program.region)[0]))
    page = decline(owner)
    assert page.h1 == "Mon espace"
    assert "Merci de nous l’avoir dit" in page.soup.get_text()
    for person in (manager, agent):
        letter = letters.last(person.user.email)
        assert letter.name == "certification/contract_declined"
        assert REASON in letter.body
        assert certification.employer.name in person.open("/personnel?attente=declined").text
        opened = person.open(link_in(letters, person.user.email))
        assert REASON in opened.text
    for other in others:
        assert not [letter for letter in letters.to(other.user.email) if letter.name == "certification/contract_declined"]


def test_whoever_refused_can_still_sign(certification: Certification, owner: Person) -> None:
    decline(owner)
    assert certification.stage is Stage.AWAITING_CONTRACT
    sign(certification, ask_code(certification))
    assert certification.stage is Stage.AWAITING_VALIDATION
    assert [one.reason for one in certification.declines] == [REASON], "and what was said before stays"
    page = make_staff(Role.AGENT, certification.program).open("/personnel?attente=declined")
    assert certification.employer.name not in page.text


def test_a_refusal_without_a_reason_is_not_taken(certification: Certification, owner: Person, letters: Mailbox) -> None:
    page = decline(owner, "  ")
    assert page.status == 422
    assert page.errors()
    long = "Trop. " * 400
    page = page.fill("Envoyer", reason=long)
    assert page.status == 422
    assert page.soup.find(id="reason").get_text().strip() == long.strip()
    db.session.expire_all()
    assert certification.declines == []


def test_what_is_signed_can_no_longer_be_refused(certification: Certification) -> None:
    sign(certification, ask_code(certification))
    with pytest.raises(Refusal, match="n’attend pas"), unit():
        paths.decline_contract(certification, REASON, by=owner_actor(certification))


def test_the_right_person_is_invited_signs_and_nothing_typed_is_lost(
    app: Flask, certification: Certification, owner: Person, letters: Mailbox
) -> None:
    owner.open(READ).fill("Ouvrir le contrat moral")
    before = employer_as_it_is(certification)
    page = owner.open(READ).follow("Non, inviter la personne qui a ce pouvoir").fill("Envoyer l’invitation", **INVITED)
    assert "Tout ce que vous avez rempli est gardé" in page.soup.get_text()
    signatory = Visitor(app)
    page = signatory.open(link_in(letters, INVITED["email"])).fill("Accepter l’invitation")
    page = page.fill("Confirmer et accepter", code=code_in_letter(INVITED["email"]))
    assert page.h1 == "Mon espace"
    assert certification.employer.name in page.text
    page = page.follow("Lire et signer le contrat moral")
    assert page.soup.find("article", class_="contract"), "the text was delivered to the employer, and stays open"
    page = signatory.open(SIGN).fill("Recevoir mon code")
    assert page.soup.find(id="signatory")["value"] == INVITED["name"]
    page.fill("Signer", role="Directrice générale", agrees=True, code=code_in_letter(INVITED["email"]))
    assert is_signed(certification)
    signature = certification.signature
    assert signature is not None
    assert (signature.signatory, signature.email) == (INVITED["name"], INVITED["email"])
    assert employer_as_it_is(certification) == before
    for address in (INVITED["email"], certification.employer.contact_email):
        assert letters.last(address).name == "certification/contract_signed"


def test_whoever_is_invited_to_sign_is_told_so_and_the_space_says_who_was_asked(
    certification: Certification, owner: Person, letters: Mailbox
) -> None:
    page = owner.open("/certification/contrat/signataire").fill("Envoyer l’invitation", **INVITED)
    assert "lire le contrat moral" in letters.last(INVITED["email"]).body
    assert f"{INVITED['name']} a reçu une invitation à le lire et à le signer." in page.text


def employer_as_it_is(certification: Certification) -> dict[str, object]:
    """Give everything that was typed about the employer."""
    db.session.expire_all()
    employer = certification.employer
    return {column.key: getattr(employer, column.key) for column in employer.__table__.columns}


def test_a_signatory_opens_the_text_alone_too(app: Flask, certification: Certification, owner: Person, letters: Mailbox) -> None:
    owner.open("/certification/contrat/signataire").fill("Envoyer l’invitation", **INVITED)
    assert certification.deliveries == []
    signatory = Visitor(app)
    signatory.open(link_in(letters, INVITED["email"])).fill("Accepter").fill("Confirmer", code=code_in_letter(INVITED["email"]))
    to_the_form(signatory).fill("Signer", **TYPED, code=code_in_letter(INVITED["email"]))  # type: ignore[arg-type]
    assert is_signed(certification)
    db.session.expire_all()
    invited = next(one for one in members_of(certification.employer) if one.user.email == INVITED["email"])
    assert certification.deliveries[0].shown_to == invited.user.ref
    assert (invited.role, invited.is_owner) == ("signatory", False)


def test_an_invitation_in_english_is_written_in_english(certification: Certification, owner: Person, letters: Mailbox) -> None:
    owner.open("/certification/contrat/signataire").fill("Envoyer l’invitation", **{**INVITED, "spoken": "en"})
    assert letters.last(INVITED["email"]).language == "en"


@pytest.mark.parametrize("field", ["name", "email"])
def test_who_is_invited_must_be_named(certification: Certification, owner: Person, field: str, letters: Mailbox) -> None:
    page = owner.open("/certification/contrat/signataire").fill(
        "Envoyer l’invitation", **{**INVITED, field: "—" if field == "email" else ""}
    )
    assert page.status == 422
    kept = "name" if field == "email" else "email"
    assert page.soup.find(id=kept)["value"] == INVITED[kept]
    assert letters.to(INVITED["email"]) == []


def test_inviting_oneself_is_refused_with_what_was_typed_kept(certification: Certification, owner: Person) -> None:
    page = owner.open("/certification/contrat/signataire").fill("Envoyer", **{**INVITED, "email": owner.user.email})
    assert page.status == 409
    assert "déjà partie" in " ".join(page.errors())
    assert page.soup.find(id="name")["value"] == INVITED["name"]
