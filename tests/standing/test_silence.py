"""Whoever goes silent on the way is reminded kindly: on the days that the region chose, each once, until they speak or say stop."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from certif import certification as paths
from certif import contributions
from certif.certification import Certification, Stage
from certif.kit import audit, outbox
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.mailings.audiences import was_reminded
from certif.programs import pause_program, resume_program
from certif.standing import silence, windows
from tests.certification import paper
from tests.conftest import Mailbox
from tests.factories import make_program, make_staff, pay, publish, sign, unit
from tests.standing.silence import FIRST, kinds, run, today_is, told, waiting
from tests.standing.years import days, owner

STEPS = {
    Stage.AWAITING_CONTRACT: ("contract", "/certification/contrat?dossier="),
    Stage.AWAITING_CONTRIBUTION: ("contribution", "/certification/contribution?dossier="),
    Stage.SENT_BACK: ("answer", "/certification/reponse?dossier="),
}


@pytest.mark.parametrize("stage", STEPS)
def test_each_step_that_waits_is_reminded_on_the_7th_21st_and_45th_day_and_once(app: Flask, letters: Mailbox, stage: Stage) -> None:
    certification, (step, path) = waiting(stage), STEPS[stage]
    for day_number in (6, 7, 8, 20, 21, 44, 45, 46, 74, 300):
        run(day_number)
    assert kinds(certification) == [f"{step}_1_{turn}" for turn in (1, 2, 3)]
    written = told(letters, certification)
    assert [letter.name for letter in written] == [f"standing/{step}_awaited"] * 3
    for letter in written:
        assert f"{path}{certification.ref}" in letter.body
        assert letter.stop_url is not None
        assert letter.stop_url in letter.body
    assert ["dernier rappel" in letter.body for letter in written] == [False, False, True]
    assert [entry.event for entry in audit.history(certification)].count(f"{step}_awaited") == 3
    staff = make_staff(Role.AGENT, certification.program)
    assert "Rappel no 3 envoyé à la personne-ressource" in staff.open(f"/personnel/dossiers/{certification.ref}").text


def test_a_letter_speaks_the_language_of_the_employer_and_repeats_what_staff_asked(app: Flask, letters: Mailbox) -> None:
    certification = waiting(Stage.SENT_BACK, language="en")
    run(7)
    [letter] = told(letters, certification)
    assert letter.language == "en"
    assert "The regional team asked you this:" in letter.body
    assert "Précisez l’horaire des élèves." in letter.body
    assert "/en/certification/reponse" in letter.body


@pytest.mark.parametrize(("day_number", "turn"), [(15, 1), (30, 2), (60, 3)])
def test_a_job_that_runs_late_sends_only_the_newest(app: Flask, day_number: int, turn: int) -> None:
    certification = waiting()
    run(day_number)
    assert kinds(certification) == [f"contract_1_{turn}"]


def test_what_was_left_long_ago_is_left_in_peace(app: Flask) -> None:
    certification = waiting()
    run(45 + silence.LATEST_DAYS + 1)
    assert kinds(certification) == []


@pytest.mark.parametrize("stage", STEPS)
def test_nobody_is_reminded_of_a_step_that_was_taken(app: Flask, stage: Stage) -> None:
    certification = waiting(stage)
    with today_is(3):
        if stage is Stage.AWAITING_CONTRACT:
            sign(certification)
        elif stage is Stage.AWAITING_CONTRIBUTION:
            pay(certification)
        else:
            with unit():
                paths.resubmit(certification, "Voici.", by=owner(certification))
    run(8)
    assert kinds(certification) == []


def test_silence_is_counted_from_the_last_thing_done(app: Flask) -> None:
    certification = waiting()
    with today_is(5), unit():
        paths.deliver_contract(certification, by=owner(certification))
    run(8)
    assert kinds(certification) == []
    run(12)
    assert kinds(certification) == ["contract_1_1"]
    with today_is(13), unit():
        paths.send_signing_code(certification, by=owner(certification))
    run(21)
    run(33)
    assert kinds(certification) == ["contract_1_1"], "the first is not repeated"
    run(34)
    assert kinds(certification) == ["contract_1_1", "contract_1_2"]


def test_whoever_would_rather_not_sign_is_left_in_peace_until_they_come_back(app: Flask) -> None:
    certification = waiting()
    with today_is(2), unit():
        paths.decline_contract(certification, "Pas cette année.", by=owner(certification))
    run(21)
    assert kinds(certification) == []
    with today_is(22), unit():
        paths.deliver_contract(certification, by=owner(certification))
    run(29)
    assert kinds(certification) == ["contract_1_1"]


def test_money_that_came_and_was_given_back_is_no_forgetting(app: Flask) -> None:
    certification = waiting(Stage.AWAITING_CONTRIBUTION)
    asked = certification.contribution
    assert asked is not None
    with today_is(1):
        pay(certification)
        with unit():
            contributions.refund_payment(
                asked.payments[0], asked.payments[0].amount, "Erreur.", seen=0, by=make_staff(Role.MANAGER, certification.program).actor
            )
    db.session.expire_all()
    assert certification.stage is Stage.AWAITING_CONTRIBUTION
    run(10)
    assert kinds(certification) == []


def test_each_time_a_file_is_sent_back_has_its_own_reminders(app: Flask) -> None:
    certification = waiting(Stage.SENT_BACK)
    run(7)
    with today_is(10):
        with unit():
            paths.resubmit(certification, "Voici.", by=owner(certification))
        with unit():
            paths.send_back(certification, "Encore ceci.", seen=1, by=make_staff(Role.MANAGER, certification.program).actor)
    run(16)
    assert kinds(certification) == ["answer_1_1"]
    run(17)
    assert kinds(certification) == ["answer_1_1", "answer_2_1"]


def test_a_paper_signature_set_aside_begins_a_silence_of_its_own(app: Flask) -> None:
    certification = waiting()
    run(7)
    agent = make_staff(Role.AGENT, certification.program).actor
    with today_is(8):
        paper.record(certification, by=agent, signed_on=FIRST + days(7))
    with today_is(10), unit():
        paths.set_aside_signature(certification, "Mauvais dossier.", by=agent)
    run(16)
    assert kinds(certification) == ["contract_1_1"]
    run(17)
    assert kinds(certification) == ["contract_1_1", "contract_2_1"]


def test_each_region_chooses_its_own_days_or_none(app: Flask) -> None:
    never = waiting(program=make_program(reminder_days=()))
    twice = waiting(program=make_program(reminder_days=(3, 10)))
    for day_number in range(0, 60, 3):
        run(day_number)
    assert kinds(never) == []
    assert kinds(twice) == ["contract_1_1", "contract_1_2"]


def test_what_a_region_decides_today_counts_for_files_already_open(app: Flask) -> None:
    certification = waiting()
    with today_is(1):
        publish(certification.program, reminder_days=())
    run(7)
    assert kinds(certification) == []


def test_the_days_are_chosen_on_the_page_of_terms_and_what_is_wrong_is_said(app: Flask) -> None:
    program = make_program()
    manager = make_staff(Role.MANAGER, program)
    manager.open(f"/personnel/programmes/{program.slug}").fill("Préparer")
    terms = f"/personnel/programmes/{program.slug}/brouillon/modalites"
    assert manager.open(terms).soup.find(id="reminder_days")["value"] == "7, 21, 45"
    for wrong in ("bientôt", "21, 7", "7, 7", "0", "1, 2, 3, 4", "400", "-7", "7.5", "٧"):
        page = manager.open(terms).fill("Enregistrer", reminder_days=wrong)
        assert page.status == 422, wrong
        assert "Écrivez de un à trois nombres de jours" in page.text
    page = manager.open(terms).fill("Enregistrer", reminder_days="10; 30")
    assert "après 10, 30 jours" in page.text
    page = manager.open(terms).fill("Enregistrer", reminder_days="")
    assert "Rappels après un silence" in page.text


def test_a_program_that_pauses_sends_nothing_and_rests_a_week_when_it_reopens(app: Flask) -> None:
    certification = waiting()
    with today_is(5), unit():
        pause_program(certification.program, reason="Financement.", by=SYSTEM)
    for day_number in (7, 21, 22):
        run(day_number)
    assert kinds(certification) == []
    with today_is(22), unit():
        resume_program(certification.program, by=SYSTEM)
    run(23)
    assert kinds(certification) == [], "what fell due in the pause waits a week"
    run(22 + windows.QUIET_DAYS)
    assert kinds(certification) == ["contract_1_2"], "and then only the newest is said"


def test_a_reminder_never_follows_on_the_heels_of_another_letter(app: Flask, letters: Mailbox) -> None:
    certification = waiting(Stage.AWAITING_CONTRIBUTION)
    asked = certification.contribution
    assert asked is not None
    with today_is(6), unit():
        letters_before = len(letters.all())
        outbox.queue(
            "mailings/contribution_awaited", certification.employer.contact_email, language="fr", scope=certification.scope,
            certification=certification, note="", url="x",
        )  # fmt: skip
    assert len(letters.all()) == letters_before + 1
    run(7)
    assert kinds(certification) == [], "staff wrote yesterday"
    run(8)
    assert kinds(certification) == ["contribution_1_1"]


def test_staff_who_write_to_many_leave_aside_whom_the_house_just_reminded(app: Flask) -> None:
    certification = waiting()
    run(7)
    for day_number, aside in ((8, [certification.id]), (10, [])):
        with today_is(day_number):
            assert db.session.scalars(select(Certification.id).where(was_reminded())).all() == aside


def test_only_files_that_fell_silent_lately_are_looked_at(app: Flask) -> None:
    program = make_program()
    early = [waiting(program=program) for _each in range(3)]
    for day_number, found in ((3, []), (7, early), (200, [])):
        with today_is(day_number):
            assert silence._candidates(program) == [one.id for one in found]
