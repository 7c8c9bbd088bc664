"""Reminders stop when staff or their reader say so; two jobs at once write one letter, and the database has the last word."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from certif.kit import audit
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db
from certif.standing import silence
from tests.conftest import Mailbox
from tests.factories import make_program, make_staff, sign, unit
from tests.pages import Visitor
from tests.standing.silence import kinds, run, today_is, told, waiting


def test_staff_who_close_the_matter_stop_the_reminders(app: Flask) -> None:
    certification = waiting()
    with today_is(3):
        agent = make_staff(Role.AGENT, certification.program)
        page = agent.open(f"/personnel/dossiers/{certification.ref}").follow("Rappels automatiques de ce dossier")
        assert "8 mars 2027" in page.text, "it says when the next one would leave"
        page = page.fill("Arrêter")
        assert "Les rappels de ce dossier sont arrêtés" in page.text
    run(7)
    run(21)
    assert kinds(certification) == []
    assert f"{agent.actor.name} a arrêté les rappels automatiques" in audit.history(certification)[-1].sentence
    stranger = make_staff(Role.AGENT, make_program(code="03"))
    assert stranger.open(f"/personnel/dossiers/{certification.ref}/rappels").status == 404


def test_whoever_reads_them_stops_them_with_one_button_and_opening_the_link_changes_nothing(
    app: Flask, letters: Mailbox, visitor: Visitor
) -> None:
    certification, other = waiting(), waiting()
    run(7)
    [letter] = told(letters, certification)
    assert letter.stop_url is not None
    path = letter.stop_url.removeprefix(visitor.base)
    with today_is(8):
        page = visitor.open(path)
        assert not silence.has_stopped(certification)
        page = page.fill("Ne plus recevoir")
        assert "Plus aucun rappel automatique ne partira" in page.text
        again = visitor.client.post(path, data={"List-Unsubscribe": "One-Click"}, base_url=visitor.base)
        assert again.status_code == 303, "a mail program presses it too, without a form of ours"
    run(21)
    assert kinds(certification) == ["contract_1_1"]
    assert kinds(other) == ["contract_1_1", "contract_1_2"], "other files are reminded as before"
    assert [entry.event for entry in audit.history(certification)].count("reminders_declined") == 1
    for wrong in (f"{other.ref}-{path.split('-')[1].split('/')[0]}", other.ref, "x", f"{certification.ref}-"):
        assert visitor.open(f"/rappels/{wrong}/arret").status == 404


def test_two_jobs_at_once_write_one_letter(app: Flask, letters: Mailbox) -> None:
    certification = waiting()
    with today_is(7):
        due = silence.due_reminder(certification)
        assert due is not None
        for _each in range(2):
            with unit():
                silence.remind(certification, due, by=SYSTEM)
    assert len(told(letters, certification)) == 1


def test_the_twin_without_the_constraint_two_letters_leave(app: Flask, letters: Mailbox) -> None:
    certification = waiting()
    with today_is(7):
        due = silence.due_reminder(certification)
        assert due is not None
        without_constraint("reminder", "uq_reminder_certification_id_kind")
        for _each in range(2):
            with unit():
                silence.remind(certification, due, by=SYSTEM)
    assert len(told(letters, certification)) == 2


def without_constraint(table: str, name: str) -> None:
    """Let a table forget what makes its rows unique, until the end of the test."""
    with unit():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
            return
        columns = db.session.execute(text(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")).scalar_one()
        bare = "".join(line for line in columns.splitlines(keepends=True) if name not in line).replace(", \n)", "\n)")
        db.session.execute(text(f"DROP TABLE {table}"))
        db.session.execute(text(bare))


def test_a_list_read_before_someone_acted_sends_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    certification = waiting()
    monkeypatch.setattr(silence, "_candidates", lambda program: [certification.id] if program.id == certification.program_id else [])
    with today_is(7):
        sign(certification)
    run(8)
    assert "contract_1_1" not in kinds(certification)
