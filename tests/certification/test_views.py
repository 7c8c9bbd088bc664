"""The pages of the path that the journeys do not open: what was typed is kept, what is not yours is not found."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from certif import certification as paths
from certif.certification import Certification, Stage
from certif.employers import establishments_of
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.programs import Program, pause_program
from tests.certification.signing import READ, SIGN, ask_code, owner_actor, sign
from tests.factories import (
    Person,
    lead_to,
    make_certification,
    make_employer,
    make_person,
    make_program,
    make_staff,
    owner_of,
    unit,
)
from tests.pages import Page, Visitor

MINE = ("contrat", "contrat/signataire", "contrat/refus", "contrat/signature", "contribution", "reponse")


@pytest.fixture
def quick(app: Flask) -> Program:
    """A program that asks for nothing before the decision."""
    return make_program("6-9-15")


@pytest.fixture
def waiting(quick: Program) -> Certification:
    return make_certification(Stage.AWAITING_VALIDATION, quick, places=2)


@pytest.fixture
def manager(quick: Program) -> Person:
    return make_staff(Role.MANAGER, quick)


def token_of(page: Page) -> str:
    """Give what proves that a form came from us."""
    return str(page.soup.find("input", attrs={"name": "csrf_token"})["value"])


def decisions_of(certification: Certification) -> list[tuple[int, bool]]:
    db.session.expire_all()
    return [(one.number, one.is_granted) for one in certification.decisions]


def at(certification: Certification, act: str) -> str:
    return f"/personnel/dossiers/{certification.ref}/{act}"


@pytest.mark.parametrize("path", MINE)
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_file_of_another_employer_is_not_found(certification: Certification, path: str, language: str) -> None:
    stranger = make_person(owner_of(make_certification(Stage.AWAITING_CONTRACT, certification.program).employer))
    for ref in (certification.ref, "X" * 22, "", "%00", "' OR 1=1"):
        page = stranger.open(f"{language}/certification/{path}?dossier={ref}")
        assert page.status == 404, ref
        assert certification.employer.name not in page.soup.get_text()


@pytest.mark.parametrize(
    "path", ["contrat", "contrat/langue", "contrat/code", "contrat/signature", "contrat/refus", "reponse", "contribution"]
)
def test_nothing_is_posted_into_the_file_of_another_employer(certification: Certification, path: str) -> None:
    ask_code(certification)
    stranger = make_person(owner_of(make_certification(Stage.AWAITING_CONTRACT, certification.program).employer))
    typed = {"csrf_token": token_of(stranger.open(READ)), "chosen": "en", "reason": "x", "note": "x", "code": "123456", "agrees": "y"}
    assert stranger.send(f"/certification/{path}?dossier={certification.ref}", typed).status == 404
    db.session.expire_all()
    assert (certification.language, certification.declines, certification.signature) == ("fr", [], None)
    assert len(certification.signing_codes) == 1


@pytest.mark.parametrize("path", [*MINE, "/mon-espace"])
def test_a_visitor_is_asked_to_sign_in(visitor: Visitor, path: str) -> None:
    page = visitor.open(path if path.startswith("/") else f"/certification/{path}")
    assert page.path.startswith("/connexion")


@pytest.mark.parametrize("act", ["", "validation", "renvoi"])
def test_a_file_of_another_region_is_not_found_by_staff_nor_by_employers(waiting: Certification, act: str) -> None:
    path = at(waiting, act).rstrip("/")
    assert make_staff(Role.MANAGER, make_program(code="03")).open(path).status == 404
    assert make_person(owner_of(waiting.employer)).open(path).status == 403
    assert make_staff(Role.MANAGER, waiting.program).open(path).status == 200


def test_pages_that_have_nothing_to_ask_lead_to_ones_own_space(waiting: Certification) -> None:
    owner = make_person(owner_of(waiting.employer))
    for path in ("contrat", "contrat/signature", "contribution", "reponse"):
        assert owner.open(f"/certification/{path}").path == "/mon-espace", path
    assert "Tout est fait de votre côté" in owner.open("/mon-espace").text


def test_a_person_without_any_employer_is_shown_the_way(app: Flask) -> None:
    person = make_person()
    assert "Inscrire mon organisation" in person.open("/mon-espace").text
    assert person.open(READ).status == 404


def test_what_staff_typed_is_kept_when_something_is_missing(app: Flask) -> None:
    program = make_program("generation-c4", requires_signature=False, requires_visit=True)
    certification, manager = make_certification(Stage.AWAITING_VALIDATION, program, places=2), make_staff(Role.MANAGER, program)
    one = establishments_of(certification.employer)[1]
    page = manager.open(at(certification, "validation")).fill("Accorder", level="level-3", establishments=[one.ref])
    assert page.status == 422
    assert page.soup.find(id="visited_on-error")
    assert page.soup.find("input", attrs={"value": "level-3"}).has_attr("checked")
    ticked = [box["value"] for box in page.soup.find_all("input", attrs={"name": "establishments"}) if box.has_attr("checked")]
    assert ticked == [one.ref]
    for wrong in ("2999-01-01", "hier", "2026-02-30"):
        again = page.fill("Accorder", visited_on=wrong)
        assert again.status in {409, 422}
        assert again.errors()
        assert again.soup.find("input", attrs={"value": "level-3"}).has_attr("checked")
    assert page.fill("Accorder", visited_on=clock.today().isoformat()).status == 200
    assert decisions_of(certification) == [(1, True)]


def test_no_place_no_level_or_an_invented_one_is_refused(app: Flask) -> None:
    program = make_program("oser-jeunes", requires_signature=False)
    certification, manager = make_certification(Stage.AWAITING_VALIDATION, program), make_staff(Role.MANAGER, program)
    place = establishments_of(certification.employer)[0].ref
    page = manager.open(at(certification, "validation"))
    for typed in (
        {"establishments": [], "level": "or"}, {"establishments": [place], "level": None},
        {"establishments": [place], "level": "platine"}, {"establishments": ["invented"], "level": "or"},
    ):  # fmt: skip
        assert page.fill("Accorder", **typed).status == 422, typed
    assert decisions_of(certification) == []


def test_the_second_person_is_told_who_decided_and_when_and_keeps_what_was_typed(waiting: Certification, manager: Person) -> None:
    other = make_staff(Role.AGENT, waiting.program)
    first = manager.open(at(waiting, "validation"))
    second, third = other.open(at(waiting, "renvoi")), other.open(at(waiting, "validation"))
    first.fill("Accorder")
    for page, typed in ((second, {"reason": "Précisez l’horaire."}), (third, {})):
        answer = page.fill(**typed)
        assert answer.status == 409
        assert f"{manager.user.name} a déjà décidé de ce dossier, le" in " ".join(answer.errors())
    assert "Précisez l’horaire." in other.open(at(waiting, "renvoi")).fill(reason="Précisez l’horaire.", seen="0").text
    assert decisions_of(waiting) == [(1, True)]


@pytest.mark.parametrize("seen", ["", "-1", "x", "1.5", "٣", "²", "9" * 5000, "1e9", "\x00"])
def test_a_hidden_field_that_says_anything_breaks_nothing(waiting: Certification, manager: Person, seen: str) -> None:
    for act in ("validation", "renvoi"):
        page = manager.open(at(waiting, act))
        answer = page.fill(**({"reason": "Un motif."} if act == "renvoi" else {}), seen=seen)
        assert answer.status in {200, 409}
    assert len(decisions_of(waiting)) == 1


def test_the_same_button_pressed_twice_sends_back_once(waiting: Certification, manager: Person) -> None:
    page, another = manager.open(at(waiting, "renvoi")), manager.open(at(waiting, "renvoi"))
    for _press in range(2):
        assert page.fill("Renvoyer", reason="Précisez.").path == f"/personnel/dossiers/{waiting.ref}"
    assert another.fill("Renvoyer", reason="Précisez.").status == 409
    assert decisions_of(waiting) == [(1, False)]


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "a" * 2001])
def test_reasons_and_answers_have_words_and_an_end(waiting: Certification, manager: Person, typed: str) -> None:
    page = manager.open(at(waiting, "renvoi")).fill("Renvoyer", reason=typed)
    assert page.status == 422
    assert decisions_of(waiting) == []
    lead_to(waiting, Stage.SENT_BACK)
    owner = make_person(owner_of(waiting.employer))
    page = owner.open("/certification/reponse").fill("Envoyer", note=typed)
    assert page.status == 422
    assert page.soup.find(id="note").get_text().strip() == typed.strip("\x00 ")
    assert waiting.stage is Stage.SENT_BACK


def test_an_answer_sent_twice_counts_once(waiting: Certification) -> None:
    lead_to(waiting, Stage.SENT_BACK)
    owner = make_person(owner_of(waiting.employer))
    page = owner.open("/certification/reponse")
    assert waiting.decisions[0].reason in page.text
    assert page.fill("Envoyer", note="Voici.").path == "/mon-espace"
    assert page.fill("Envoyer", note="Voici.").path == "/mon-espace", "it leads where things stand"
    db.session.expire_all()
    assert waiting.decisions[0].resubmission is not None
    assert waiting.stage is Stage.AWAITING_VALIDATION


def test_another_program_is_entered_from_ones_own_space_and_once(waiting: Certification) -> None:
    second, owner = make_program(), make_person(owner_of(waiting.employer))
    page = owner.open("/mon-espace")
    again = page.fill(f"Demander la certification {second.name}")
    assert second.name in again.text
    assert page.fill(f"Demander la certification {second.name}").status == 200
    found = db.session.scalars(select(Certification).where(Certification.employer_id == waiting.employer_id)).all()
    assert [one.program_id for one in found] == [waiting.program_id, second.id]
    assert owner.open(READ).status == 200, "the file that can move forward comes first"


def test_a_program_that_is_paused_or_elsewhere_cannot_be_entered(waiting: Certification) -> None:
    owner = make_person(owner_of(waiting.employer))
    paused, far, unknown = make_program(), make_program(code="03"), "X" * 22
    page = owner.open("/mon-espace")
    with unit():
        pause_program(paused, reason="Relève à trouver.", by=SYSTEM)
    token = token_of(page)
    for ref in (paused.ref, far.ref, unknown, ""):
        owner.send(f"/mon-espace/{waiting.employer.ref}/demande", {"program": ref, "csrf_token": token})
    stranger = make_employer()
    assert owner.send(f"/mon-espace/{stranger.ref}/demande", {"program": waiting.program.ref, "csrf_token": token}).status == 404
    assert len(db.session.scalars(select(Certification)).all()) == 1


def test_a_get_never_moves_a_file(certification: Certification, owner: Person) -> None:
    for path in (READ, SIGN, "/certification/contrat/refus", "/certification/contrat/signataire", "/mon-espace"):
        owner.open(path)
    db.session.expire_all()
    assert (certification.deliveries, certification.signing_codes, certification.declines) == ([], [], [])


def test_the_space_tells_each_employer_of_one_person_apart(certification: Certification, owner: Person) -> None:
    second = make_employer(owner.user, legal_name="Deuxième adresse inc.")
    with unit():
        paths.open_certification(second, certification.program, by=owner_actor(certification))
    page = owner.open("/mon-espace")
    assert certification.employer.name in page.text
    assert "Deuxième adresse inc." in page.text
    newest = paths.certification_of(owner.actor)
    assert newest.employer_id == second.id
    sign(newest, ask_code(newest, by=owner.actor), by=owner.actor)
    assert paths.certification_of(owner.actor).ref == certification.ref, "what can move forward comes first"
