"""Committees: seats with a past, meetings, minutes that never change once adopted, numbered decisions, tasks done once, one synthesis."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask
from icalendar import Calendar, Event
from pypdf import PdfReader
from sqlalchemy import select

from certif.kit import clock, tokens
from certif.kit.access import Role
from certif.kit.clock import TORONTO
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.network import (
    adopt_minutes,
    give_seat,
    meeting_actions,
    note_attendance,
    note_decision,
    note_task,
    plan_meeting,
    send_synthesis,
    write_minutes,
)
from certif.network.committee_actions import dissolve_committee, end_seat
from certif.network.committee_model import Presence
from certif.network.committee_queries import attendance_of, decisions_of, rhythms_of, seats_of
from certif.network.papers import minutes_pdf
from certif.network.terms import MeetingTerms
from certif.network.texts import BlockKind, blocks_of
from certif.programs import version_in_force
from tests import factories
from tests.factories import Person, make_program, make_staff, unit
from tests.network.making import BOSS, make_body, make_committee, make_contact, make_meeting, make_seat
from tests.pages import _forget_the_request


def test_a_body_sits_once_and_its_past_seats_stay(app: Flask) -> None:
    committee = make_committee(factories.make_program())
    seat = make_seat(committee)
    with unit(), pytest.raises(Refusal, match="siège déjà"):
        give_seat(committee, seat.body, delegate=None, role="", by=BOSS)
    with unit():
        end_seat(seat, by=BOSS)
    with unit():
        give_seat(committee, seat.body, delegate=make_contact(seat.body), role="", by=BOSS)
    assert len(seats_of(committee)) == 1
    with unit(), pytest.raises(Refusal, match="pris fin"):
        end_seat(seat, by=BOSS)


def test_a_delegate_is_of_the_body(app: Flask) -> None:
    program = factories.make_program()
    committee, body, other = make_committee(program), make_body(program), make_body(program)
    with unit(), pytest.raises(Refusal, match="déléguée"):
        give_seat(committee, body, delegate=make_contact(other), role="", by=BOSS)


def test_a_committee_that_has_not_met_for_a_year_is_told(app: Flask) -> None:
    program = factories.make_program()
    new, met, away = make_committee(program), make_committee(program), make_committee(program, is_ours=False)
    agent = make_staff(Role.AGENT, program)
    assert "plus d’un an" not in agent.open("/personnel/comites").text
    with clock.frozen(clock.now() + dt.timedelta(days=400)):
        make_meeting(met, days=-30)
        late = {each.name: rhythms_of([each])[each.id].is_late for each in (new, met, away)}
    assert late == {new.name: True, met.name: False, away.name: False}


def test_meetings_go_into_a_calendar_at_their_hour_in_quebec_and_a_cancelled_one_leaves_it(app: Flask) -> None:
    committee = make_committee(make_program())
    meeting = make_meeting(committee, days=5, starts_at="18:30")
    agent = make_staff(Role.AGENT, committee.program)
    for address in (f"/personnel/rencontres/{meeting.ref}/rencontre.ics", f"/personnel/comites/{committee.ref}/rencontres.ics"):
        event = read_calendar(agent, address)
        assert event.decoded("dtstart").astimezone(TORONTO).isoformat()[:16] == f"{meeting.held_on}T18:30"
        assert (str(event["summary"]), str(event["status"])) == (committee.name, "CONFIRMED")
        assert make_staff(Role.AGENT, make_program()).open(address).status == 404
    with unit():
        meeting_actions.cancel_meeting(meeting, by=BOSS)
    gone = read_calendar(agent, f"/personnel/rencontres/{meeting.ref}/rencontre.ics")
    assert (str(gone["status"]), int(gone["sequence"])) == ("CANCELLED", 1)


def read_calendar(person: Person, address: str) -> Event:
    """Give the one event of a calendar, as an independent reader sees it."""
    _forget_the_request()
    answer = person.client.get(address, base_url=person.base)
    assert answer.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    return event  # type: ignore[return-value]


def test_a_meeting_that_was_cancelled_does_not_count(app: Flask) -> None:
    committee = make_committee(factories.make_program())
    meeting = make_meeting(committee, days=5)
    assert rhythms_of([committee])[committee.id].next == meeting.held_on
    with unit():
        meeting_actions.cancel_meeting(meeting, by=BOSS)
    assert rhythms_of([committee])[committee.id].next is None
    with unit(), pytest.raises(Refusal, match="annulée"):
        meeting_actions.cancel_meeting(meeting, by=BOSS)


def test_adopted_minutes_never_change(app: Flask) -> None:
    committee = make_committee(factories.make_program())
    first, later = make_meeting(committee, -60, minutes="Projet."), make_meeting(committee, -3)
    with unit():
        write_minutes(first, "Adopté tel quel.", by=BOSS)
        adopt_minutes(first, later, by=BOSS)
    assert first.minutes is not None
    assert first.minutes.digest == tokens.digest("Adopté tel quel.")
    attempts = (
        lambda: write_minutes(first, "Autre chose.", by=BOSS),
        lambda: note_decision(first, "Après coup.", version=None, by=BOSS),
        lambda: note_attendance(first, [], [], by=BOSS),
        lambda: adopt_minutes(first, later, by=BOSS),
    )
    for attempt in attempts:
        with unit(), pytest.raises(Refusal, match="adopté"):
            attempt()


@pytest.mark.parametrize("days", [-60, -90, 5])
def test_only_a_later_meeting_that_was_held_adopts(app: Flask, days: int) -> None:
    committee = make_committee(factories.make_program())
    first, other = make_meeting(committee, -60, minutes="Projet."), make_meeting(committee, days, "9:00")
    with unit(), pytest.raises(Refusal, match="suivante"):
        adopt_minutes(first, other, by=BOSS)
    elsewhere = make_meeting(make_committee(committee.program), -1)
    with unit(), pytest.raises(Refusal, match="suivante"):
        adopt_minutes(first, elsewhere, by=BOSS)


def test_nothing_is_told_of_a_meeting_to_come(app: Flask) -> None:
    meeting = make_meeting(make_committee(factories.make_program()), days=8)
    with unit(), pytest.raises(Refusal, match="pas encore eu lieu"):
        write_minutes(meeting, "Déjà.", by=BOSS)


def test_decisions_are_numbered_in_each_committee_and_may_name_a_version(app: Flask) -> None:
    program, other = factories.make_program(), factories.make_program(code="03")
    committee = make_committee(program)
    for words, version in (("Un.", None), ("Deux.", version_in_force(program))):
        meeting = make_meeting(committee, starts_at="10:00" if version else "9:00")
        with unit():
            note_decision(meeting, words, version=version, by=BOSS)
    assert [(one.number, one.words) for one in decisions_of(committee)] == [(2, "Deux."), (1, "Un.")]
    assert decisions_of(committee)[0].version is not None
    with unit(), pytest.raises(Refusal, match="version"):
        note_decision(meeting, "Trois.", version=version_in_force(other), by=BOSS)


def test_a_task_has_one_doer_and_is_done_once(app: Flask) -> None:
    committee = make_committee(factories.make_program())
    seat, meeting = make_seat(committee), make_meeting(committee)
    with unit(), pytest.raises(Refusal, match="Choisissez qui"):
        note_task(meeting, "Écrire", due_on=clock.today(), by=BOSS)
    with unit():
        task = note_task(meeting, "Écrire", due_on=clock.today(), seat=seat, by=BOSS)
    assert task.doer == seat.body.name
    with unit():
        meeting_actions.finish_task(task, by=BOSS)
    with unit(), pytest.raises(Refusal, match="déjà fait"):
        meeting_actions.finish_task(task, by=BOSS)


def test_the_synthesis_leaves_once_to_each_delegate(app: Flask) -> None:
    committee = make_committee(factories.make_program())
    make_seat(committee, email="un@exemple.com")
    make_seat(committee, email="deux@exemple.com")
    meeting = make_meeting(committee)
    with unit():
        note_decision(meeting, "Lancer la campagne.", version=None, by=BOSS)
        sent = send_synthesis(meeting, "Belle rencontre.", by=BOSS)
    letters = db.session.scalars(select(Letter).where(Letter.name == "network/synthesis_sent")).all()
    assert sent.sent_to == 2
    assert {letter.to_address for letter in letters} == {"un@exemple.com", "deux@exemple.com"}
    assert all("1. Lancer la campagne." in letter.body and "Belle rencontre." in letter.body for letter in letters)
    with unit(), pytest.raises(Refusal, match="déjà partie"):
        send_synthesis(meeting, "Encore.", by=BOSS)


def test_without_an_address_no_synthesis_leaves(app: Flask) -> None:
    meeting = make_meeting(make_committee(factories.make_program()))
    with unit(), pytest.raises(Refusal, match="adresse"):
        send_synthesis(meeting, "À personne.", by=BOSS)


def test_a_committee_that_is_over_meets_no_more(app: Flask) -> None:
    committee = make_committee(factories.make_program())
    make_seat(committee)
    with unit():
        dissolve_committee(committee, by=BOSS)
    assert not seats_of(committee)
    with unit(), pytest.raises(Refusal, match="pris fin"):
        plan_meeting(committee, MeetingTerms(clock.today(), "10:00", "Ici", ""), by=BOSS)


def test_minutes_are_typeset_with_all_that_came_of_the_meeting(app: Flask) -> None:
    committee = make_committee(factories.make_program(), "Comité consultatif")
    seat, meeting = make_seat(committee), make_meeting(committee, minutes="## Tour de table\n\n- Bonjour\n- Merci")
    with unit():
        note_attendance(meeting, {seat.id}, set(), by=BOSS)
        note_decision(meeting, "Écrire aux maires.", version=None, by=BOSS)
    told = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(minutes_pdf(meeting))).pages).split())
    for words in ("Comité consultatif", "Tour de table", "Merci", "Écrire aux maires.", "Projet, pas encore adopté", seat.body.name):
        assert words in told
    assert attendance_of(meeting) == {seat.id: Presence.PRESENT}


def test_a_whole_meeting_is_lived_through_its_pages(app: Flask) -> None:
    program = factories.make_program()
    agent, body = make_staff(Role.AGENT, program), make_body(program, "Caisse d’essai")
    path = agent.open(f"/personnel/comites/nouveau/{program.slug}").fill(name="Comité Mobilisation", holder="ours").path
    page = agent.open(f"{path}/sieges/nouveau").fill(who=f"{body.ref}:", role="Présidence", from_on="2020-01-01")
    assert "Caisse d’essai" in page.text
    day = (clock.today() - dt.timedelta(days=2)).isoformat()
    held = agent.open(f"{path}/rencontres/nouvelle").fill(held_on=day, starts_at="13 h 30", place="Rawdon", agenda="- Plan").path
    assert "13 h 30" in agent.open(held).text
    page = agent.open(f"{held}/presences")
    page = page.fill(present=[page.soup.find("input", {"name": "present"})["value"]])  # type: ignore[index]
    assert "Caisse d’essai : présence" in page.text
    agent.open(f"{held}/proces-verbal").fill(words="Nous avons parlé.")
    page = agent.open(f"{held}/suivis/nouveau").fill(what="Appeler l’école", who=f"u{agent.user.ref}", due_on="2040-01-01")
    page = page.fill("C’est fait")
    assert "fait le" in page.text
    assert agent.client.get(f"{held}/proces-verbal.pdf", base_url=agent.base).data.startswith(b"%PDF")
    assert agent.open(f"{held}/adoption").status == 200


def test_words_are_read_block_by_block() -> None:
    blocks = blocks_of("## Titre\n\nUne ligne\nUne autre\n\n- un\n* deux\n\nFin <b>")
    assert [(block.kind, block.lines) for block in blocks] == [
        (BlockKind.TITLE, ("Titre",)), (BlockKind.WORDS, ("Une ligne", "Une autre")), (BlockKind.LIST, ("un", "deux")),
        (BlockKind.WORDS, ("Fin <b>",)),
    ]  # fmt: skip
    assert blocks_of("  \n\n") == []
