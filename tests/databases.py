"""Databases of the engine under test: empty, or copied from a model that real migrations and a real load made, once for all who test."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from certif.app import create_app
from certif.kit import schema, settings
from certif.kit.db import db, transaction
from tests.engines import refuse_when_guarded

SERVER = os.environ.get("TEST_DATABASE_URL")

_MODELS = "CERTIF_TEST_MODELS"
"""Names the folder of the models to the processes that share the tests."""

FILLED = "filled"
"""The newest shape, with the reference data: what every database holds from its first day."""


@contextmanager
def scratch_database(folder: Path, at: str | None = None) -> Iterator[str]:
    """Give the address of a database of the engine under test, and drop it afterwards.

    Takes: `at`, None for an empty one, the name of a migration or `head` for its tables, `FILLED` for the reference data too.
    """
    refuse_when_guarded()
    url = _made(folder, _model(at) if at else None)
    try:
        yield url
    finally:
        _drop(url)


def keep_models() -> None:
    """Choose where models are kept, before others who will copy them are started."""
    os.environ[_MODELS] = tempfile.mkdtemp(prefix="certif-models-")


def drop_models() -> None:
    """Drop what was copied from."""
    folder = Path(os.environ.pop(_MODELS))
    for told in folder.glob("*.url"):
        _drop(told.read_text())
    shutil.rmtree(folder)


def settings_for(database_url: str, folder: Path, **more: str) -> settings.Settings:
    """Give the settings of a demo on this database."""
    return settings.read({"DATABASE_URL": database_url, "DATA_DIR": str(folder), "PUBLIC_BASE_URL": "http://127.0.0.1:8000", **more})


def load_reference_data() -> None:
    """Load what every database holds from its first day."""
    from certif.territory import load_reference_data as load

    with transaction():
        load()


def _made(folder: Path, model: str | None) -> str:
    """Make a database, a copy of `model` unless there is none; give its address."""
    if not SERVER:
        path = folder / f"{uuid.uuid4().hex}.sqlite3"
        if model:
            shutil.copy(make_url(model).database or "", path)
        return f"sqlite:///{path}"
    name = f"certif_{uuid.uuid4().hex[:12]}"
    _on_the_server(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{make_url(model).database}"' if model else ""))
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


def _drop(url: str) -> None:
    if SERVER:
        _on_the_server(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


def _on_the_server(statement: str) -> None:
    assert SERVER
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(statement))


def _model(at: str) -> str:
    """Give the address of a database to copy, on which nobody is connected: whoever comes first makes it, the others wait for it."""
    folder = Path(os.environ[_MODELS])
    told = folder / f"{at}.url"
    with (folder / f"{at}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(_model_made(at, folder))
    return told.read_text()


def _model_made(at: str, folder: Path) -> str:
    own = folder / at
    own.mkdir()
    url = _made(own, _model("head") if at == FILLED else None)
    if at == FILLED:
        _fill(url, own)
    else:
        schema.upgrade(url, at)
    assert SERVER or [file.suffix for file in own.glob("*.sqlite3*")] == [".sqlite3"], "all of it is in the one file that is copied"
    return url


def _fill(url: str, folder: Path) -> None:
    with create_app(settings_for(url, folder)).app_context():
        load_reference_data()
        db.session.remove()
        db.engine.dispose()
