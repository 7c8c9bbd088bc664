"""What the sandbox remembers: one small SQLite file, safe to share between processes and to kill at any instant."""

from __future__ import annotations

import json
import secrets
import sqlite3
import string
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from certif.kit import clock

Thing = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, created INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_thing_kind ON thing (kind, seq);
CREATE TABLE IF NOT EXISTS claim (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, claimed_at REAL NOT NULL, status INTEGER, body TEXT, request_id TEXT
);
CREATE TABLE IF NOT EXISTS delivery (
    event_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, due_at REAL NOT NULL,
    tries INTEGER NOT NULL, copies INTEGER NOT NULL, state TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS mode (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
_ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    """Give a name that looks like the gateway's own."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(length))


def timestamp() -> int:
    """Give the seconds since 1970."""
    return int(clock.now().timestamp())


class Store:
    """The file. Every unit of work opens it anew, so nothing is shared between threads or processes.

    Takes: `path`, made at the first use.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_made = False

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """Open a unit of work: all of it is written, durably, or none of it."""
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=FULL")
            if not self._is_made:
                connection.executescript(_SCHEMA)
                self._is_made = True
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Unit(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        finally:
            connection.close()


class Unit:
    """A unit of work on the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.run = connection.execute

    def put(self, thing: Thing) -> Thing:
        """Write a thing, new or changed."""
        self.run(
            "INSERT INTO thing (id, kind, created, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (thing["id"], thing["object"], thing.get("created", 0), json.dumps(thing, ensure_ascii=False)),
        )
        return thing

    def get(self, kind: str, thing_id: object) -> Thing | None:
        """Read a thing."""
        row = self.run("SELECT body FROM thing WHERE id = ? AND kind = ?", (str(thing_id), kind)).fetchone()
        return json.loads(row[0]) if row else None

    def every(self, kind: str) -> Iterator[Thing]:
        """Read all things of a kind, newest first."""
        for (body,) in self.run("SELECT body FROM thing WHERE kind = ? ORDER BY seq DESC", (kind,)):
            yield json.loads(body)

    def modes(self) -> dict[str, int]:
        """Read how the sandbox was told to misbehave."""
        return dict(self.run("SELECT name, value FROM mode").fetchall())

    def set_modes(self, modes: dict[str, int]) -> None:
        """Replace how the sandbox misbehaves."""
        self.run("DELETE FROM mode")
        for item in modes.items():
            self.run("INSERT INTO mode VALUES (?, ?)", item)
