"""A fresh house for each test: one migrated database a session, and each test's work undone at its end.

The database is SQLite in a temporary folder, or PostgreSQL when `TEST_DATABASE_URL` names a server (a scratch database is made there and
dropped afterwards).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, select

from certif.app import create_app
from certif.kit import db as kept
from certif.kit.db import db, transaction, writing
from certif.kit.outbox import Letter
from tests import spoken
from tests.databases import FILLED, SERVER, drop_models, keep_models, load_reference_data, scratch_database, settings_for
from tests.engines import guarded, is_engine_free
from tests.pages import Visitor

kept.STATEMENTS_KEPT = 4000  # one process says in turn all that the house says
gc.set_threshold(100_000, 20, 20)  # a house holds a million objects that stay: looking through them often is a sixth of the time

__all__ = ["SERVER", "load_reference_data", "scratch_database", "settings_for"]

LONGEST_FIRST = (
    "faults/test_killed",
    "browser/",
    "faults/test_double_posts",
    "house/test_every_role_and_route",
    "payments/test_outages",
    "faults/",
    "house/test_migrations_killed",
    "employers/test_hostile_values",
    "cli/",
)
"""What takes long begins first, so that nobody waits at the end for one file alone."""


def pytest_configure(config: pytest.Config) -> None:
    if not _shares(config):
        keep_models()
    spoken.begin(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _shares(config):
        drop_models()


def _shares(config: pytest.Config) -> bool:
    """Whether this process is one of those among whom another shares the tests out."""
    return hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((number for number, part in enumerate(LONGEST_FIRST) if f"tests/{part}" in path), len(LONGEST_FIRST))

    items.sort(key=place)
    for item in items:
        if is_engine_free(item):
            item.add_marker("engine_free")
    if spoken.NOTED:
        config.hook.pytest_deselected(items=spoken.leave_out(items, spoken.NOTED))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with guarded() if item.get_closest_marker("engine_free") else nullcontext():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with guarded() if item.get_closest_marker("engine_free") else nullcontext():
        return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share the tests out by file, those of browsers together: they look at one site, which takes long to start."""
    from xdist.scheduler import LoadFileScheduling  # late: `-p no:xdist` does without

    class ByFile(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)

    return ByFile(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a migrated database that holds the reference data and nothing else."""
    folder = tmp_path_factory.mktemp("house")
    with scratch_database(folder, FILLED) as url:
        app = create_app(settings_for(url, folder, PORT="8000"))
        app.config["RATELIMIT_ENABLED"] = False
        yield app
        with app.app_context():
            db.engine.dispose()


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """Let everything in this process speak through one connection meanwhile, and what it commits end with that connection’s transaction."""
    from certif.kit.limits import limiter

    factory = db.session.session_factory
    factory.configure(bind=connection, join_transaction_mode="create_savepoint")
    was_limited, limiter.enabled = limiter.enabled, False
    try:
        yield
    finally:
        db.session.remove()
        factory.configure(bind=None, join_transaction_mode="conditional_savepoint")
        limiter.enabled = was_limited


@contextmanager
def one_transaction() -> Iterator[Connection]:
    """Open a connection in a transaction that is undone at the end."""
    with writing():
        connection = db.engine.connect()
        outer = connection.begin()
    try:
        yield connection
    finally:
        outer.rollback()
        connection.close()


@pytest.fixture
def app(house: Flask) -> Iterator[Flask]:
    """The application; whatever this test commits is undone at its end."""
    with house.app_context(), one_transaction() as connection, undone(connection):
        yield house


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody with a browser, whom nobody knows yet."""
    return Visitor(app)


@pytest.fixture
def unit(app: Flask) -> Iterator[None]:
    """One unit of work around the whole test, for tests of acts."""
    with transaction():
        yield


class Mailbox:
    """The letters that were queued, newest last."""

    def all(self) -> list[Letter]:
        """Give every letter."""
        return list(db.session.scalars(select(Letter).order_by(Letter.id)))

    def to(self, address: str) -> list[Letter]:
        """Give the letters to one address."""
        return [letter for letter in self.all() if letter.to_address == address]

    def last(self, address: str | None = None) -> Letter:
        """Give the newest letter, to `address` if given."""
        found = self.to(address) if address else self.all()
        assert found, f"no letter to {address or 'anyone'}"
        return found[-1]


@pytest.fixture
def letters(app: Flask) -> Mailbox:
    """The outbox."""
    return Mailbox()
