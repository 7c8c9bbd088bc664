"""Lists and boards stay as fast with hundreds of thousands of prospects: each page is read from an index, a few rows at a time."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask
from sqlalchemy import text

from certif.kit.access import Role
from certif.kit.db import db
from certif.programs import Program
from certif.visits import PursuitStage
from certif.visits.pursuit_queries import PursuitFilter, board_of, counts_of, due_of, pursuits_of
from tests.factories import Person, make_program, make_staff
from tests.statements import statements
from tests.visits.chasing import make_list, near


@pytest.fixture
def program(app: Flask) -> Program:
    return make_program(code="14")


@pytest.fixture
def agent(program: Program) -> Person:
    return make_staff(Role.AGENT, program)


def test_no_page_reads_the_whole_table_nor_sorts_it(program: Program, agent: Person) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the plan of a small table says nothing there")
    make_list(program, agent.actor)
    plain, by = PursuitFilter(program), agent.actor
    asked = [plain, *(dataclasses.replace(plain, **{name: value}) for name, value in narrowed(agent).items())]
    for one in asked:
        with statements() as said:
            pursuits_of(by, one, None)
            counts_of(by, one)
            board_of(by, one)
        for statement in said:
            assert "SCAN pursuit" not in plan(statement), (one, statement)
    with statements() as said:
        due_of(by, program, agent.user, None)
    assert "SCAN pursuit" not in plan(said[0])
    assert "SCAN pursuit" in plan("SELECT id FROM pursuit WHERE attempts = 3"), "a scan is seen"


def narrowed(agent: Person) -> dict[str, object]:
    """Give one value of each filter."""
    return {"stage": PursuitStage.PROSPECT, "agent": agent.user, "mrc": near(), "origin": "file", "due": "week"}


def plan(statement: str) -> str:
    """Give how the database would answer."""
    count = statement.count("?")
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple([1] * count))
    return "\n".join(str(row[3]) for row in rows)


def test_pages_of_every_stage_follow_one_another_without_loss(program: Program, agent: Person) -> None:
    make_list(program, agent.actor, *([f"Porte {number}", "", "Joliette", "J6E 3Z9", "", "", "", "", ""] for number in range(60)))
    db.session.execute(text("UPDATE pursuit SET stage = 'sensitised' WHERE id % 3 = 0"))
    seen, after = [], None
    while True:
        page = pursuits_of(agent.actor, PursuitFilter(program), after)
        seen += [row.ref for row in page.rows]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 60
