"""Whoever begins to register and leaves is reminded where the address is proven, until they finish or say stop."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import employers
from certif.employers import RegistrationDraft, drafts
from certif.employers.draft_reminders import draft_reminders_of
from certif.employers.drafts import resume_url
from certif.kit import tokens
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.programs import Program, pause_program
from certif.territory import mrcs
from tests.conftest import Mailbox
from tests.factories import make_program, unit
from tests.pages import Visitor
from tests.standing.silence import FIRST, run, today_is
from tests.standing.years import on


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program()


def begun(program: Program, *, email: str = "debut@exemple.com", proven: bool = True) -> RegistrationDraft:
    """Give a registration begun on the first day, whose contact used the link that was sent by letter, or did not."""
    said = {
        "neq": "1177777777", "legal_name": "Fleuriste du Quai inc.", "postal_code": "J6E 3Z9", "kind": "company", "contact_email": email,
        "contact_name": "Ana Roy", "contact_role": "Propriétaire", "language": "fr",
        "trade_name": None, "banner": None, "sector": "44-45", "size": "5-19", "hires": "students", "federally_regulated": False,
        "contact_phone": None,
    }  # fmt: skip
    place = {"name": "Quai", "address": "1, rue du Quai", "municipality": "Joliette", "postal_code": "J6E 3Z9"}
    with on(FIRST), unit():
        draft = employers.keep_first_answers(tokens.secret(), said)
        employers.keep_establishment(draft, {**place, "mrc": mrcs(program.region)[0].slug})
        drafts.send_resume_link(draft, email)
        if proven:
            drafts.prove_link(draft)
        return draft


def test_a_registration_left_half_way_is_reminded_where_the_address_is_proven(program: Program, letters: Mailbox, visitor: Visitor) -> None:
    draft = begun(program)
    for day_number in (6, 7, 8, 21, 29):
        run(day_number)
    assert draft_reminders_of(draft) == {"registration_1", "registration_2"}
    written = [letter for letter in letters.to("debut@exemple.com") if letter.name == "employers/registration_awaited"]
    assert len(written) == 2
    assert "31 mars 2027" in written[0].body, "it says until when it is kept"
    assert "Fleuriste du Quai inc." in written[0].body
    with today_is(22):
        link = resume_url(draft).removeprefix(visitor.base)
        assert link in written[0].body
        assert visitor.open(link).fill().path.startswith("/inscription/")


def test_a_registration_whose_address_nobody_proved_is_never_written_to(program: Program, letters: Mailbox) -> None:
    stranger, changed = begun(program, proven=False), begun(program, email="autre@exemple.com")
    with on(FIRST), unit():
        employers.keep_answers(changed, {"contact_email": "quelquun@exemple.com"})
    for day_number in (7, 21):
        run(day_number)
    assert draft_reminders_of(stranger) == draft_reminders_of(changed) == set()
    assert [letter for letter in letters.all() if letter.name == "employers/registration_awaited"] == []


def test_the_link_of_the_letter_proves_the_address_through_the_page(program: Program, letters: Mailbox, visitor: Visitor) -> None:
    draft = begun(program, proven=False)
    with on(FIRST):
        visitor.open(resume_url(draft).removeprefix(visitor.base)).fill()
    db.session.expire_all()
    assert draft.proven_email == "debut@exemple.com"


def test_a_registration_that_was_finished_stopped_paused_or_forgotten_is_not_reminded(program: Program, visitor: Visitor) -> None:
    draft = begun(program)
    with today_is(3):
        path = resume_url(draft, "employers.stop_reminders").removeprefix(visitor.base)
        page = visitor.open(path)
        db.session.expire_all()
        assert not draft.wants_no_reminder, "opening the link changes nothing"
        assert "Plus aucun rappel ne partira" in page.fill("Ne plus recevoir").text
    run(7)
    assert draft_reminders_of(draft) == set()
    other = begun(program, email="autre@exemple.com")
    with today_is(4), unit():
        pause_program(program, reason="Financement.", by=SYSTEM)
    run(7)
    assert draft_reminders_of(other) == set()


def test_reminders_are_forgotten_with_their_registration(program: Program) -> None:
    draft = begun(program)
    run(7)
    assert draft_reminders_of(draft)
    with today_is(31):
        employers.forget_old_arrivals()
    assert db.session.scalar(select(func.count()).select_from(RegistrationDraft)) == 0
