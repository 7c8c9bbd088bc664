"""Databases of the engine under test: empty, or copied from a model that real migrations and a real load made once in this process."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from certif.app import create_app
from certif.kit import schema, settings
from certif.kit.db import db, transaction
from tests.engines import refuse_when_guarded

SERVER = os.environ.get("TEST_DATABASE_URL")

_models: dict[str, str] = {}
_kept = ExitStack()
FILLED = "filled"
"""The newest shape, with the reference data: what every database holds from its first day."""


@contextmanager
def scratch_database(folder: Path, at: str | None = None) -> Iterator[str]:
    """Give the address of a database of the engine under test, and drop it afterwards.

    Takes: `at`, None for an empty one, the name of a migration or `head` for its tables, `FILLED` for the reference data too.
    """
    refuse_when_guarded()
    with _copied(_model(at) if at else None, folder) as url:
        yield url


def drop_models() -> None:
    """Drop what was copied from."""
    _models.clear()
    _kept.close()


def settings_for(database_url: str, folder: Path, **more: str) -> settings.Settings:
    """Give the settings of a demo on this database."""
    return settings.read({"DATABASE_URL": database_url, "DATA_DIR": str(folder), "PUBLIC_BASE_URL": "http://127.0.0.1:8000", **more})


def load_reference_data() -> None:
    """Load what every database holds from its first day."""
    from certif.territory import load_reference_data as load

    with transaction():
        load()


@contextmanager
def _copied(model: str | None, folder: Path) -> Iterator[str]:
    if not SERVER:
        path = folder / f"{uuid.uuid4().hex}.sqlite3"
        if model:
            shutil.copy(make_url(model).database or "", path)
        yield f"sqlite:///{path}"
        return
    name = f"certif_{uuid.uuid4().hex[:12]}"
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{make_url(model).database}"' if model else "")))
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        server.dispose()


def _model(at: str) -> str:
    """Give the address of a database to copy, on which nobody is connected."""
    if at not in _models:
        before = "head" if at == FILLED else None
        folder = Path(_kept.enter_context(tempfile.TemporaryDirectory()))
        url = _kept.enter_context(_copied(_model(before) if before else None, folder))
        if at == FILLED:
            _fill(url, folder)
        else:
            schema.upgrade(url, at)
        assert SERVER or [file.suffix for file in folder.glob("*.sqlite3*")] == [".sqlite3"], "all of it is in the one file that is copied"
        _models[at] = url
    return _models[at]


def _fill(url: str, folder: Path) -> None:
    with create_app(settings_for(url, folder)).app_context():
        load_reference_data()
        db.session.remove()
        db.engine.dispose()
