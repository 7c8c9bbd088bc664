"""A fresh house for each test: one migrated database a session, and each test's work undone at its end.

The database is SQLite in a temporary folder, or PostgreSQL when `TEST_DATABASE_URL` names a server (a scratch database is made there and
dropped afterwards).
"""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url

from certif.app import create_app
from certif.kit import schema, settings
from certif.kit.db import db, transaction, writing
from certif.kit.outbox import Letter
from tests.pages import Visitor

gc.set_threshold(100_000, 20, 20)  # a house holds a million objects that stay: looking through them often is a sixth of the time

SERVER = os.environ.get("TEST_DATABASE_URL")

LONGEST_FIRST = (
    "faults/test_killed",
    "browser/",
    "faults/test_double_posts",
    "payments/test_outages",
    "faults/",
    "house/test_migrations_killed",
)
"""What takes long begins first, so that nobody waits at the end for one file alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((number for number, part in enumerate(LONGEST_FIRST) if f"tests/{part}" in path), len(LONGEST_FIRST))

    items.sort(key=place)


@contextmanager
def scratch_database(folder: Path) -> Iterator[str]:
    """Give the address of an empty database of the engine under test, and drop it afterwards."""
    if not SERVER:
        yield f"sqlite:///{folder / f'{uuid.uuid4().hex}.sqlite3'}"
        return
    name = f"certif_{uuid.uuid4().hex[:12]}"
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        server.dispose()


def settings_for(database_url: str, folder: Path, **more: str) -> settings.Settings:
    """Give the settings of a demo on this database."""
    return settings.read({"DATABASE_URL": database_url, "DATA_DIR": str(folder), "PUBLIC_BASE_URL": "http://127.0.0.1:8000", **more})


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a migrated database that holds the reference data and nothing else."""
    folder = tmp_path_factory.mktemp("house")
    with scratch_database(folder) as url:
        schema.upgrade(url)
        app = create_app(settings_for(url, folder, PORT="8000"))
        app.config["RATELIMIT_ENABLED"] = False
        with app.app_context():
            load_reference_data()
        yield app
        with app.app_context():
            db.engine.dispose()


def load_reference_data() -> None:
    """Load what every database holds from its first day."""
    from certif.territory import load_reference_data as load

    with transaction():
        load()


@pytest.fixture
def app(house: Flask) -> Iterator[Flask]:
    """The application; whatever this test commits is undone at its end."""
    from certif.kit.limits import limiter

    with house.app_context():
        with writing():
            connection = db.engine.connect()
            outer = connection.begin()
        factory = db.session.session_factory
        factory.configure(bind=connection, join_transaction_mode="create_savepoint")
        limiter.enabled = False
        try:
            yield house
        finally:
            db.session.remove()
            factory.configure(bind=None, join_transaction_mode="conditional_savepoint")
            outer.rollback()
            connection.close()
            limiter.enabled = True


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
