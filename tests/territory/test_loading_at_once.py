"""Several processes that start at once on an empty database load the reference data once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from certif import territory
from certif.app import create_app
from certif.kit.db import db
from certif.territory import reference
from certif.territory.model import ReferenceData
from tests.databases import scratch_database, settings_for

STARTS = 4


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own, on a migrated database that holds nothing."""
    with scratch_database(tmp_path, "head") as url:
        app = create_app(settings_for(url, tmp_path))
        yield app
        with app.app_context():
            db.engine.dispose()


def start_all(app: Flask) -> list[bool | str]:
    together = Barrier(STARTS)

    def start(_number: int) -> bool | str:
        with app.app_context():
            together.wait(10)
            try:
                return territory.load_reference_data()
            except DBAPIError as error:
                return type(error).__name__

    with ThreadPoolExecutor(STARTS) as pool:
        return list(pool.map(start, range(STARTS)))


def test_of_several_starts_at_once_one_loads(empty: Flask) -> None:
    assert sorted(start_all(empty)) == [False, False, False, True]
    with empty.app_context():
        assert (len(territory.mrcs()), len(territory.partners())) == (104, 90)


def test_without_holding_the_state_more_than_one_tries(empty: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: nobody waits, nor looks again."""
    monkeypatch.setattr(reference, "_hold_state", lambda: db.session.merge(ReferenceData(name="territory", digest="")))
    results = start_all(empty)
    assert sum(result is not False for result in results) > 1
