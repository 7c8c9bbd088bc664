"""What follows a meeting: noted by rule or as typed, seen by whom it concerns, done once."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.visits import FollowUp
from certif.visits.follow_up_actions import finish_follow_up
from certif.visits.follow_up_queries import follow_ups_about, follow_ups_to_do
from tests.factories import make_employer, make_program, make_staff, unit
from tests.visits.making_reports import make_report, make_visit


@pytest.mark.parametrize(("outcome", "days"), [("interested", 7), ("thinking", 30), ("absent", 14)])
def test_an_outcome_calls_for_what_is_usual(app: Flask, outcome: str, days: int) -> None:
    program = make_program()
    agent = make_staff(Role.AGENT, program)
    make_report(make_visit(program), agent.actor, outcome=outcome)
    made = db.session.scalars(select(FollowUp)).one()
    assert (made.due_on - clock.today(), made.user_id) == (dt.timedelta(days=days), agent.user.id)


@pytest.mark.parametrize("outcome", ["signed", "refused", "held"])
def test_other_outcomes_call_for_nothing(app: Flask, outcome: str) -> None:
    program = make_program()
    make_report(make_visit(program), make_staff(Role.AGENT, program).actor, outcome=outcome)
    assert db.session.scalars(select(FollowUp)).all() == []


def test_what_is_typed_takes_the_place_of_what_is_usual_and_may_be_someone_elses(app: Flask) -> None:
    program = make_program()
    agent, colleague = make_staff(Role.AGENT, program), make_staff(Role.MANAGER, program)
    due = clock.today() + dt.timedelta(days=3)
    make_report(make_visit(program), agent.actor, next_step="Porter la trousse", next_on=due, next_by=colleague.user.ref)
    made = db.session.scalars(select(FollowUp)).one()
    assert (made.what, made.due_on, made.user_id) == ("Porter la trousse", due, colleague.user.id)


def test_a_need_for_training_is_referred(app: Flask) -> None:
    program = make_program()
    make_report(make_visit(program), make_staff(Role.AGENT, program).actor, outcome="signed", needs_training=True)
    assert "formation" in db.session.scalars(select(FollowUp)).one().what


def test_somebody_of_elsewhere_is_given_nothing(app: Flask) -> None:
    program = make_program()
    agent, stranger = make_staff(Role.AGENT, program), make_staff(Role.AGENT, make_program(code="02"))
    make_report(make_visit(program), agent.actor, next_step="Rappeler", next_by=stranger.user.ref)
    assert db.session.scalars(select(FollowUp)).one().user_id == agent.user.id


def test_a_follow_up_is_done_once_and_by_who_works_there(app: Flask) -> None:
    program = make_program()
    agent = make_staff(Role.AGENT, program).actor
    make_report(make_visit(program), agent)
    made = db.session.scalars(select(FollowUp)).one()
    with unit(), pytest.raises(Refusal):
        finish_follow_up(made, by=make_staff(Role.AGENT, make_program(code="02")).actor)
    with unit():
        finish_follow_up(made, by=agent)
    with unit(), pytest.raises(Refusal):
        finish_follow_up(made, by=agent)


def test_my_list_is_mine_and_the_most_pressing_comes_first(app: Flask) -> None:
    program = make_program()
    agent, colleague = make_staff(Role.AGENT, program), make_staff(Role.AGENT, program)
    for number, days in enumerate((9, 2, 5)):
        due = clock.today() + dt.timedelta(days=days)
        make_report(make_visit(program, title=f"Lieu {number}"), agent.actor, next_step=f"Étape {days}", next_on=due)
    make_report(make_visit(program), colleague.actor, next_step="À un autre")
    assert [one.what for one in follow_ups_to_do(agent.actor, None).rows] == ["Étape 2", "Étape 5", "Étape 9"]
    assert len(follow_ups_to_do(agent.actor, None, of_all=True).rows) == 4


def test_a_long_list_goes_on_where_it_stopped(app: Flask) -> None:
    program = make_program()
    agent = make_staff(Role.AGENT, program)
    visit = make_visit(program)
    with unit():
        for number in range(60):
            due = clock.today() + dt.timedelta(days=number // 7)
            now = {"noted_at": clock.now(), "noted_by": agent.actor.ref}
            db.session.add(FollowUp(visit_id=visit.id, user_id=agent.user.id, what=f"{number}", due_on=due, **now))
    seen: list[str] = []
    after = None
    while True:
        found = follow_ups_to_do(agent.actor, after)
        seen += [one.what for one in found.rows]
        after = found.next
        if after is None:
            break
    assert sorted(seen, key=int) == [str(number) for number in range(60)]


def test_an_employers_follow_ups_are_found_from_it(app: Flask) -> None:
    program, employer = make_program(), make_employer()
    agent = make_staff(Role.AGENT, program).actor
    make_report(make_visit(program, employer_id=employer.id), agent)
    assert [one.visit.employer_id for one in follow_ups_about(employer, agent)] == [employer.id]
    assert follow_ups_about(make_employer(), agent) == []
    assert follow_ups_about(employer, make_staff(Role.AGENT, make_program(code="02")).actor) == []
