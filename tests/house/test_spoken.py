"""A second engine hears every statement again, and whatever it may judge otherwise; what it does not hear says nothing new."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from certif.employers import Employer
from certif.kit.db import db
from tests.spoken import Notebook, Noted, digest, fewest, may_be_left_out, types_what_some_refuse

NOTED = [
    Noted("all, slowly", 9, frozenset({1, 2, 3, 4})),
    Noted("first", 1, frozenset({1, 2})),
    Noted("first again", 1.5, frozenset({1, 2})),
    Noted("second", 1, frozenset({2, 3})),
    Noted("alone", 50, frozenset({5})),
    Noted("nothing", 0.1, frozenset()),
]


@pytest.mark.parametrize("times", [1, 2, 9])
def test_each_statement_is_said_as_often_as_asked_or_as_often_as_it_is_said_at_all(times: int) -> None:
    chosen = fewest(NOTED, times)
    said, again = Counter[int](), Counter[int]()
    for one in NOTED:
        said.update(one.said)
        again.update(one.said if one.test in chosen else ())
    assert all(again[statement] >= min(times, count) for statement, count in said.items())


def test_the_cheapest_are_chosen_and_what_says_nothing_new_is_not() -> None:
    assert fewest(NOTED, 1) == {"first", "second", "all, slowly", "alone"}
    assert fewest([*NOTED[1:], Noted("fourth", 0.5, frozenset({4}))], 1) == {"first", "second", "fourth", "alone"}


def test_a_statement_is_the_same_however_many_values_it_carries() -> None:
    assert digest("SELECT a WHERE b IN (?, ?, ?)") == digest("SELECT a WHERE b IN (?)")
    assert digest("INSERT INTO a VALUES (?, ?), (?, ?)") == digest("INSERT INTO a VALUES (?, ?)")
    assert digest("SAVEPOINT sa_savepoint_12") == digest("SAVEPOINT sa_savepoint_3")
    assert digest("SELECT a WHERE b = ?") != digest("SELECT a WHERE c = ?")


def test_what_opens_databases_of_its_own_or_types_what_an_engine_refuses_is_run_on_each(request: pytest.FixtureRequest) -> None:
    left_out = {item.path.name for item in request.session.items if may_be_left_out(item)}
    assert left_out & {"test_double_posts.py", "test_killed.py", "test_hostile_values.py", "test_copies.py", "test_migrations.py"} == set()


def test_only_the_tests_that_type_it_are_run_for_it_unless_all_share_it(tmp_path: Path) -> None:
    own, shared = tmp_path / "test_own.py", tmp_path / "test_shared.py"
    own.write_text('def test_a(x):\n    x("\\\\x00")\n\n\n@each("\\\\ud800")\ndef test_b(): ...\n\n\ndef test_c(): ...\n')
    shared.write_text('BAD = "\\\\x00"\n\n\ndef test_c(): ...\n')
    assert [types_what_some_refuse(own, f"test_{one}") for one in "abc"] == [True, True, False]
    assert types_what_some_refuse(shared, "test_c")


def test_what_a_test_says_is_heard(app: Flask, tmp_path: Path) -> None:
    notebook = Notebook(tmp_path / "notes.jsonl")
    event.listen(Engine, "before_cursor_execute", notebook.hear)
    try:
        db.session.scalars(select(Employer.ref)).all()
    finally:
        event.remove(Engine, "before_cursor_execute", notebook.hear)
    assert digest(str(select(Employer.ref))) in notebook.said
