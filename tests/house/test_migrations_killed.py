"""A migration killed at any moment leaves the old shape or the new one, never something between, and the next start goes on."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import random
import signal
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, event, inspect, text

from certif.kit import schema
from certif.kit.db import writing
from tests.databases import scratch_database
from tests.house.test_migrations import VERSIONS, opened

pytestmark = pytest.mark.timeout(900)
"""Databases are made and dropped by the dozen: on a busy server that waits for its disk."""

ROUNDS = 25
STARTS = (None, *(path.stem for path in VERSIONS[-9:-1:3]))
"""Where an upgrade begins: at nothing one time in four, else a few migrations ago. Those before them ran everywhere, and change no more."""
Upgrade = Callable[[str], None]


@pytest.mark.slow
def test_killed_after_any_statement_it_is_old_or_new(tmp_path: Path) -> None:
    rng, killed = random.Random(20261103), 0
    statements = {start: count_statements(schema.upgrade, tmp_path, start) for start in STARTS}
    for number in range(ROUNDS):
        start = STARTS[number % len(STARTS)]
        with scratch_database(tmp_path, start) as url:
            old = tables(url)
            stopped = run_and_die(schema.upgrade, url, statement=rng.randint(1, statements[start]))
            killed += stopped
            assert tables(url) == old or not stopped or tables(url) == whole_shape(tmp_path), f"between: {sorted(tables(url) ^ old)}"
            schema.upgrade(url)
            assert tables(url) == whole_shape(tmp_path)
    assert killed > ROUNDS / 3, "too few were caught at work for this to prove anything"


@pytest.mark.slow
def test_killed_at_any_instant_it_is_old_or_new(tmp_path: Path) -> None:
    rng = random.Random(20261104)
    lasts = {start: how_long(schema.upgrade, tmp_path, start) for start in STARTS}
    for number in range(ROUNDS):
        start = STARTS[number % len(STARTS)]
        with scratch_database(tmp_path, start) as url:
            old = tables(url)
            run_and_die(schema.upgrade, url, after=rng.uniform(0, lasts[start] * 1.1))
            assert tables(url) in (old, whole_shape(tmp_path))
            if number % 5 == 0:  # from the old, or from the whole: what comes next is known
                schema.upgrade(url)
                assert tables(url) == whole_shape(tmp_path)


@pytest.mark.slow
def test_without_one_transaction_around_it_something_between_is_left(tmp_path: Path) -> None:
    """The twin: the same kills, each statement committed by itself."""
    between = 0
    for statement in (10, 20, 30):
        with scratch_database(tmp_path) as url:
            assert run_and_die(upgrade_carelessly, url, statement=statement)
            between += tables(url) not in (frozenset(), whole_shape(tmp_path))
    assert between == 3


def tables(url: str) -> frozenset[str]:
    """Give the tables that are there, and the step the database says it stands at."""
    engine = opened(url)
    found = set(inspect(engine).get_table_names())
    if "alembic_version" in found:
        with engine.connect() as connection:
            found |= set(connection.scalars(text("SELECT version_num FROM alembic_version")))
    return frozenset(found)


_whole: list[frozenset[str]] = []


def whole_shape(folder: Path) -> frozenset[str]:
    """Give the tables of a database that came through whole."""
    if not _whole:
        with scratch_database(folder, "head") as url:
            _whole.append(tables(url))
    return _whole[0]


def count_statements(upgrade: Upgrade, folder: Path, start: str | None) -> int:
    """Give how many statements an upgrade takes."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "after_cursor_execute", note)
    try:
        with scratch_database(folder, start) as url:
            seen.clear()  # how it came to `start` does not count
            upgrade(url)
    finally:
        event.remove(Engine, "after_cursor_execute", note)
    return len(seen)


def how_long(upgrade: Upgrade, folder: Path, start: str | None) -> float:
    """Give how many seconds an upgrade lasts, in a process of its own."""
    with scratch_database(folder, start) as url:
        began = time.monotonic()
        run_and_die(upgrade, url)
        return time.monotonic() - began


def run_and_die(upgrade: Upgrade, url: str, *, statement: int | None = None, after: float | None = None) -> bool:
    """Upgrade in a process of its own, killed (-9) after its n-th statement, or after so many seconds. Gives whether it was killed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of forks beside threads; the child only upgrades
        child = multiprocessing.get_context("fork").Process(target=_upgrade_until, args=(upgrade, url, statement))
        child.start()
    if after is not None:
        time.sleep(after)
        child.kill()
    child.join(60)
    return child.exitcode == -signal.SIGKILL


def _upgrade_until(upgrade: Upgrade, url: str, statement: int | None) -> None:
    left = [statement or 0]

    def count_down(*_rest: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", count_down)
    upgrade(url)
    os._exit(0)


def upgrade_carelessly(url: str) -> None:
    """Go through the migrations with each statement committed by itself."""
    with writing(), opened(url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")  # the engine began a transaction by itself
        with Operations.context(MigrationContext.configure(connection, opts={"transactional_ddl": False})):
            for path in VERSIONS:
                spec = importlib.util.spec_from_file_location(path.stem, path)
                assert spec is not None
                assert spec.loader is not None
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                module.upgrade()


@pytest.mark.slow
def test_two_upgrades_at_once_both_end_well(tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    with scratch_database(tmp_path) as url, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        together = [fork.Process(target=_upgrade_until, args=(schema.upgrade, url, None)) for _each in range(3)]
        for child in together:
            child.start()
        for child in together:
            child.join(60)
        assert [child.exitcode for child in together] == [0, 0, 0]
        assert tables(url) == whole_shape(tmp_path)
