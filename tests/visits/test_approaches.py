"""Approaches: numbered, at the pace of the program, never without a ground, and never again once somebody said stop."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif.imports import Prospect, forget_old_imports, has_stopped, invite_prospect
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Program, months_after
from certif.visits import Pursuit
from certif.visits.contact_actions import give_contact, set_cadence, stop_approaches
from certif.visits.contact_cadence import Pace, pace_of
from certif.visits.contact_model import Answer, Approach, Channel
from certif.visits.contact_queries import numbers_of
from certif.visits.pursuit_jobs import follow_prospects, forget_approach_notes
from tests.factories import Person, make_program, make_staff, unit
from tests.imports.files import row
from tests.visits.chasing import PERSON, approach, give_person, make_list, make_prospect

DAY = dt.timedelta(days=1)


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


@pytest.fixture
def prospect(program: Program, agent: Person) -> Prospect:
    return make_prospect(program, agent.actor)


def next_on(prospect: Prospect) -> dt.date | None:
    return db.session.scalars(select(Pursuit).where(Pursuit.prospect_id == prospect.id)).one().next_on


def test_four_tries_a_week_apart_then_three_months_then_again(prospect: Prospect, agent: Person) -> None:
    start, by = clock.now(), agent.actor
    for number in range(5):
        with clock.frozen(start + number * 7 * DAY):
            assert approach(prospect, Answer.NOBODY, by).number == number + 1
            waits = next_on(prospect)
            assert waits == (months_after(clock.today(), 3) if number == 3 else clock.today() + 7 * DAY)


def test_who_thinks_is_left_three_months_who_refused_six_and_a_day_that_was_agreed_wins(prospect: Prospect, agent: Person) -> None:
    approach(prospect, Answer.THINKING, agent.actor)
    assert next_on(prospect) == months_after(clock.today(), 3)
    approach(prospect, Answer.REFUSED, agent.actor)
    assert next_on(prospect) == months_after(clock.today(), 6)
    agreed = clock.today() + 12 * DAY
    approach(prospect, Answer.INTERESTED, agent.actor, next_on=agreed)
    assert next_on(prospect) == agreed
    with pytest.raises(Refusal, match="à venir"):
        approach(prospect, Answer.INTERESTED, agent.actor, next_on=clock.today())


def test_a_letter_that_invites_to_register_is_an_approach_like_any_other(prospect: Prospect, agent: Person) -> None:
    give_person(prospect, agent.actor)
    approach(prospect, Answer.NOBODY, agent.actor)
    with unit():
        invite_prospect(prospect, by=agent.actor)
    follow_prospects()
    row = db.session.scalars(select(Pursuit).where(Pursuit.prospect_id == prospect.id)).one()
    assert (row.attempts, row.next_on) == (2, clock.today() + 7 * DAY)
    assert approach(prospect, Answer.NOBODY, agent.actor).number == 2
    assert next_on(prospect) == clock.today() + 7 * DAY
    approach(prospect, Answer.NOBODY, agent.actor)
    assert next_on(prospect) == months_after(clock.today(), 3), "three doors and a letter are four tries"


def test_a_program_decides_of_its_pace_and_what_was_agreed_stays(prospect: Prospect, program: Program, agent: Person) -> None:
    approach(prospect, Answer.NOBODY, agent.actor)
    agreed = next_on(prospect)
    with unit():
        assert set_cadence(program, Pace(attempts=2, days=3, rest_months=1, refused_months=2), by=agent.actor) is not None
    with unit():
        assert set_cadence(program, pace_of(program.id), by=agent.actor) is None, "what changes nothing leaves nothing"
    assert next_on(prospect) == agreed
    approach(prospect, Answer.NOBODY, agent.actor)
    assert next_on(prospect) == months_after(clock.today(), 1), "the second in a row"
    with pytest.raises(Refusal, match="Après un refus"), unit():
        set_cadence(program, Pace(rest_months=6, refused_months=3), by=agent.actor)


def test_nobody_writes_nor_calls_without_a_ground_kept_with_its_source(prospect: Prospect, agent: Person) -> None:
    for channel, missing in ((Channel.EMAIL, "Aucune adresse"), (Channel.PHONE, "Aucun numéro")):
        with pytest.raises(Refusal, match=missing):
            approach(prospect, Answer.MESSAGE, agent.actor, channel)
    with pytest.raises(Refusal, match="Dites ce qui permet"), unit():
        give_contact(prospect, {**PERSON, "contact_ground": None}, by=agent.actor)
    with unit():
        prospect.contact_email, prospect.contact_phone = "vieille@exemple.com", "+14505550199"
    for channel in (Channel.EMAIL, Channel.PHONE):
        with pytest.raises(Refusal, match="notez le fondement"):
            approach(prospect, Answer.MESSAGE, agent.actor, channel)
    give_person(prospect, agent.actor)
    assert approach(prospect, Answer.MESSAGE, agent.actor, Channel.EMAIL).number == 1
    assert approach(prospect, Answer.MESSAGE, agent.actor, Channel.PHONE).number == 2


def test_one_word_stops_everything_the_address_and_the_number_too_whoever_uses_them(
    prospect: Prospect, program: Program, agent: Person
) -> None:
    other = make_prospect(program, agent.actor, "Même numéro")
    for one in (prospect, other):
        give_person(one, agent.actor)
    assert set(numbers_of([prospect, other])) == {prospect.id, other.id}
    approach(prospect, Answer.STOP, agent.actor, Channel.PHONE, note="Arrêtez de nous appeler")
    for channel in Channel:
        with pytest.raises(Refusal, match="ne plus être approchée"):
            approach(prospect, Answer.MESSAGE, agent.actor, channel)
    assert has_stopped(str(PERSON["contact_email"]))
    with pytest.raises(Refusal, match="ne plus recevoir de courriel"):
        approach(other, Answer.MESSAGE, agent.actor, Channel.EMAIL)
    with pytest.raises(Refusal, match="ne plus recevoir d’appel"):
        approach(other, Answer.MESSAGE, agent.actor, Channel.PHONE)
    assert numbers_of([other]) == {}, "nor is the number shown on a walk list"
    assert approach(other, Answer.NOBODY, agent.actor, Channel.IN_PERSON).number == 1, "another organisation may still be met"
    with pytest.raises(Refusal), unit():
        give_contact(prospect, PERSON, by=agent.actor)
    with unit():
        stop_approaches(prospect, "", by=agent.actor)


def test_a_contact_that_was_called_lately_is_kept_and_old_notes_are_erased(program: Program, agent: Person) -> None:
    by = agent.actor
    [prospect] = make_list(program, by, row("Café Noir", email="camille@exemple.com"))
    with clock.frozen(clock.now() + 700 * DAY):
        approach(prospect, Answer.NOBODY, by, note="Fermé le lundi")
    with clock.frozen(clock.now() + 800 * DAY):
        forget_old_imports()
        forget_approach_notes()
        db.session.expire_all()
        assert prospect.contact_email == "camille@exemple.com"
        assert db.session.scalars(select(Approach)).one().note == "Fermé le lundi"
    with clock.frozen(clock.now() + 1500 * DAY):
        forget_old_imports()
        forget_approach_notes()
        db.session.expire_all()
        assert prospect.contact_email is None
        assert db.session.scalars(select(Approach)).one().note == ""
