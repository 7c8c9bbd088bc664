"""Whose turn it is to write: in one process, first come, first served.

SQLite lets one write at a time, and those who wait ask again and again, more and more seldom: whoever has just come goes first, and of many
some wait until it is too late. So the writers of a process queue here, and only the first asks SQLite, against those of other processes.
Nobody who only reads waits. The queue keeps no one safe: whoever has waited too long here asks SQLite all the same.
"""

from __future__ import annotations

from collections import deque
from threading import Event, Lock
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

PATIENCE = 15.0
"""Seconds that one waits in the queue at most: whoever has just answered would rather wait than begin again."""


class Turns:
    """A queue before something that one has at a time."""

    def __init__(self) -> None:
        self._lock, self._waiting, self._is_taken = Lock(), deque[Event](), False

    def take(self, patience: float = PATIENCE) -> bool:
        """Wait for one's turn. Gives: whether it came; it is then given back by `give`."""
        mine = Event()
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            self._waiting.append(mine)
        mine.wait(patience)
        with self._lock:
            if not mine.is_set():
                self._waiting.remove(mine)
        return mine.is_set()

    def give(self) -> None:
        """Let the one who has waited longest go on."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


class WritersQueue:
    """The queue of an engine: a connection takes its turn before it writes, and gives it back when it goes back to the pool."""

    def __init__(self, engine: Engine) -> None:
        self._turns = Turns()
        event.listen(engine, "checkin", self._leave)

    def enter(self, connection: Connection) -> None:
        """Wait for the turn of this connection, unless it has it."""
        held = connection.connection.record_info
        assert held is not None
        if not held.get("has_turn"):
            held["has_turn"] = self._turns.take()

    def _leave(self, _driver: Any, record: Any) -> None:
        if record.record_info.pop("has_turn", False):
            self._turns.give()
