"""The pages of employers and of staff: what they show, and never a student to staff."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import select

from certif.agreements import Agreement, AgreementKind, AgreementState, Signer, counts_for
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from tests.agreements.making import make_agreement, make_signed
from tests.factories import make_certification, make_person, make_program, make_staff, owner_of
from tests.pages import Visitor


def test_an_employer_proposes_an_agreement_reads_it_and_takes_it_back(app: Flask, visitor: Visitor) -> None:
    certification = make_certification(program=make_program())
    person = make_person(owner_of(certification.employer))
    page = person.open("/mon-espace").follow("Mes ententes").follow("Entente avec une ou un élève")
    said = {"last_day": clock.today() + dt.timedelta(days=60), "band": "from_14", "student_name": "Zoé", "student_email": "z@exemple.com"}
    refused = page.fill("Envoyer l’entente", **said, week_hours=20, weekday_hours=10, exam_weeks="none")
    assert refused.status == 409
    assert "17" in " ".join(refused.errors())
    page = refused.fill("Envoyer l’entente", week_hours=15)
    assert page.status == 200
    assert "Zoé" in page.text
    page = page.fill("Renvoyer le lien : Élève")
    page = page.fill("Retirer l’entente")
    assert "Retirée avant d’être signée" in page.text
    listed = person.open(f"/mon-espace/ententes/{certification.employer.ref}")
    assert "Zoé" in listed.text
    agreement = db.session.scalars(select(Agreement)).one()
    stranger = make_person()
    assert stranger.open(f"/mon-espace/entente/{agreement.ref}").status == 404
    assert stranger.open(f"/mon-espace/ententes/{certification.employer.ref}").status == 404


def test_staff_see_figures_of_students_and_the_whole_of_schools(app: Flask) -> None:
    program = make_program()
    certification = make_certification(program=program)
    hidden = make_signed(make_agreement(certification, student=Signer("Zoélie", "zoelie@exemple.com")))
    shown = make_agreement(certification, AgreementKind.SCHOOL)
    make_agreement(certification, AgreementKind.INTERNSHIP)
    agent = make_staff(Role.AGENT, program)
    page = agent.open("/personnel/ententes")
    assert "École des Cascades" in page.text
    assert "Zoé" not in page.text
    assert agent.open(f"/personnel/ententes/{hidden.ref}").status == 404
    read = page.follow(certification.employer.name)
    assert "ecole@exemple.com" in read.text
    counts = counts_for(agent.actor)
    assert counts[AgreementKind.STUDENT][AgreementState.IN_FORCE] == 1
    assert counts[AgreementKind.INTERNSHIP][AgreementState.AWAITING] == 1
    elsewhere = make_staff(Role.AGENT, make_program(code="11"))
    assert "École" not in elsewhere.open("/personnel/ententes").text
    assert sum(counts_for(elsewhere.actor)[AgreementKind.STUDENT].values()) == 0
    assert elsewhere.open(f"/personnel/ententes/{shown.ref}").status == 404


def test_an_employer_that_has_not_signed_is_told_to_sign_first(app: Flask) -> None:
    from certif.certification import Stage

    certification = make_certification(Stage.AWAITING_CONTRACT, make_program())
    person = make_person(owner_of(certification.employer))
    for kind in ("eleve", "stage", "ecole"):
        assert "contrat moral" in person.open(f"/mon-espace/ententes/{certification.employer.ref}/{kind}").text


def test_the_pages_of_a_new_agreement_open_in_english_too(app: Flask) -> None:
    certification = make_certification(program=make_program())
    person = make_person(owner_of(certification.employer))
    for kind in ("eleve", "stage", "ecole"):
        assert person.open(f"/en/mon-espace/ententes/{certification.employer.ref}/{kind}").language == "en"
    assert person.open("/en/horaire").language == "en"
