"""What is run on one engine only meets no database: neither by its fixtures, nor by what it imports, nor in fact."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine

from certif.kit.db import db
from tests.databases import scratch_database
from tests.engines import MetDatabase, guarded, leads_to_a_database


@pytest.mark.parametrize(
    "name", ["tests.law.test_week", "tests.documents.test_sealing", "tests.payments.test_outages", "tests.house.sources"]
)
def test_files_that_meet_no_database_are_told_from_the_rest(name: str) -> None:
    assert not leads_to_a_database(name)


@pytest.mark.parametrize(
    "name",
    ["tests.databases", "tests.serving", "tests.faults.nursery", "tests.cli.test_copies", "tests.house.test_migrations_killed", __name__],
)
def test_files_that_may_meet_one_are_seen_however_far_away_it_is(name: str) -> None:
    assert leads_to_a_database(name)


def test_whoever_was_thought_free_of_databases_and_opens_one_fails(house: Flask, tmp_path: Path) -> None:
    elsewhere = create_engine("sqlite://")
    with guarded(), house.app_context():
        for open_one in (elsewhere.connect, db.engine.connect, scratch_database(tmp_path).__enter__):
            with pytest.raises(MetDatabase):
                open_one()
    with elsewhere.connect(), scratch_database(tmp_path):
        pass
    elsewhere.dispose()


def test_what_stands_on_the_house_is_run_on_each_engine(request: pytest.FixtureRequest) -> None:
    free = [item for item in request.session.items if item.get_closest_marker("engine_free")]
    assert [item.nodeid for item in free if isinstance(item, pytest.Function) and "house" in item.fixturenames] == []
