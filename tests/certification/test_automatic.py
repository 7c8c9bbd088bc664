"""Files validated after checks alone: only where the program says so, only when all holds, never what a person should see; and said so."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from flask import Flask

from certif import standing
from certif.certification import Certification, Stage, automatic, review_of, send_back, validate, validate_automatically
from certif.certification.checks import ALWAYS, failing
from certif.employers import establishments_of
from certif.kit import tokens
from certif.kit.access import SYSTEM, Role
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Automatic, Check, Program, differences, facts_of, pause_program, version_in_force
from certif.programs.publication import faults_of
from certif.programs.reading import read_rules, write_rules
from certif.territory import mrc, mrcs, region
from tests.factories import lead_to, make_certification, make_employer, make_program, make_staff, publish, unit
from tests.pages import Visitor

NAMED = tuple(check for check in Check if check not in ALWAYS)
EVERY = Automatic(NAMED)


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program("oser-jeunes", automatic=EVERY)


def arrived(program: Program, **answers: object) -> Certification:
    """Give a file that awaits validation."""
    return make_certification(Stage.AWAITING_VALIDATION, program, **answers)  # type: ignore[arg-type]


def checked(found: Certification) -> list[str]:
    """Run the job, and give what keeps a file for a person."""
    validate_automatically()
    db.session.refresh(found)
    review = review_of(found)
    assert review is not None
    return review.failed


def test_a_file_for_which_all_holds_is_granted_at_the_first_level_and_told_so(program: Program, letters) -> None:  # type: ignore[no-untyped-def]
    found = arrived(program)
    assert checked(found) == []
    assert (found.stage, found.level) == (Stage.CERTIFIED, "bronze")
    [decision] = found.decisions
    assert (decision.decided_by, decision.decider) == (SYSTEM.ref, SYSTEM.name)
    body = letters.last(found.employer.contact_email).body
    assert "prise automatiquement" in body
    assert "qu’une personne la revoie" in body
    page = make_staff(Role.AGENT, program).open(f"/personnel/dossiers/{found.ref}")
    assert "Validée automatiquement" in page.text
    assert "Certif a vérifié le dossier, sans qu’une personne le regarde" in page.text


def test_a_person_who_grants_is_not_said_to_be_a_machine(program: Program, letters) -> None:  # type: ignore[no-untyped-def]
    found = arrived(program)
    lead_to(found, Stage.CERTIFIED)
    assert "automatiquement" not in letters.last(found.employer.contact_email).body


def test_by_default_nothing_is_checked_nor_granted(app: Flask) -> None:
    found = arrived(make_program("oser-jeunes"))
    validate_automatically()
    assert (found.stage, review_of(found)) == (Stage.AWAITING_VALIDATION, None)


def without_neq(program: Program) -> Certification:
    return arrived(program, neq=None, kind="self_employed")


def twin(program: Program) -> Certification:
    make_employer(legal_name="Boulangerie du coin inc.")
    return arrived(program, legal_name="Boulangerie du Coin, inc.")


def revoked_before(program: Program) -> Certification:
    first = make_certification(Stage.REVOKED, program)
    return make_certification(Stage.AWAITING_VALIDATION, program, employer=first.employer)


def outside(program: Program) -> Certification:
    near, far = mrcs(region("14"))[:2]
    limited = make_program("oser-jeunes", automatic=EVERY, only=(near,))
    employer = make_employer(mrc=near, places=2)
    with unit():
        establishments_of(employer)[1].mrc = mrc(far.slug)
    return make_certification(Stage.AWAITING_VALIDATION, limited, employer=employer)


def higher_before(program: Program) -> Certification:
    first = make_certification(Stage.CERTIFIED, program, level="argent")
    with unit():
        standing.revoke(first, "Erreur.", by=make_staff(Role.MANAGER, program).actor)
    return make_certification(Stage.AWAITING_VALIDATION, program, employer=first.employer)


def sent_back_once(program: Program) -> Certification:
    found = arrived(program)
    with unit():
        send_back(found, "Précisez.", seen=0, by=make_staff(Role.MANAGER, program).actor)
    lead_to(found, Stage.AWAITING_VALIDATION)
    return found


OBSTACLES: list[tuple[Callable[[Program], Certification], Check]] = [
    (without_neq, Check.NEQ),
    (twin, Check.NO_TWIN),
    (revoked_before, Check.NO_REVOCATION),
    (outside, Check.TERRITORY),
    (higher_before, Check.ENTRY_LEVEL),
    (sent_back_once, Check.UNTOUCHED),
]


@pytest.mark.parametrize(("make", "check"), OBSTACLES)
def test_what_fails_keeps_the_file_for_a_person_with_the_reason(
    program: Program, make: Callable[[Program], Certification], check: Check
) -> None:
    found = make(program)
    assert check.value in checked(found)
    assert found.stage is Stage.AWAITING_VALIDATION
    agent = make_staff(Role.AGENT, found.program)
    assert str(check.failure) in agent.open("/personnel").text
    assert "Pourquoi ce dossier n’est pas validé automatiquement" in agent.open(f"/personnel/dossiers/{found.ref}").text


def test_what_a_program_does_not_name_does_not_count_but_some_always_do(app: Flask) -> None:
    program = make_program("oser-jeunes", automatic=Automatic((Check.SIGNED,)))
    assert checked(without_neq(program)) == []
    assert checked(sent_back_once(program)) == ["untouched"]


def test_a_supporter_is_for_a_person(app: Flask) -> None:
    found = arrived(make_program("generation-c4", automatic=EVERY, price_cents=0, requires_contribution=False), hires="none")
    assert "entry_level" in checked(found)


def test_a_file_is_checked_once(program: Program) -> None:
    found = without_neq(program)
    assert checked(found) == ["neq"]
    with unit():
        found.employer.neq = "1199999999"
    assert checked(found) == ["neq"]
    assert found.stage is Stage.AWAITING_VALIDATION


def test_the_lot_sends_a_share_to_a_person_and_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    program = make_program("oser-jeunes", automatic=dataclasses.replace(EVERY, hand_percent=30))
    tickets, below = iter([29, 30]), tokens.below
    monkeypatch.setattr(tokens, "below", lambda most: next(tickets) if most == 100 else below(most))
    drawn, left = arrived(program), arrived(program)
    assert checked(drawn) == checked(left) == []
    assert (drawn.stage, left.stage) == (Stage.AWAITING_VALIDATION, Stage.CERTIFIED)
    assert "tiré au sort" in make_staff(Role.AGENT, program).open("/personnel").text


def test_a_new_version_or_a_pause_turns_it_off_at_once(program: Program) -> None:
    found = arrived(program)
    publish(program, automatic=None)
    validate_automatically()
    assert (found.stage, review_of(found)) == (Stage.AWAITING_VALIDATION, None)
    other = make_program("oser-jeunes", automatic=EVERY)
    second = arrived(other)
    with unit():
        pause_program(other, reason="Relâche", by=SYSTEM)
    validate_automatically()
    assert review_of(second) is None


def test_turning_it_on_does_not_reach_files_opened_before(app: Flask) -> None:
    program = make_program("oser-jeunes")
    found = arrived(program)
    publish(program, automatic=EVERY)
    validate_automatically()
    assert review_of(found) is None


def test_the_system_grants_nothing_that_its_checks_did_not_allow(program: Program) -> None:
    found = without_neq(program)
    places = establishments_of(found.employer)
    for _before_and_after in range(2):
        with unit(), pytest.raises(Refusal):
            validate(found, level="bronze", establishments=places, visited_on=None, seen=0, by=SYSTEM)
        checked(found)


def test_a_rule_that_refuses_one_file_does_not_stop_the_others(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = arrived(program), arrived(program)
    real = automatic.validate

    def refusing(certification: Certification, **facts: object) -> object:
        if certification.ref == first.ref:
            raise Refusal("Non.")
        return real(certification, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(automatic, "validate", refusing)
    validate_automatically()
    db.session.refresh(first)
    assert (first.stage, review_of(first)) == (Stage.AWAITING_VALIDATION, None)
    assert second.stage is Stage.CERTIFIED


def test_the_journal_says_what_held(program: Program) -> None:
    found = without_neq(program)
    checked(found)
    entry = db.session.query(JournalEntry).filter_by(event="file_checked").one()
    assert "aucun doublon apparent" in entry.sentence
    assert "Non tenu\u00a0: NEQ de dix chiffres" in entry.sentence


def test_a_version_keeps_its_checks_and_says_them(app: Flask) -> None:
    program = make_program("oser-jeunes")
    before = version_in_force(program)
    assert before is not None
    assert "automatic" not in write_rules(before.rules)
    after = publish(program, automatic=dataclasses.replace(EVERY, hand_percent=5))
    assert read_rules(write_rules(after.rules)) == after.rules
    [said] = differences(before, after)
    assert "5\u00a0% des dossiers" in said
    assert "NEQ de dix chiffres" in dict(facts_of(after.terms, after.rules))["Validation automatique"]
    with pytest.raises(ValueError, match="not known"):
        read_rules({"automatic": {"checks": ["nice"]}})


@pytest.mark.parametrize(
    ("terms", "rule"), [({}, Automatic(())), ({"requires_visit": True}, EVERY), ({}, Automatic(NAMED, hand_percent=101))]
)
def test_what_could_never_be_automatic_is_not_published(app: Flask, terms: dict[str, bool], rule: Automatic) -> None:
    version = version_in_force(make_program("oser-jeunes"))
    assert version is not None
    rules = dataclasses.replace(version.rules, automatic=rule)
    assert len(faults_of(dataclasses.replace(version.terms, **terms), rules, version.effective_on)) == 1  # type: ignore[arg-type]


def test_a_manager_turns_it_on_in_the_draft_and_the_public_is_told(program: Program, visitor: Visitor) -> None:
    plain = make_program("oser-jeunes")
    manager, home = make_staff(Role.MANAGER, plain), f"/personnel/programmes/{plain.slug}"
    manager.open(home).fill("Préparer la version suivante")
    page = manager.open(f"{home}/brouillon").follow("Validation automatique")
    page = page.fill("Enregistrer", is_automatic=True, checks=["signed", "neq"], hand_percent="10")
    assert "NEQ de dix chiffres" in page.text
    assert manager.open(f"{home}/publication").fill("Publier").status == 200
    version = version_in_force(plain)
    assert version is not None
    assert version.rules.automatic == Automatic((Check.SIGNED, Check.NEQ), 10)
    assert "accordé automatiquement" in visitor.open(f"/programmes/{plain.slug}").text


def test_each_check_is_answered(program: Program) -> None:
    assert failing(arrived(program), NAMED) == []
