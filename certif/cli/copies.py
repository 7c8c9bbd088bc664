"""Copies of everything: one SQLite file, whichever engine is running, with the database and the platform's keys (which are kept encrypted).

A copy is taken while the site serves, from one instant. It is checked before anything is replaced, and may be restored on either engine.
It carries the digest of its own bytes: not one may have changed since.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, create_engine

from certif.cli.rows import carry_over
from certif.kit import audit, db, schema
from certif.kit.errors import Refusal
from certif.kit.settings import settings

_KEYS, _WHOLE = "kept_key_file", "kept_digest"
_MARK, _DIGEST = 32, 32
_FOREIGN = "This file is not a copy made by backup, or it is damaged. Nothing was changed."


def backup(path: Path) -> int:
    """Write a consistent copy to `path` (mode 0600), replacing it only when the copy is whole and on disk. Gives its size, bytes.

    Refuses: a folder that is not there; a database that is not in the newest shape.
    """
    if not path.parent.is_dir():
        raise Refusal(f"{path.parent} is not a folder.")
    if schema.current() != schema.revisions()[-1]:
        raise Refusal("The database is not in the shape that this version of the software knows. Start the site once, then copy.")
    draft = path.with_name(f".{path.name}.part")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_WRONLY, 0o600))
    if db.db.engine.dialect.name == "sqlite":
        with _plain(_live()) as live, _plain(draft) as copy:
            live.backup(copy)
    else:
        schema.upgrade(f"sqlite:///{draft}")
        with _file_engine(draft) as engine:
            carry_over(db.db.engine, engine)
    _keep_keys(draft)
    _close_up(draft)
    draft.replace(path)
    _sync(path.parent)
    return path.stat().st_size


def restore(path: Path) -> None:
    """Check the copy at `path`, bring it to the newest shape, then put it in place of the live database, all at once.

    Refuses, before anything is touched: what is no copy, is damaged, comes from a newer version, or whose journal does not hold together.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "copy.sqlite3"
        if not path.is_file():
            raise Refusal(f"{path} is not a file. Nothing was changed.")
        shutil.copyfile(path, work)
        keys = _checked(work)
        _put_keys(keys)
        if db.db.engine.dialect.name == "sqlite":
            db.db.session.remove()
            with _plain(work) as copy, _plain(_live()) as live:
                copy.backup(live)
            return
        if schema.current() != schema.revisions()[-1]:
            schema.upgrade(db.db.engine.url.render_as_string(hide_password=False))
        with _file_engine(work) as engine:
            carry_over(engine, db.db.engine)


def _checked(work: Path) -> list[tuple[str, bytes]]:
    """Check a copy and bring it to the newest shape. Gives: the files of keys it holds, which are taken out."""
    standing = _standing(work)
    if not _is_closed_up(work):
        raise Refusal("This copy is damaged: its bytes are not those that were written. Nothing was changed.")
    if standing not in schema.revisions():
        raise Refusal("This copy comes from a newer version of the software. Nothing was changed.")
    with _plain(work) as copy:
        keys = copy.execute(f"SELECT name, content FROM {_KEYS}").fetchall()
        copy.execute(f"DROP TABLE {_KEYS}")
        copy.execute(f"DROP TABLE {_WHOLE}")
    schema.upgrade(f"sqlite:///{work}")
    with _file_engine(work) as engine, engine.connect() as connection:
        broken = audit.first_broken(connection)
    if broken is not None:
        raise Refusal(f"The journal of this copy does not hold together from entry {broken}. Nothing was changed.")
    return [(str(name), bytes(content)) for name, content in keys]


def _standing(work: Path) -> str:
    """Give the shape that a copy is in, once SQLite finds it sound."""
    try:
        with _plain(work) as copy:
            is_sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            is_sound = is_sound and not copy.execute("PRAGMA foreign_key_check").fetchone()
            standing = copy.execute(f"SELECT version_num FROM alembic_version, {_WHOLE}").fetchone()
            copy.execute(f"SELECT name FROM {_KEYS}").fetchone()
    except (sqlite.DatabaseError, UnicodeDecodeError):
        raise Refusal(_FOREIGN) from None
    if not is_sound or standing is None:
        raise Refusal(_FOREIGN)
    return str(standing[0])


def _close_up(draft: Path) -> None:
    """Write into a copy the digest of its own bytes, its own place left blank."""
    mark = secrets.token_bytes(_MARK)
    with _plain(draft) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute(f"CREATE TABLE {_WHOLE} (mark BLOB NOT NULL)")
        copy.execute(f"INSERT INTO {_WHOLE} VALUES (?)", (mark + bytes(_DIGEST),))
    with draft.open("r+b") as file, mmap.mmap(file.fileno(), 0) as content:
        place = content.find(mark) + _MARK
        content[place : place + _DIGEST] = _digest(content, place)
        content.flush()
        os.fsync(file.fileno())


def _is_closed_up(work: Path) -> bool:
    """Whether the bytes of a copy are those that were written."""
    with _plain(work) as copy:
        mark = bytes(copy.execute(f"SELECT mark FROM {_WHOLE}").fetchone()[0])[:_MARK]
    with work.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        place = content.find(mark) + _MARK
        return len(mark) == _MARK and content[place : place + _DIGEST] == _digest(content, place)


def _digest(content: mmap.mmap, place: int) -> bytes:
    """Give the SHA-256 of a whole copy, the place of its digest left blank."""
    found, after = hashlib.sha256(memoryview(content)[:place]), place + _DIGEST
    found.update(bytes(_DIGEST))
    found.update(memoryview(content)[after:])
    return found.digest()


def _keep_keys(copy: Path) -> None:
    with _plain(copy) as connection:
        connection.execute(f"CREATE TABLE {_KEYS} (name TEXT PRIMARY KEY, content BLOB NOT NULL)")
        for file in sorted((settings().data_dir / "keys").glob("[!.]*")):
            connection.execute(f"INSERT INTO {_KEYS} VALUES (?, ?)", (file.name, file.read_bytes()))


def _put_keys(keys: list[tuple[str, bytes]]) -> None:
    """Put each file of keys in its place, whole or not at all."""
    folder = settings().data_dir / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in keys:
        draft = folder / f".{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / Path(name).name)
    _sync(folder)


def _sync(folder: Path) -> None:
    """Let what was renamed in a folder be on disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _live() -> Path:
    return Path(str(db.db.engine.url.database))


@contextmanager
def _file_engine(path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{path}", **db.engine_options("sqlite://"))
    db.prepare_engine(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _plain(path: Path) -> Iterator[sqlite.Connection]:
    connection = sqlite.connect(str(path), isolation_level=None, timeout=30)
    try:
        yield connection
    finally:
        connection.close()
