"""A signature recorded from paper may be contested, and set aside before the badge; nothing that was recorded is erased."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from certif import certification as paths
from certif.certification import Certification, Stage, at
from certif.certification.signatures import SignatureSetAside
from certif.kit import evidence
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from tests.certification.paper import record
from tests.certification.signing import READ, ask_code, is_signed, owner_actor, sign
from tests.conftest import Mailbox
from tests.factories import Person, decide, make_certification, make_program, make_staff, unit

SPACE = "/mon-espace"


@pytest.fixture
def agent(certification: Certification) -> Person:
    return make_staff(Role.AGENT, certification.program)


def test_the_employer_contests_and_nothing_is_granted_until_it_is_set_aside(
    certification: Certification, owner: Person, agent: Person, letters: Mailbox
) -> None:
    record(certification, by=agent.actor)
    page = owner.open(SPACE).follow("Contester la signature consignée sur papier")
    assert page.fill("Contester").status == 422
    page.fill("Contester", reason="Rosalie n’a pas ce pouvoir.")
    assert letters.last(agent.user.email).name == "certification/signature_contested"
    assert "Rosalie n’a pas ce pouvoir." in agent.open(f"/personnel/dossiers/{certification.ref}").text
    assert "Contestation reçue" in owner.open(f"/certification/contrat/contestation?dossier={certification.ref}").text
    with pytest.raises(Refusal, match="déjà contestée"), unit():
        paths.contest_signature(certification, "Encore.", by=owner.actor)
    with pytest.raises(Refusal, match="conteste la signature"):
        decide(certification, Stage.CERTIFIED)
    agent.open(f"/personnel/dossiers/{certification.ref}").follow("Mettre cette signature").fill("Mettre", reason="Mauvaise personne.")
    assert not is_signed(certification)
    assert certification.stage is Stage.AWAITING_CONTRACT
    assert db.session.scalar(db.select(Certification.ref).where(at(Stage.AWAITING_CONTRACT))) == certification.ref, "in lists as well"
    assert "Mauvaise personne." in letters.last(certification.employer.contact_email).body
    assert "Ouvrir le contrat moral" in owner.open(READ).text, "and it is signed as any other"
    sign(certification, ask_code(certification))
    decide(certification, Stage.CERTIFIED)
    assert certification.signature is not None
    assert certification.signature.number == 2


def test_what_was_set_aside_stays_with_its_page(certification: Certification, agent: Person) -> None:
    kept = record(certification, by=agent.actor)
    with unit():
        paths.set_aside_signature(certification, "Mauvais dossier.", by=agent.actor)
    assert kept.paper is not None
    assert evidence.is_kept(kept.paper.scan_digest)
    assert evidence.is_kept(kept.pdf_digest)
    aside = db.session.scalars(db.select(SignatureSetAside)).one()
    assert (aside.signature_id, aside.setter, aside.reason) == (kept.id, agent.actor.name, "Mauvais dossier.")
    for table in ("contract_signature", "paper_signature", "signature_set_aside"):
        with pytest.raises(DBAPIError), db.session.begin_nested():
            db.session.execute(db.text(f"DELETE FROM {table}"))
    with pytest.raises(Refusal, match="n’a pas été consignée"), unit():
        paths.set_aside_signature(certification, "Encore.", by=agent.actor)


def test_a_signature_on_the_screen_or_a_certification_granted_is_not_set_aside(certification: Certification, agent: Person) -> None:
    sign(certification, ask_code(certification))
    with pytest.raises(Refusal, match="n’a pas été consignée"), unit():
        paths.set_aside_signature(certification, "Non.", by=agent.actor)
    with pytest.raises(Refusal, match="n’a pas été consignée"), unit():
        paths.contest_signature(certification, "Non.", by=owner_actor(certification))
    other = make_certification(Stage.AWAITING_CONTRACT, certification.program)
    record(other, by=agent.actor)
    decide(other, Stage.CERTIFIED)
    with pytest.raises(Refusal, match="suspendez-la ou révoquez-la"), unit():
        paths.set_aside_signature(other, "Non.", by=agent.actor)
    stranger = make_staff(Role.AGENT, make_program(code="03")).actor
    with pytest.raises(Refusal, match="votre rôle"), unit():
        paths.set_aside_signature(other, "Non.", by=stranger)
