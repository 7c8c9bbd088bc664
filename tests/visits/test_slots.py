"""Hours to choose from: only those that are free, the road counted; chosen once, whoever presses at the same instant."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, select, text

from certif.app import create_app
from certif.imports import LetterStop, Prospect, address_digest, note_prospect
from certif.kit import clock
from certif.kit.access import VISITOR, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.territory import mrc, mrcs
from certif.visits import Approach, Pursuit, SlotChoice, SlotOffer, Visit, VisitGoer, VisitInvitation, slot_actions
from certif.visits.contact_actions import stop_approaches
from certif.visits.plan_actions import cancel_visit
from certif.visits.plan_terms import About
from certif.visits.slot_actions import KEPT, choose_slot, forget_slot_contacts
from certif.visits.slot_hours import NOTICE, free_hours
from tests.conftest import Mailbox
from tests.databases import FILLED, scratch_database, settings_for
from tests.factories import make_program, make_staff, make_user, unit
from tests.pages import Visitor
from tests.visits.chasing import give_person, make_prospect
from tests.visits.making import BOSS, at, make_offer, make_visit, soon

GUEST = "chantal@exemple.com"
CROWD = 40


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


def monday() -> dt.date:
    """Give a Monday to come."""
    return next(soon(number) for number in range(7, 14) if soon(number).isoweekday() == 1)


def hours_on(offer: SlotOffer, day: dt.date) -> list[str]:
    return [f"{one.astimezone(clock.TORONTO):%H:%M}" for one in free_hours(offer) if one.astimezone(clock.TORONTO).date() == day]


def test_the_other_party_chooses_an_hour_without_an_account(program: Program, visitor: Visitor, letters: Mailbox) -> None:
    agent = make_staff(Role.AGENT, program)
    typed = {"contact_name": "Chantal Roy", "contact_email": GUEST, "place": "Au garage"}
    assert "En attente" in agent.open(f"/personnel/terrain/plages/nouvelles/{program.slug}").fill("Offrir", **typed).text
    link = re.search(r"/plages/\S+", letters.last(GUEST).body)
    assert link
    page = visitor.open(link.group())
    value = page.soup.find("input", attrs={"name": "hour"})["value"]
    done = page.fill("Prendre", hour=value)
    assert "Votre rendez-vous est pris" in done.text
    visit = db.session.scalars(select(Visit)).one()
    assert f"{visit.starts_at:%Y%m%dT%H%M}" == value
    assert [goer.user_id for goer in visit.goers] == [agent.user.id]
    told = letters.last(GUEST)
    assert told.calendar, "and has it in writing, for a calendar"
    assert "PARTSTAT=ACCEPTED;RSVP=FALSE" in told.calendar.replace("\r\n ", "")
    assert "Votre rendez-vous avec" in told.body
    assert "Acceptez" not in told.body, "nothing is asked of whoever has chosen"
    assert db.session.scalars(select(VisitInvitation)).one().answer == "accepted"
    assert "Choisie" in agent.open("/personnel/terrain/plages").text
    assert visitor.open("/plages/faux").status == 404


def test_only_free_hours_are_offered_the_road_counted(program: Program) -> None:
    user, here = make_user(), mrc("joliette")
    day = monday()
    rule = {"from_on": day, "until_on": day, "from_hour": "09:00", "until_hour": "15:00", "minutes": 45, "buffer_minutes": 15}
    offer = make_offer(program, user, mrc=here, **rule)
    assert hours_on(offer, day) == ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00"]
    make_visit(program, user, starts_at=at(day, "11:00"), minutes=30, mrc=here)
    assert hours_on(offer, day) == ["09:00", "12:00", "13:00", "14:00"], "twenty minutes are kept on either side"
    make_visit(program, user, starts_at=at(day, "13:30"), minutes=30, mrc=mrc("matawinie"))
    assert hours_on(offer, day) == ["09:00"] + (["12:00"] if "12:00" in hours_on(offer, day) else [])
    make_visit(program, make_user(), starts_at=at(day, "09:00"))
    assert "09:00" in hours_on(offer, day), "somebody else’s meetings change nothing"


def test_hours_keep_their_place_on_the_clock_when_it_changes(program: Program) -> None:
    with clock.frozen(at(dt.date(2027, 3, 10))):
        offer = make_offer(program, from_on=dt.date(2027, 3, 12), until_on=dt.date(2027, 3, 15), weekdays="157", until_hour="10:00")
        found = free_hours(offer)
    assert [f"{one:%d %H:%M}" for one in found] == ["12 14:00", "14 13:00", "15 13:00"], "nine o’clock before and after the night"


def test_what_begins_too_soon_is_not_offered(program: Program) -> None:
    offer = make_offer(program)
    first = free_hours(offer)[0]
    with clock.frozen(first - NOTICE + dt.timedelta(minutes=1)):
        assert first not in free_hours(offer)


def test_an_hour_is_free_again_once_its_meeting_is_cancelled(program: Program) -> None:
    user = make_user()
    offer, other = make_offer(program, user), make_offer(program, user, contact_email="autre@exemple.com")
    hour = free_hours(offer)[0]
    with unit():
        visit = choose_slot(offer, hour, by=VISITOR)
    with unit(), pytest.raises(Refusal, match="vient d’être prise"):
        choose_slot(other, hour, by=VISITOR)
    with unit(), pytest.raises(Refusal, match="déjà choisi"):
        choose_slot(offer, free_hours(offer)[-1], by=VISITOR)
    with unit():
        cancel_visit(visit, "Tempête.", by=BOSS)
    with unit():
        choose_slot(other, hour, by=VISITOR)


def test_a_closed_offer_is_chosen_no_more(program: Program, letters: Mailbox, visitor: Visitor) -> None:
    agent = make_staff(Role.AGENT, program)
    offer = make_offer(program, agent.user)
    hour = free_hours(offer)[0]
    agent.open("/personnel/terrain/plages").fill("Fermer ces plages")
    with unit(), pytest.raises(Refusal, match="plus offertes"):
        choose_slot(offer, hour, by=VISITOR)


def test_a_prospect_without_a_ground_or_who_said_stop_is_not_written_to(program: Program) -> None:
    place = mrcs(program.region)[0]
    with unit():
        noted = note_prospect(program, "Scierie", "Joliette", place, None, source="rue", note="", by=BOSS)
        assert noted
        prospect = db.session.get_one(Prospect, noted.id)
    with unit(), pytest.raises(Refusal, match="ce qui permet de lui écrire"):
        make_offer(program, about=About(prospect=prospect))
    with unit():
        prospect.contact_ground = "consent"
        db.session.add(LetterStop(address_digest=address_digest(GUEST), stopped_at=clock.now()))
    with unit(), pytest.raises(Refusal, match="ne plus recevoir"):
        make_offer(program, about=About(prospect=prospect))


def test_hours_offered_to_a_prospect_count_as_an_approach(program: Program) -> None:
    agent = make_staff(Role.AGENT, program)
    prospect = make_prospect(program, agent.actor)
    give_person(prospect, agent.actor)
    make_offer(program, about=About(prospect=prospect), by=agent.actor)
    tried = db.session.scalars(select(Approach)).one()
    assert (tried.channel, tried.answer) == ("email", "message")
    pursuit = db.session.scalars(select(Pursuit)).one()
    assert (pursuit.attempts, pursuit.stage, pursuit.next_on) == (1, "prospect", soon(7)), "one waits as after a message"
    make_offer(program, contact_email="autre@exemple.com")
    assert len(db.session.scalars(select(Approach)).all()) == 1, "hours offered to nobody in particular are no approach"


def test_a_prospect_that_said_stop_is_offered_nothing(program: Program) -> None:
    agent = make_staff(Role.AGENT, program)
    prospect = make_prospect(program, agent.actor)
    give_person(prospect, agent.actor)
    with unit():
        stop_approaches(prospect, "", by=agent.actor)
    with unit(), pytest.raises(Refusal, match="ne plus être approchée"):
        make_offer(program, about=About(prospect=prospect))
    assert db.session.scalars(select(SlotOffer)).all() == []


def test_one_press_stops_such_letters_and_mail_programs_may_press_it(program: Program, visitor: Visitor, letters: Mailbox) -> None:
    make_offer(program)
    letter = letters.last(GUEST)
    assert "1, rue du Test" in letter.body, "who writes says where it is"
    assert letter.stop_url
    assert letter.stop_url in letter.body
    stop = letter.stop_url.removeprefix("http://127.0.0.1:8000")
    assert "Ne plus m’écrire" in visitor.open(stop).text, "reading stops nothing"
    visitor.client.post(stop, base_url=visitor.base, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "null"})
    assert "Plus aucune invitation" in visitor.open(stop).text
    with unit(), pytest.raises(Refusal, match="ne plus recevoir"):
        make_offer(program)


def test_contacts_are_forgotten_after_the_last_day(program: Program) -> None:
    offer = make_offer(program)
    with clock.frozen(clock.midnight(offer.until_on + KEPT + dt.timedelta(days=2))):
        forget_slot_contacts()
    db.session.refresh(offer)
    assert (offer.contact_name, offer.contact_email, offer.token_digest) == ("", "", None)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own, where every unit of work really commits."""
    folder = tmp_path_factory.mktemp("busy")
    with scratch_database(folder, FILLED) as url:
        app = create_app(settings_for(url, folder))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def crowd(app: Flask, refs: list[str], hour: dt.datetime) -> Counter[str]:
    """Let as many people choose one hour at the same instant, each by a link; give what came of it."""
    barrier, told = threading.Barrier(len(refs)), Counter[str]()

    def choose(ref: str) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    choose_slot(db.session.scalars(select(SlotOffer).where(SlotOffer.ref == ref)).one(), hour, by=VISITOR)
                told["done"] += 1
            except Refusal:
                told["refused"] += 1
            finally:
                db.session.remove()

    threads = [threading.Thread(target=choose, args=(ref,)) for ref in refs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def test_of_forty_who_choose_one_hour_one_has_it(busy: Flask) -> None:
    program, user = make_program(code="14"), make_user()
    one = make_offer(program, user)
    others = [make_offer(program, user, contact_email=f"p{number}@exemple.com") for number in range(CROWD // 2 - 1)]
    hour, refs = free_hours(one)[0], [one.ref] * (CROWD - len(others)) + [other.ref for other in others]
    db.session.rollback()
    assert crowd(busy, refs, hour) == {"done": 1, "refused": CROWD - 1}, "by one link and by many"
    db.session.rollback()
    assert len(db.session.scalars(select(Visit).join(VisitGoer).where(VisitGoer.user_id == user.id)).all()) == 1


def test_without_the_look_at_free_hours_and_the_constraint_the_same_crowd_doubles(busy: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    program, user = make_program(code="14"), make_user()
    offers = [make_offer(program, user, contact_email=f"q{number}@exemple.com") for number in range(4)]
    hour, refs, key = free_hours(offers[0])[0], [offer.ref for offer in offers], user.id
    db.session.rollback()
    monkeypatch.setattr(slot_actions, "free_hours", lambda _offer: [hour])
    with transaction():
        db.session.execute(text("DROP INDEX uq_slot_choice_hour"))
    try:
        crowd(busy, refs, hour)
        db.session.rollback()
        assert len(db.session.scalars(select(Visit).join(VisitGoer).where(VisitGoer.user_id == key)).all()) > 1
    finally:
        with transaction():
            db.session.execute(delete(SlotChoice))
            db.session.execute(
                text("CREATE UNIQUE INDEX uq_slot_choice_hour ON slot_choice (user_id, starts_at) WHERE released_at IS NULL")
            )
