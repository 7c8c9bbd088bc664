"""Employers certified before the platform was there: shown and verified like any other, and claimed by letter."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import standing
from certif.accounts import User
from certif.certification import Certification, Stage, verifications_of
from certif.employers import Employer, Membership, find_similar, members_of
from certif.imports import Intake, IntakeLine, Kind, confirm_intake, undo_intake
from certif.imports.queries import counts_of
from certif.kit import audit, clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.programs import Program
from tests.conftest import Mailbox
from tests.factories import Person, make_certification, make_employer, make_person, make_program, make_staff, unit
from tests.imports.files import PAST_HEADS, brought, csv_file, past_line, sent, taken, work
from tests.pages import Visitor


def entered(program: Program, by: Person, *lines: list[str]) -> Intake:
    """Bring a file of past certifications in."""
    intake = brought(program, csv_file(*lines, heads=PAST_HEADS), by.actor, Kind.CERTIFIED)
    with unit():
        confirm_intake(intake, by=by.actor)
    work()
    return intake


def certification_of(name: str) -> Certification:
    found = select(Certification).join(Employer).where(Employer.legal_name == name)
    return db.session.scalars(found).one()


@pytest.fixture
def program(app: Flask) -> Program:
    """A program without levels."""
    return make_program("ocet-al", code="14")


def test_a_past_certification_counts_like_any_other_and_nobody_was_written_to(
    program: Program, agent: Person, letters: Mailbox, visitor: Visitor
) -> None:
    entered(
        program,
        agent,
        past_line("Épicerie d’avant", "CET-17", neq="1170000051"),
        past_line("Échue", "CET-18", since="2019-01-01", until="2020-01-01"),
    )
    old, expired = certification_of("Épicerie d’avant"), certification_of("Échue")
    assert (old.stage, expired.stage) == (Stage.CERTIFIED, Stage.EXPIRED)
    assert letters.all() == []
    assert db.session.scalar(select(func.count()).select_from(User).where(User.email == "cet-17@exemple.com")) == 0
    code = verifications_of(old)[0].code
    assert "Épicerie d’avant" in visitor.open(f"/v/{code}").text
    assert visitor.client.get(f"/v/{code}.json", base_url=visitor.base).json["status"] == "certified"
    page = agent.open(f"/personnel/dossiers/{old.ref}")
    assert "CET-17" in page.text
    assert "importé de liste.csv" in audit.history(old)[0].sentence
    assert "Non précisée" in page.text
    assert taken(agent, f"/certification/{old.ref}/attestations/CET-17.pdf").startswith(b"%PDF")


def test_numbers_already_given_and_employers_already_there_are_seen_before(program: Program, agent: Person) -> None:
    make_employer(neq="1170000061")
    entered(program, agent, past_line("Une", "CET-1"))
    content = csv_file(
        past_line("Deux", "CET-1"), past_line("Trois", "CET-3", neq="1170000061"),
        past_line("Quatre", "CET-4", since="2999-01-01", until="2999-02-01"),
        past_line("Cinq", "14-2025-X"), past_line("Six", "CET-6", level="or"), past_line("Sept", "CET-7"),
        past_line("Huit", "CET-7"), heads=PAST_HEADS,
    )  # fmt: skip
    intake = brought(program, content, agent.actor, Kind.CERTIFIED)
    counts = counts_of(intake)
    assert (counts.fit, counts.faulty, counts.in_register) == (1, 5, 1)
    assert "Ce numéro est déjà celui d’une autre attestation." in agent.open(f"/personnel/importations/{intake.ref}").text


def test_a_line_refused_at_the_last_moment_is_set_aside_and_the_others_go_in(program: Program, agent: Person) -> None:
    intake = brought(
        program, csv_file(past_line("Une", "CET-1"), past_line("Deux", "CET-2"), heads=PAST_HEADS), agent.actor, Kind.CERTIFIED
    )
    entered(program, agent, past_line("Rivale", "CET-1"))
    with unit():
        confirm_intake(intake, by=agent.actor)
    work()
    assert [one.name for one in db.session.scalars(select(IntakeLine).where(IntakeLine.is_faulty))] == ["Une"]
    assert find_similar(None, "Une", "J6E 3Z9") is None
    assert certification_of("Deux").stage is Stage.CERTIFIED
    assert counts_of(intake).added == 1


def test_the_contact_takes_the_file_over_only_once_invited_and_by_the_letter(
    program: Program, agent: Person, letters: Mailbox, visitor: Visitor
) -> None:
    intake = entered(program, agent, past_line("Épicerie d’avant", "CET-17", email="Camille@exemple.com"))
    agent.open(f"/personnel/importations/{intake.ref}").fill("Inviter les personnes-ressources")
    work()
    employer = certification_of("Épicerie d’avant").employer
    letter = next(one for one in letters.all() if one.name == "employers/take_over_invited")
    assert (letter.to_address.lower(), letter.body) == ("camille@exemple.com", ""), "forgotten once it has left"
    assert members_of(employer) == []
    page = agent.open(f"/personnel/dossiers/{certification_of('Épicerie d’avant').ref}")
    assert "Personne n’a encore repris ce dossier" not in page.text, "an agent does not manage"
    with clock.frozen(clock.now() + dt.timedelta(days=8)):
        manager = make_staff(Role.MANAGER, program)
        manager.open(f"/personnel/dossiers/{certification_of('Épicerie d’avant').ref}").fill("Inviter la personne-ressource")
        link = re.search(r"https?://\S+", letters.last().body).group()
        page = visitor.open(link).fill("Accepter l’invitation")
        code = re.search(r"(?<!\d)(\d{3})\s?(\d{3})(?!\d)", letters.last().body)
        page = page.fill(code="".join(code.groups()))
        assert "Épicerie d’avant" in page.text
    assert [one.role for one in members_of(employer)] == ["owner"]


def test_whoever_registers_the_same_organisation_lets_its_contact_know(
    program: Program, agent: Person, letters: Mailbox, visitor: Visitor
) -> None:
    entered(program, agent, past_line("Épicerie d’avant", "CET-17", neq="1170000071", email="camille@exemple.com"))
    page = visitor.open("/inscription").fill("Continuer", neq="1170000071", legal_name="Épicerie", postal_code="J6E 3Z9")
    page.follow("Demander à se joindre à elle").fill(name="Alex", email="alex@exemple.com", message="J’y travaille.")
    assert letters.last("camille@exemple.com").name == "employers/take_over_invited"


def test_an_import_is_undone_except_where_somebody_was_invited(program: Program, agent: Person, visitor: Visitor) -> None:
    intake = entered(
        program, agent, past_line("Une", "CET-1", neq="1170000081"), past_line("Deux", "CET-2", neq="1170000082"),
        past_line("Trois", "CET-3", neq="1170000083"),
    )  # fmt: skip
    from certif.employers import invite_to_take_over

    with unit():
        invite_to_take_over(certification_of("Une").employer, by=agent.actor)
        standing.suspend(certification_of("Trois"), "Motif.", by=make_staff(Role.MANAGER, program).actor)
    code = verifications_of(certification_of("Deux"))[0].code
    with unit():
        undo_intake(intake, by=agent.actor)
    work()
    assert [one.legal_name for one in db.session.scalars(select(Employer))] == ["Une", "Trois"]
    assert visitor.open(f"/v/{code}").status == 404
    page = agent.open(f"/personnel/importations/{intake.ref}")
    assert "Ce qui suit est gardé" in page.text
    said = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in page.soup.select("tbody tr")]
    why = {row[0]: row[-1] for row in said if len(row) == 5}
    assert why == {"Une": "Une personne a été invitée à reprendre ce dossier.", "Trois": "La certification a été suspendue depuis."}
    make_certification(Stage.CERTIFIED, program, employer=make_employer(neq="1170000082"))


def test_nobody_is_reminded_of_an_end_before_somebody_acts_for_the_employer(program: Program, agent: Person, letters: Mailbox) -> None:
    soon = (clock.today() + dt.timedelta(days=20)).isoformat()
    entered(program, agent, past_line("Une", "CET-1", until=soon, email="une@exemple.com"))
    standing.send_reminders()
    assert letters.to("une@exemple.com") == []
    with unit():
        join = {"role": "owner", "since": clock.now(), "added_by": "test"}
        db.session.add(Membership(employer=certification_of("Une").employer, user=make_person().user, **join))
    standing.send_reminders()
    assert [one.name for one in letters.to("une@exemple.com")] == ["standing/certification_ends"], "the twin"


def test_a_level_is_asked_where_the_program_has_some(app: Flask) -> None:
    levelled = make_program("oser-jeunes", code="14")
    by = make_staff(Role.AGENT, levelled)
    from certif.programs import version_in_force

    level = version_in_force(levelled).levels[0]
    entered(levelled, by, past_line("Avec", "CET-1", level=str(level.name)), past_line("Sans", "CET-2"))
    assert certification_of("Avec").level == level.code
    assert find_similar(None, "Sans", "J6E 3Z9") is None


def test_the_model_of_certified_employers_can_be_sent(program: Program, agent: Person) -> None:
    model = taken(agent, "/personnel/importations/modele.xlsx?genre=certified")
    page = sent(agent, model, "modele.xlsx", kind="certified")
    work()
    page = agent.open(page.path)
    assert "Fonction" in page.text
    assert "Cette MRC n’est pas dans le territoire" not in page.text
