"""What a machine alone decided may be reviewed by a person: asked for once, from the page, and answered with reasons, by who may decide."""

from __future__ import annotations

import pytest
from flask import Flask

from certif import standing
from certif.certification import AutomaticReview, Certification, Stage, validate_automatically
from certif.kit import audit, clock
from certif.kit.access import Role
from certif.kit.errors import Refusal
from certif.programs import Automatic, Check, Program
from certif.standing import HumanReview, Outcome, human_review_of
from tests.conftest import Mailbox
from tests.factories import make_certification, make_person, make_program, make_staff, owner_of, unit
from tests.standing.years import days, on, owner


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program("oser-jeunes", automatic=Automatic((Check.SIGNED,)))


def granted_alone(program: Program) -> Certification:
    """Give what was granted by checks alone."""
    found = make_certification(Stage.AWAITING_VALIDATION, program)
    validate_automatically()
    return found


def asked(certification: Certification) -> HumanReview:
    with unit():
        return standing.ask_for_review(certification, "Notre deuxième magasin manque.", by=owner(certification))


def test_the_space_says_that_nobody_read_the_file_and_leads_to_a_review_that_staff_answer(program: Program, letters: Mailbox) -> None:
    found = granted_alone(program)
    contact, manager = found.employer.contact_email, make_staff(Role.MANAGER, program)
    assert f"/certification/{found.ref}/revision" in letters.last(contact).body
    employer = make_person(owner_of(found.employer))
    page = employer.open("/mon-espace").follow("Faire revoir la décision")
    assert "contrat signé depuis une adresse confirmée" in page.text
    page = page.fill("Demander la révision", words="Notre deuxième magasin manque.")
    assert "Une personne lit votre dossier" in page.text
    assert letters.last(manager.user.email).name == "standing/review_asked"
    page = manager.open("/personnel").follow("Révisions demandées").follow(found.employer.name)
    assert "Notre deuxième magasin manque." in page.text
    page.fill("Répondre", outcome="changed", answer="Il est ajouté, avec son badge.")
    letter = letters.last(contact)
    assert letter.name == "standing/review_answered"
    assert "Il est ajouté, avec son badge." in letter.body
    assert "Il est ajouté, avec son badge." in employer.open(f"/certification/{found.ref}/revision").text
    assert [entry.event for entry in audit.history(found)][-2:] == ["review_asked", "review_changed"]
    assert "Rien ne vous attend" in manager.open("/personnel/revisions").text


def test_what_a_person_decided_is_not_reviewed(app: Flask) -> None:
    found = make_certification(program=make_program("oser-jeunes"))
    with pytest.raises(Refusal, match="Une personne a décidé"), unit():
        standing.ask_for_review(found, "Relisez.", by=owner(found))
    page = make_person(owner_of(found.employer)).open(f"/certification/{found.ref}/revision")
    assert "Rien à revoir" in page.text
    assert not page.soup.main.select("textarea")


def test_it_is_asked_once_and_answered_once(program: Program) -> None:
    found = granted_alone(program)
    review, by = asked(found), make_staff(Role.MANAGER, program).actor
    with pytest.raises(Refusal, match="déjà demandé"):
        asked(found)
    with unit():
        standing.answer_review(review, Outcome.KEPT, "Tout est exact.", by=by)
    with pytest.raises(Refusal, match="déjà répondu"), unit():
        standing.answer_review(review, Outcome.CHANGED, "Non.", by=by)
    assert (review.outcome, review.answer) == ("kept", "Tout est exact.")


def test_who_may_not_decide_does_not_answer(program: Program) -> None:
    found = granted_alone(program)
    review = asked(found)
    elsewhere = make_staff(Role.MANAGER, make_program(code="03"))
    with pytest.raises(Refusal, match="Vous ne décidez pas"), unit():
        standing.answer_review(review, Outcome.KEPT, "Non.", by=elsewhere.actor)
    assert elsewhere.open(f"/personnel/revisions/{review.ref}").status == 404
    insider = make_staff(Role.MANAGER, program, user=owner_of(found.employer))
    with pytest.raises(Refusal, match="Vous ne décidez pas"), unit():
        standing.answer_review(review, Outcome.KEPT, "Tout va bien.", by=insider.actor)


def test_the_space_recalls_it_for_a_season_and_the_page_stays(program: Program) -> None:
    found = granted_alone(program)
    for after, is_recalled in ((89, True), (91, False)):
        with on(clock.today() + days(after)):
            person = make_person(owner_of(found.employer))
            assert ("Décision automatique" in person.open("/mon-espace").text) is is_recalled
            assert "Demander la révision" in person.open(f"/certification/{found.ref}/revision").soup.main.text


def test_a_file_that_the_checks_left_to_a_person_has_no_automatic_decision(program: Program) -> None:
    found = granted_alone(program)
    review = AutomaticReview(certification_id=found.id, held=["signed"], failed=["neq"], is_drawn=False, checked_at=clock.now())
    assert not review.allows
    assert human_review_of(found) is None


def test_a_page_without_a_word_is_refused_and_nothing_is_asked(program: Program) -> None:
    found = granted_alone(program)
    page = make_person(owner_of(found.employer)).open(f"/certification/{found.ref}/revision")
    assert page.fill("Demander la révision", words="").status == 422
    assert human_review_of(found) is None
