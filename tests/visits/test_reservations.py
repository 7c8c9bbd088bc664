"""A batch kept for a walk: nobody else can keep the same doors, and what was not reached comes back."""

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
from certif.visits import Pursuit, ReservationTerms, reserve
from certif.visits.contact_model import Answer
from certif.visits.reservation_actions import end_reservations, release_reservation
from certif.visits.reservation_queries import walk_of
from tests.factories import Person, make_program, make_staff, unit
from tests.imports.files import row
from tests.visits.chasing import approach, far, keep, make_list, near


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


def names(agent: Person, *args: object, **said: object) -> list[str]:
    return [stop.prospect.name for stop in walk_of(agent.actor, keep(*args, **said))]  # type: ignore[arg-type]


def test_the_nearest_come_first_and_nobody_else_gets_them(program: Program, agent: Person) -> None:
    codes = ("J6E 1A1", "J6E 1A9", "J6E 9Z9", "J0K 1A0")
    make_list(program, agent.actor, *(row(f"À {code}", code=code) for code in codes))
    assert names(agent, program, agent.actor, near="J6E 1A1", count=2) == ["À J6E 1A1", "À J6E 1A9"]
    other = make_staff(Role.AGENT, program)
    assert names(other, program, other.actor, near="J6E", count=20) == ["À J6E 9Z9"]
    with pytest.raises(Refusal, match="Aucun prospect libre"):
        keep(program, other.actor, near="J6E")


def test_a_place_narrows_it_and_the_walk_goes_by_town_and_code(program: Program, agent: Person) -> None:
    make_list(
        program, agent.actor, row("B", code="J6E 2A2", mrc=near().name), row("A", code="J6E 1A1", mrc=near().name),
        row("Loin", code="J6E 3A3", mrc=far().name),
    )  # fmt: skip
    assert names(agent, program, agent.actor, mrc=near(), municipality="joliette", count=20) == ["A", "B"]


def test_who_is_reached_leaves_the_batch_and_the_others_are_given_back(program: Program, agent: Person) -> None:
    one, two, three = make_list(program, agent.actor)
    batch = keep(program, agent.actor, count=3)
    approach(one, Answer.NOBODY, agent.actor)
    approach(two, Answer.THINKING, agent.actor)
    held = {stop.prospect.name: stop.is_held for stop in walk_of(agent.actor, batch)}
    assert held == {one.name: True, two.name: False, three.name: True}
    with unit():
        assert release_reservation(batch, one, by=agent.actor) == 1
    with unit():
        assert release_reservation(batch, by=agent.actor) == 1
    with pytest.raises(Refusal, match="rien à remettre"), unit():
        release_reservation(batch, by=agent.actor)
    assert [stop.prospect.name for stop in walk_of(agent.actor, batch)] == [two.name]
    assert len(walk_of(agent.actor, keep(program, agent.actor, count=3))) == 3, "free again, for anyone"


def test_what_was_not_reached_comes_back_once_the_last_day_has_passed(program: Program, agent: Person) -> None:
    by = agent.actor
    make_list(program, by)
    batch = keep(program, by, count=3)
    with clock.frozen(clock.midnight(batch.until_on) + dt.timedelta(hours=12)):
        end_reservations()
        assert len(walk_of(by, batch)) == 3, "its last day counts"
    with clock.frozen(clock.midnight(batch.until_on) + dt.timedelta(hours=36)):
        end_reservations()
        end_reservations()
        assert walk_of(by, batch) == []
        assert not db.session.scalars(select(Pursuit).where(Pursuit.reservation_id.is_not(None))).all()


def test_it_is_bounded(program: Program, agent: Person) -> None:
    for terms in (ReservationTerms(61, clock.today()), ReservationTerms(0, clock.today())):
        with pytest.raises(Refusal, match="de 1 à 60"), unit():
            reserve(program, terms, by=agent.actor)
    for days in (-1, 61):
        with pytest.raises(Refusal, match="d’ici deux mois"), unit():
            reserve(program, ReservationTerms(1, clock.today() + dt.timedelta(days=days)), by=agent.actor)
