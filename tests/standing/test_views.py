"""Staff suspend, reinstate and revoke through pages, and the public sees it at once."""

from __future__ import annotations

import pytest

from certif.certification import Certification, Stage, verifications_of
from certif.kit.access import Role
from certif.programs import pause_program, resume_program
from tests.factories import Person, make_certification, make_person, make_program, make_staff, owner_of, unit
from tests.pages import Visitor

PAGES = {"suspension": Stage.CERTIFIED, "levee": Stage.SUSPENDED, "revocation": Stage.CERTIFIED}


def address(certification: Certification, act: str) -> str:
    return f"/personnel/dossiers/{certification.ref}/{act}"


def code_of(certification: Certification) -> str:
    return verifications_of(certification)[0].code


def test_a_suspension_and_its_end_are_seen_on_the_public_page_at_once(visitor: Visitor) -> None:
    certification = make_certification()
    manager, code = make_staff(Role.MANAGER, certification.program), code_of(certification)
    assert visitor.open(f"/v/{code}").h1 == "Certifié"
    page = manager.open(address(certification, "suspension")).fill("Suspendre", reason="Une plainte à vérifier.")
    assert page.status == 200
    assert page.path == f"/personnel/dossiers/{certification.ref}"
    assert visitor.open(f"/v/{code}").h1 == "Suspendu"
    manager.open(address(certification, "levee")).fill("Lever", reason="La plainte n’est pas fondée.")
    assert visitor.open(f"/v/{code}").h1 == "Certifié"
    manager.open(address(certification, "revocation")).fill("Révoquer", reason="Engagements non tenus.", understood=True)
    assert visitor.open(f"/v/{code}").h1 == "Révoqué"


def test_the_space_offers_what_may_be_posted_up_while_it_may_and_says_that_a_program_is_paused(app: object) -> None:
    certification = make_certification()
    owner, manager = make_person(owner_of(certification.employer)), make_staff(Role.MANAGER, certification.program)
    before = owner.open("/mon-espace")
    assert ("Trousse de visibilité d" in before.text, "Programme en pause" in before.text) == (True, False)
    with unit():
        pause_program(certification.program, reason="Relève à trouver.", by=manager.actor)
    paused = owner.open("/mon-espace")
    assert "aucun rappel ne part avant la reprise" in paused.text
    assert "Relève à trouver." not in paused.text, "the reason is for staff"
    with unit():
        resume_program(certification.program, by=manager.actor)
    manager.open(address(certification, "suspension")).fill("Suspendre", reason="Une plainte à vérifier.")
    suspended = owner.open("/mon-espace")
    assert ("Trousse de visibilité d" in suspended.text, "Programme en pause" in suspended.text) == (False, False)
    assert not suspended.soup.select(".qr-panel")


@pytest.mark.parametrize("act", PAGES)
def test_a_reason_is_asked_and_what_is_missing_is_said(app: object, act: str) -> None:
    certification = make_certification(PAGES[act])
    page = make_staff(Role.MANAGER, certification.program).open(address(certification, act)).fill(reason="  ")
    assert page.status == 422
    assert page.errors()
    assert certification.stage is PAGES[act]


def test_a_revocation_asks_for_a_box_and_keeps_what_was_typed(app: object) -> None:
    certification = make_certification()
    page = make_staff(Role.MANAGER, certification.program).open(address(certification, "revocation")).fill(reason="Un long motif.")
    assert page.status == 422
    assert "Un long motif." in page.text
    assert certification.stage is Stage.CERTIFIED


@pytest.mark.parametrize("act", PAGES)
def test_where_it_cannot_be_done_the_page_says_why_and_offers_no_form(app: object, act: str) -> None:
    certification = make_certification(Stage.AWAITING_VALIDATION)
    page = make_staff(Role.MANAGER, certification.program).open(address(certification, act))
    assert page.status == 200
    assert "Ce n’est pas possible maintenant" in page.text
    assert not page.soup.main.find("form")


def test_a_second_click_is_refused_with_a_sentence(app: object) -> None:
    certification = make_certification()
    manager = make_staff(Role.MANAGER, certification.program)
    first, second = (manager.open(address(certification, "suspension")) for _each in range(2))
    first.fill("Suspendre", reason="Une fois.")
    page = second.fill("Suspendre", reason="Deux fois.")
    assert page.status == 409
    assert "déjà suspendue" in " ".join(page.errors())
    assert len(certification.suspensions) == 1


def test_a_member_of_the_employer_reads_why_they_may_not(app: object) -> None:
    certification = make_certification()
    person = make_staff(Role.MANAGER, certification.program, user=owner_of(certification.employer))
    assert "une autre personne doit décider" in person.open(address(certification, "suspension")).text


@pytest.mark.parametrize("act", PAGES)
def test_an_agent_is_told_that_the_page_is_for_others_and_another_region_finds_nothing(app: object, act: str) -> None:
    certification = make_certification(PAGES[act])
    assert make_staff(Role.AGENT, certification.program).open(address(certification, act)).status == 403
    assert make_staff(Role.MANAGER, make_program(code="03")).open(address(certification, act)).status == 404


@pytest.mark.parametrize("reason", ["Épicerie & fils <i>", "ᐃᓄᒃᑎᑐᑦ", "🍎 pomme", "x" * 2000])
def test_any_words_go_through_the_letter_and_the_file(app: object, reason: str) -> None:
    certification = make_certification()
    manager: Person = make_staff(Role.MANAGER, certification.program)
    manager.inspects = False
    page = manager.open(address(certification, "suspension")).fill("Suspendre", reason=reason)
    assert page.status == 200
    assert certification.suspension is not None
    assert certification.suspension.reason == reason


@pytest.mark.parametrize("stage", [Stage.REVOKED, Stage.SUSPENDED])
def test_whoever_is_suspended_or_revoked_sees_whom_to_write_to(app: object, stage: Stage) -> None:
    certification = make_certification(stage)
    notice = make_person(owner_of(certification.employer)).open("/mon-espace").soup.main.select_one(".notice")
    assert notice.find("a", href=f"mailto:{certification.program.email}")
    assert certification.program.body.name in notice.text
