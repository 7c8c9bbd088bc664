"""Invitations: answered by a link that changes nothing until it is pressed; moved and cancelled in the other party's own calendar."""

from __future__ import annotations

import datetime as dt
import re

import icalendar
import pytest
from flask import Flask
from sqlalchemy import select

from certif.kit import clock, outbox
from certif.kit.access import VISITOR, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.programs import Program
from certif.visits import InvitationAnswer, InvitationReply, Visit, VisitInvitation
from certif.visits.invitation_actions import KEPT, forget_the_invited, note_answer, remind_the_invited
from certif.visits.plan_actions import cancel_visit, move_visit
from certif.visits.plan_terms import VisitTime
from tests.conftest import Mailbox
from tests.factories import make_program, make_staff, unit
from tests.pages import Visitor
from tests.visits.making import BOSS, at, make_invitation, make_visit, soon

GUEST = "chantal@exemple.com"


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


def link_in(letter: Letter) -> str:
    found = re.search(r"/rendez-vous/\S+", letter.body)
    assert found
    return found.group()


def event_in(letter: Letter) -> tuple[str, icalendar.Event]:
    """Read the invitation of a letter as another program would: its method and its event."""
    assert letter.calendar
    read = icalendar.Calendar.from_ical(letter.calendar)
    return str(read["METHOD"]), read.walk("VEVENT")[0]


def test_whoever_is_invited_answers_by_the_link_and_may_change_their_mind(program: Program, visitor: Visitor, letters: Mailbox) -> None:
    agent = make_staff(Role.AGENT, program)
    visit = make_visit(program, agent.user, title="Bilan")
    agent.open(f"/personnel/terrain/rendez-vous/{visit.ref}/invitation").fill("Envoyer", name="Chantal Roy", email=GUEST)
    link = link_in(letters.last(GUEST))
    page = visitor.open(link)
    assert db.session.scalars(select(InvitationReply)).all() == [], "reading changes nothing"
    assert page.fill("Répondre", answer="accepted").status == 200
    assert "Acceptée" in agent.open(f"/personnel/terrain/rendez-vous/{visit.ref}").text
    page = visitor.open(link).fill("Répondre", answer="proposed")
    assert page.status == 422, "another time is said in full"
    visitor.open(link).fill("Répondre", answer="proposed", day=soon(8).isoformat(), hour="15 h", note="Le mardi plutôt.")
    shown = agent.open(f"/personnel/terrain/rendez-vous/{visit.ref}")
    assert "Le mardi plutôt." in shown.text
    link_to_move = next(a["href"] for a in shown.soup.find_all("a") if "Déplacer à ce moment" in a.get_text())
    moving = agent.open(link_to_move)
    moving.fill("Déplacer le rendez-vous")
    db.session.refresh(visit)
    assert visit.starts_at == at(soon(8), "15:00"), "the proposal is taken in one press"
    assert [one.name for one in letters.to(agent.user.email)].count("visits/invitation_answered") == 2
    assert "répondez de nouveau" in visitor.open(link).text
    assert visitor.open("/rendez-vous/faux").status == 404


def test_a_calendar_is_told_of_each_change_under_one_name(program: Program, letters: Mailbox) -> None:
    visit = make_visit(program, make_staff(Role.AGENT, program).user, title="Bilan ; virgule, guillemets « é »")
    make_invitation(visit)
    with unit():
        move_visit(visit, VisitTime(at(soon(), "15:00"), at(soon(), "16:00"), "Ailleurs", "", visit.mrc), by=BOSS)
    with unit():
        cancel_visit(visit, "Tempête.", by=BOSS)
    told = [event_in(letter) for letter in letters.to(GUEST)]
    assert [method for method, _event in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [int(event["SEQUENCE"]) for _method, event in told] == [0, 1, 2]
    assert len({str(event["UID"]) for _method, event in told}) == 1
    assert [str(event["STATUS"]) for _method, event in told] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    _method, moved = told[1]
    assert moved["DTSTART"].dt.astimezone(dt.UTC) == at(soon(), "15:00")
    assert str(moved["SUMMARY"]) == visit.title
    assert str(moved["ATTENDEE"]) == f"mailto:{GUEST}"
    assert str(moved["ORGANIZER"]) == f"mailto:{visit.goers[0].user.email}"


def test_the_letter_carries_the_invitation_and_forgets_it_once_sent(program: Program, letters: Mailbox) -> None:
    make_invitation(make_visit(program))
    letter = letters.last(GUEST)
    message = outbox._message(letter)
    part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    assert icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    ref = letter.ref
    outbox.send_letter(ref)
    sent = db.session.scalars(select(Letter).where(Letter.ref == ref)).one()
    assert (sent.to_address, sent.body, sent.calendar) == ("", "", None)


def test_whoever_is_invited_is_named_to_nobody_else(program: Program, letters: Mailbox) -> None:
    visit = make_visit(program)
    make_invitation(visit, "un@exemple.com", name="Personne Une")
    make_invitation(visit, "deux@exemple.com", name="Personne Deux")
    assert "Une" not in str(letters.last("deux@exemple.com").calendar)


def test_an_answer_to_what_has_moved_counts_no_more(program: Program) -> None:
    visit = make_visit(program)
    invitation = make_invitation(visit)
    with unit():
        note_answer(invitation, InvitationAnswer.ACCEPTED, by=VISITOR)
    assert invitation.answer is InvitationAnswer.ACCEPTED
    with unit():
        move_visit(visit, VisitTime(at(soon(9)), at(soon(9), "11:00")), by=BOSS)
    assert invitation.answer is None


def test_what_is_over_is_answered_no_more(program: Program, visitor: Visitor, letters: Mailbox) -> None:
    visit = make_visit(program)
    invitation = make_invitation(visit)
    link = link_in(letters.last(GUEST))
    with clock.frozen(visit.ends_at + dt.timedelta(minutes=1)):
        assert "Répondre" not in visitor.open(link).text
        with unit(), pytest.raises(Refusal):
            note_answer(invitation, InvitationAnswer.ACCEPTED, by=VISITOR)
    with unit():
        cancel_visit(visit, "Tempête.", by=BOSS)
    assert "annulé" in visitor.open(link).text
    read = icalendar.Calendar.from_ical(visitor.client.get(f"{link}/rendez-vous.ics", base_url=visitor.base).get_data(as_text=True))
    assert str(read["METHOD"]) == "CANCEL"


def test_an_invitation_that_is_withdrawn_is_told_and_may_be_made_anew(program: Program, letters: Mailbox) -> None:
    agent = make_staff(Role.AGENT, program)
    visit = make_visit(program, agent.user)
    make_invitation(visit)
    with unit(), pytest.raises(Refusal, match="déjà son invitation"):
        make_invitation(visit)
    agent.open(f"/personnel/terrain/rendez-vous/{visit.ref}").fill("Retirer l’invitation")
    assert event_in(letters.last(GUEST))[0] == "CANCEL"
    make_invitation(visit)
    assert event_in(letters.last(GUEST))[0] == "REQUEST"


def test_whoever_is_invited_is_reminded_two_days_before_once_for_each_time(program: Program, letters: Mailbox) -> None:
    eve, before, day = soon(8), soon(9), soon(10)
    visit = make_visit(program, starts_at=at(day))
    make_invitation(visit)
    no = make_invitation(visit, "non@exemple.com")
    with unit():
        note_answer(no, InvitationAnswer.DECLINED, by=VISITOR)

    def reminders() -> int:
        return [letter.name for letter in letters.all()].count("visits/visit_soon")

    with clock.frozen(at(eve, "09:00")):
        remind_the_invited()
    assert reminders() == 0, "not before"
    for _each in range(2):
        with clock.frozen(at(eve, "10:30")):
            remind_the_invited()
    assert reminders() == 1, "once, and not to whoever declined"
    with clock.frozen(at(before, "08:00")), unit():
        move_visit(visit, VisitTime(at(day, "14:00"), at(day, "15:00")), by=BOSS)
    with clock.frozen(at(before, "09:00")):
        remind_the_invited()
    assert reminders() == 3, "it has another time, to which nobody has answered"


def test_who_was_invited_is_forgotten_after_the_meeting(program: Program) -> None:
    old, new = make_visit(program), make_visit(program, starts_at=at(soon(30)))
    invitation = make_invitation(old)
    with unit():
        note_answer(invitation, InvitationAnswer.ACCEPTED, by=VISITOR)
    kept = make_invitation(new)
    with clock.frozen(old.ends_at + KEPT + dt.timedelta(hours=1)):
        forget_the_invited()
    assert db.session.scalars(select(VisitInvitation)).all() == [kept]
    assert len(db.session.scalars(select(Visit)).all()) == 2, "the meetings stay"
