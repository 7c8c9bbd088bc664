"""Workshops: anyone asks for one; the team plans it or says why not; whoever asked is forgotten in the end."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program
from certif.territory import mrcs
from certif.visits import Visit, WorkshopRequest
from certif.visits.workshop_actions import KEPT, KEPT_UNANSWERED, decline_workshop, forget_workshop_requests
from tests.conftest import Mailbox
from tests.factories import make_program, make_staff, unit
from tests.pages import Visitor
from tests.visits.making import BOSS, make_request, soon

ASKER = "louise@exemple.com"


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


def test_a_school_asks_and_the_team_plans(program: Program, visitor: Visitor, letters: Mailbox) -> None:
    agent = make_staff(Role.AGENT, program)
    typed = {"audience": "students", "people": 28, "body": "École de la Rivière", "mrc": mrcs(program.region)[0].slug}
    asked = visitor.open("/ateliers").fill("Demander", contact_name="Louise Caron", contact_email=ASKER, **typed)
    assert asked.status == 200
    assert letters.to(ASKER) == [], "nothing is written to an address that nobody has proven"
    assert letters.last(agent.user.email).name == "visits/workshop_asked"
    waiting = agent.open("/personnel/terrain/ateliers")
    assert "École de la Rivière" in waiting.text
    planning = agent.open(next(a["href"] for a in waiting.soup.find_all("a") if a.get_text(strip=True) == "Planifier"))
    done = planning.fill("Planifier", day=soon().isoformat(), starts="9:00", ends="10:15")
    visit = db.session.scalars(select(Visit)).one()
    assert (visit.kind, visit.audience, done.h1) == ("workshop", "students", "Atelier – École de la Rivière")
    assert letters.last(ASKER).calendar
    assert "Aucune demande en attente" in agent.open("/personnel/terrain/ateliers").text
    assert "Planifié le" in agent.open("/personnel/terrain/ateliers?vue=toutes").text


def test_a_workshop_that_is_declined_says_why(program: Program, letters: Mailbox) -> None:
    agent, request = make_staff(Role.AGENT, program), make_request(program)
    agent.open(f"/personnel/terrain/ateliers/{request.ref}/refus").fill("Refuser", reason="Nous sommes complets en décembre.")
    assert "complets en décembre" in letters.last(ASKER).body
    with unit(), pytest.raises(Refusal, match="déjà sa réponse"):
        decline_workshop(request, "Encore.", by=BOSS)


def test_the_same_request_twice_is_one(program: Program) -> None:
    make_request(program)
    with unit(), pytest.raises(Refusal, match="déjà reçue"):
        make_request(program)
    make_request(program, "Une autre école")


def test_where_no_program_is_nobody_is_asked(app: Flask, visitor: Visitor) -> None:
    where = mrcs()[0].slug
    typed = {"audience": "students", "people": 5, "body": "École", "mrc": where, "contact_name": "L", "contact_email": ASKER}
    page = visitor.open("/ateliers").fill("Demander", **typed)
    assert page.status == 409
    assert db.session.scalars(select(WorkshopRequest)).all() == []


def test_whoever_asked_is_forgotten_after_the_answer(program: Program) -> None:
    answered, waiting = make_request(program), make_request(program, "Une autre")
    with unit():
        decline_workshop(answered, "Non.", by=BOSS)
    with clock.frozen(clock.now() + KEPT + dt.timedelta(days=1)):
        forget_workshop_requests()
    assert [one.body for one in db.session.scalars(select(WorkshopRequest))] == [waiting.body]
    with clock.frozen(clock.now() + KEPT_UNANSWERED + dt.timedelta(days=1)):
        forget_workshop_requests()
    assert db.session.scalars(select(WorkshopRequest)).all() == []
