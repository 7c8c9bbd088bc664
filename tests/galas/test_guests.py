"""The room: guests invited once, answering by a link that changes nothing until it is pressed; tables that never overflow."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import select

from certif.consents import PURPOSES, give_consent
from certif.employers import establishments_of
from certif.galas import Guest
from certif.galas.guest_actions import KEPT, forget_gala_guests, invite_guests, note_reply
from certif.galas.guest_queries import counts_of, seating_of
from certif.galas.table_actions import drop_table, edit_table, seat_guest
from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from tests.campaigns.making import make_campaign
from tests.conftest import Mailbox
from tests.factories import make_employer, make_program, unit
from tests.galas.making import BOSS, make_gala, make_guest, make_organiser, make_table
from tests.pages import Visitor
from tests.selections.making import make_laureate


def link_in(letter: Letter) -> str:
    found = re.search(r"/galas/invitation/\S+", letter.body)
    assert found
    return found.group()


def test_a_guest_answers_by_the_link_and_may_change_their_mind(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    gala = make_gala(make_program())
    guest = make_guest(gala, seats=3, email="mireille@exemple.com")
    with unit():
        assert invite_guests(gala, by=BOSS) == 1
    link = link_in(letters.last("mireille@exemple.com"))
    page = visitor.open(link)
    assert page.status == 200
    assert guest.reply is None, "reading changes nothing"
    assert page.fill("Répondre", coming="yes", seats="2").status == 200
    db.session.refresh(guest)
    assert (guest.reply.is_coming, guest.reply.seats) == (True, 2)  # type: ignore[union-attr]
    visitor.open(link).fill("Répondre", coming="no")
    db.session.refresh(guest)
    assert not guest.is_coming
    assert [reply.number for reply in guest.replies] == [1, 2]
    assert counts_of(gala) == {"invited": 1, "seats": 3, "yes": 0, "coming": 0, "no": 1}
    assert visitor.open("/galas/invitation/faux").status == 404


def test_more_seats_than_offered_are_refused_and_nothing_is_kept(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    gala = make_gala(make_program())
    guest = make_guest(gala, seats=1, email="m@exemple.com")
    with unit():
        invite_guests(gala, by=BOSS)
    assert visitor.open(link_in(letters.last("m@exemple.com"))).fill("Répondre", coming="yes", seats="9").status == 422
    with unit(), pytest.raises(Refusal):
        note_reply(guest, is_coming=True, seats=9, by=SYSTEM)


def test_the_evening_goes_into_a_calendar(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    gala = make_gala(make_program(), held_on=dt.date(2027, 6, 10), place="Salle ; virgule, é" + "é" * 60)
    make_guest(gala, email="m@exemple.com")
    with unit():
        invite_guests(gala, by=BOSS)
    answer = visitor.client.get(link_in(letters.last("m@exemple.com")) + "/soiree.ics", base_url=visitor.base)
    lines = answer.get_data(as_text=True).split("\r\n")
    assert answer.mimetype == "text/calendar"
    assert "DTSTART;TZID=America/Toronto:20270610T183000" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "LOCATION:Salle \\; virgule\\, é" in "".join(lines)


def test_laureates_are_invited_once_and_students_only_if_they_agreed(app: Flask, letters: Mailbox) -> None:
    campaign = make_campaign(make_program())
    gala = make_gala(campaign.program, campaign)
    employer = make_employer()
    shy = make_laureate(campaign, who="timide@exemple.com", establishment=establishments_of(employer)[0])
    willing = make_laureate(campaign, "Dépanneur", who="oui@exemple.com")
    assert shy.nomination
    assert willing.nomination
    with unit():
        give_consent(willing.nomination, "nomination_gala", version=PURPOSES["nomination_gala"].version, language="fr", by=SYSTEM)
    with unit():
        assert invite_guests(gala, by=BOSS) == 2
    assert len(letters.to("oui@exemple.com")) == 1
    assert letters.to("timide@exemple.com") == []
    assert [one.name for one in letters.to(employer.contact_email)].count("galas/guest_invited") == 1
    with unit(), pytest.raises(Refusal):
        invite_guests(gala, by=BOSS)
    assert len(db.session.scalars(select(Guest).where(Guest.gala_id == gala.id)).all()) == 3, "both employers and one student"


def test_a_table_takes_no_more_than_it_seats(app: Flask) -> None:
    gala = make_gala(make_program())
    table = make_table(gala, seats=3)
    with unit():
        assert seat_guest(make_guest(gala, seats=2), table, by=BOSS) == [1, 2]
    late = make_guest(gala, "Second", seats=2)
    with unit(), pytest.raises(Refusal, match="1 place"):
        seat_guest(late, table, by=BOSS)
    page = make_organiser(gala).open(f"/mes-galas/{gala.ref}/convives/{late.ref}/table").fill("Placer", table=table.ref)
    assert page.status == 409
    assert "il en faut 2" in page.text
    assert [one.taken for one in seating_of(gala)] == [2]


def test_a_guest_moves_with_all_who_come_along(app: Flask) -> None:
    gala = make_gala(make_program())
    first, second, guest = make_table(gala), make_table(gala, "2"), make_guest(gala, seats=3)
    organiser = make_organiser(gala)
    for table in (first, second):
        organiser.open(f"/mes-galas/{gala.ref}/convives/{guest.ref}/table").fill("Placer", table=table.ref)
    assert [(one.table.name, one.taken) for one in seating_of(gala)] == [("1", 0), ("2", 3)]
    organiser.open(f"/mes-galas/{gala.ref}/convives/{guest.ref}/table").fill("Placer", table="")
    assert [one.taken for one in seating_of(gala)] == [0, 0]


def test_who_comes_with_fewer_or_not_at_all_leaves_their_seats(app: Flask) -> None:
    gala = make_gala(make_program())
    guest, table = make_guest(gala, seats=3), make_table(gala)
    with unit():
        seat_guest(guest, table, by=BOSS)
    with unit():
        note_reply(guest, is_coming=True, seats=2, by=SYSTEM)
    assert [one.taken for one in seating_of(gala)] == [2]
    with unit():
        note_reply(guest, is_coming=False, seats=0, by=SYSTEM)
    assert [one.taken for one in seating_of(gala)] == [0]
    with unit(), pytest.raises(Refusal):
        seat_guest(guest, table, by=BOSS)


def test_a_table_in_use_neither_shrinks_nor_leaves(app: Flask) -> None:
    gala = make_gala(make_program())
    guest, table = make_guest(gala, seats=3), make_table(gala)
    with unit():
        seat_guest(guest, table, by=BOSS)
    with unit(), pytest.raises(Refusal):
        edit_table(table, "1", 2, by=BOSS)
    with unit(), pytest.raises(Refusal):
        drop_table(table, by=BOSS)
    with unit():
        edit_table(table, "Honneur", 3, by=BOSS)
    assert [one.table.name for one in seating_of(gala)] == ["Honneur"]


def test_guests_are_forgotten_after_the_evening(app: Flask) -> None:
    gala = make_gala(make_program())
    guest, other = make_guest(gala), make_guest(make_gala(gala.program, held_on=gala.held_on + dt.timedelta(days=30)))
    with unit():
        seat_guest(guest, make_table(gala), by=BOSS)
        note_reply(guest, is_coming=True, seats=2, by=SYSTEM)
    with clock.frozen(clock.midnight(gala.held_on + KEPT + dt.timedelta(days=1))):
        forget_gala_guests()
    assert db.session.scalars(select(Guest)).all() == [other]
