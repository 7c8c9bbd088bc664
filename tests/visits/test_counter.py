"""Signing at the counter: an employer registers, reads, signs with its own codes and gets its yellow sticker, on the phone of an agent who
signs nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif.accounts import UserSession
from certif.certification import Certification, Stage, verifications_of
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.territory import mrcs, region
from certif.visibility import print_lot
from certif.visits import CounterSitting, Pursuit, recount
from certif.visits.counter_actions import certification_at, prove_contact, send_code_there, sign_there, signing_there
from certif.visits.counter_model import SITTING
from certif.visits.counter_queries import CounterStep, next_step_of
from tests.factories import Person, code_in_letter, make_employer, make_program, make_staff, sign, unit
from tests.pages import Page, Visitor
from tests.visits.chasing import make_prospect

COUNTER = "/personnel/terrain/comptoir"
EMAIL = "mado@exemple.com"


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(shows_in_progress=True)


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


TYPED = {
    "legal_name": "Resto Chez Mado", "address": "12, rue Notre-Dame", "municipality": "Joliette", "postal_code": "J6E 3Z9",
    "mrc": "joliette", "sector": "72", "size": "5-19",
    "contact_name": "Madeleine Roy", "contact_role": "Propriétaire", "contact_email": EMAIL, "present": True,
}  # fmt: skip


def opened(agent: Person, program: Program, **said: object) -> Page:
    """Type the employer in short, and send the code."""
    plain = {**TYPED, "mrc": mrcs(region("14"))[0].slug}
    return agent.open(f"{COUNTER}/nouveau/{program.slug}").fill("Envoyer le code", **plain | said)


def sitting() -> CounterSitting:
    return db.session.scalars(select(CounterSitting)).one()


def proven(agent: Person, program: Program) -> CounterSitting:
    opened(agent, program).fill("Confirmer", code=code_in_letter(EMAIL))
    return sitting()


def test_an_employer_goes_from_its_counter_to_the_yellow_sticker(program: Program, agent: Person) -> None:
    with unit():
        lot = print_lot(program, look="in_progress", quantity=5, by=agent.actor)
    page = opened(agent, program).fill("Confirmer", code=code_in_letter(EMAIL))
    assert page.h1 == "Contrat moral"
    page = page.fill("Ouvrir le contrat")
    assert page.soup.select_one("article.contract[lang=fr]") is not None
    page = page.fill("expressly choose English")
    assert [one["lang"] for one in page.soup.select("article.contract")] == ["en", "fr"]
    page = page.fill("Revenir au français").follow("je signe").fill("Recevoir mon code")
    page = page.fill("Signer le contrat moral", agrees=True, code=code_in_letter(EMAIL))
    assert page.h1 == "Poser une vignette"
    page = page.fill("Noter la pose", number=f"{lot.number}-2", hangs_at="Vitrine")
    assert "Tout est fait" in page.text
    certification = db.session.scalars(select(Certification)).one()
    code = verifications_of(certification)[0].code
    assert "Resto Chez Mado" in Visitor(agent.client.application).open(f"/v/{code}").text


def test_a_prospect_taken_to_the_counter_becomes_the_employer_whatever_its_name_was(program: Program, agent: Person) -> None:
    prospect, other = make_prospect(program, agent.actor, "Chez Mado (coin Principale)"), make_prospect(program, agent.actor, "Scierie")
    page = agent.open(f"/personnel/terrain/prospects/{prospect.ref}").follow("Inscrire à son comptoir")
    page.fill("Envoyer le code", **TYPED).fill("Confirmer", code=code_in_letter(EMAIL))
    stages = dict(db.session.execute(select(Pursuit.prospect_id, Pursuit.stage)).tuples().all())
    assert stages == {prospect.id: "applied", other.id: "prospect"}
    page = agent.open(f"/personnel/terrain/prospects/{prospect.ref}")
    assert "Au registre sous le nom « Resto Chez Mado »" in page.text
    assert "a inscrit ce prospect à son comptoir" in page.text
    assert recount([prospect.id])[prospect.id].stage == "applied", "and counting anew says the same"


def test_the_prospect_of_another_program_is_taken_to_no_counter(program: Program, agent: Person) -> None:
    elsewhere = make_program(code="15")
    theirs = make_prospect(elsewhere, make_staff(Role.AGENT, elsewhere).actor, "Scierie", mrc=mrcs(region("15"))[0])
    page = agent.open(f"{COUNTER}/nouveau/{program.slug}?prospect={theirs.ref}")
    assert "Scierie" not in page.text
    page.fill("Envoyer le code", **TYPED).fill("Confirmer", code=code_in_letter(EMAIL))
    assert sitting().prospect_id is None


def test_the_signature_is_the_employers_and_the_journal_says_who_stood_by(program: Program, agent: Person) -> None:
    found = proven(agent, program)
    base = f"{COUNTER}/{found.ref}"
    agent.open(f"{base}/contrat").fill("Ouvrir le contrat").follow("je signe").fill("Recevoir mon code")
    agent.open(f"{base}/signature").fill("Signer le contrat moral", agrees=True, code=code_in_letter(EMAIL))
    certification = db.session.scalars(select(Certification)).one()
    assert certification.signature is not None
    signatory = sitting().signatory
    assert signatory is not None
    assert (certification.signature.email, certification.signature.signed_by) == (EMAIL, signatory.ref)
    said = {one.event: one.by_ref for one in db.session.scalars(select(JournalEntry))}
    assert said["signature_witnessed"] == agent.user.ref
    assert said["contract_signed"] == signatory.ref
    assert said["employer_registered"] == signatory.ref


def test_the_phone_of_the_agent_never_becomes_the_employers(program: Program, agent: Person) -> None:
    found = proven(agent, program)
    assert found.signatory is not None
    theirs = db.session.scalars(select(UserSession).where(UserSession.user_id == found.signatory.id)).all()
    assert [one.ended_at is not None for one in theirs] == [True]
    assert agent.actor.ref == agent.user.ref
    assert agent.open(COUNTER).h1 == "Signer au comptoir"


def test_an_agent_cannot_be_the_one_who_signs(program: Program, agent: Person) -> None:
    colleague = make_staff(Role.AGENT, program)
    for email in (agent.user.email, colleague.user.email, agent.user.email.upper()):
        page = opened(agent, program, contact_email=email)
        assert page.status == 409
        assert "quelqu’un de l’équipe" in page.text
    assert db.session.scalars(select(CounterSitting)).all() == []
    assert opened(agent, program).h1 == "Confirmer l’adresse"  # any other address is taken


def test_a_wrong_code_registers_nobody(program: Program, agent: Person) -> None:
    page = opened(agent, program)
    right = code_in_letter(EMAIL)
    wrong = "000000" if right != "000000" else "111111"
    assert page.fill("Confirmer", code=wrong).status == 409
    assert db.session.scalars(select(Certification)).all() == []
    assert page.fill("Confirmer", code=right).h1 == "Contrat moral"


def test_a_code_that_proved_the_address_does_not_sign(program: Program, agent: Person) -> None:
    page = opened(agent, program)
    first = code_in_letter(EMAIL)
    page = page.fill("Confirmer", code=first).fill("Ouvrir le contrat").follow("je signe").fill("Recevoir mon code")
    second = code_in_letter(EMAIL)
    if first != second:
        assert page.fill("Signer le contrat moral", agrees=True, code=first).status == 409
    assert page.fill("Signer le contrat moral", agrees=True, code=second).h1 == "Poser une vignette"


def test_nothing_is_signed_before_the_address_is_proven_nor_hours_later(program: Program, agent: Person) -> None:
    opened(agent, program)
    with unit(), pytest.raises(Refusal):
        signing_there(sitting(), by=agent.actor)
    with unit():
        prove_contact(sitting(), code_in_letter(EMAIL), by=agent.actor)
    signing_there(sitting(), by=agent.actor)
    with unit(), pytest.raises(Refusal):
        signing_there(sitting(), by=make_staff(Role.AGENT, program).actor)
    by = agent.actor
    with clock.frozen(clock.now() + SITTING + dt.timedelta(minutes=1)), unit(), pytest.raises(Refusal):
        send_code_there(sitting(), by=by)
    assert sign_there  # the act itself asks the same question first


def test_an_employer_that_is_known_is_not_registered_twice(program: Program, agent: Person) -> None:
    make_employer(legal_name="Resto Chez Mado")
    page = opened(agent, program)
    assert page.status == 409
    assert "déjà inscrite" in page.text


def test_whoever_prefers_signs_from_their_own_phone_and_the_page_follows(program: Program, agent: Person) -> None:
    found = proven(agent, program)
    certification = certification_at(found)
    assert certification.stage is Stage.AWAITING_CONTRACT
    sign(certification)
    assert "Poser une vignette" in agent.open(f"{COUNTER}/{found.ref}").text


def test_a_sticker_of_the_wrong_look_or_number_is_refused(program: Program, agent: Person) -> None:
    with unit():
        lot = print_lot(program, look="certified", quantity=2, by=agent.actor)
    found = proven(agent, program)
    page = agent.open(f"{COUNTER}/{found.ref}/vignette")
    assert page.fill("Noter la pose", number=f"{lot.number}-1", hangs_at="Porte").status == 409
    assert page.fill("Noter la pose", number="9999-1", hangs_at="Porte").status == 409


def test_where_nothing_in_progress_is_shown_the_sticker_comes_later(app: Flask) -> None:
    program = make_program()
    found = proven(make_staff(Role.AGENT, program), program)
    sign(certification_at(found))
    assert next_step_of(found) is CounterStep.LATER


def test_the_page_of_who_signs_leads_to_no_tool_of_staff(program: Program, agent: Person) -> None:
    found = proven(agent, program)
    page = agent.open(f"{COUNTER}/{found.ref}/contrat")
    assert page.soup.select("a[href='/personnel']") == []
    assert agent.open(f"{COUNTER}/{found.ref}").soup.select("a[href='/personnel']") != []


def test_a_counter_of_elsewhere_is_not_found(program: Program, agent: Person) -> None:
    found = proven(agent, program)
    stranger = make_staff(Role.AGENT, make_program(code="02"))
    assert stranger.open(f"{COUNTER}/{found.ref}").status == 404
