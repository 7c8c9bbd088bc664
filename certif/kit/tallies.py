"""Counting what is read: a GET writes nothing, so numbers are gathered in memory and written every few seconds beside the requests.

A tally knows how often, never who: no address, no browser and no instant is kept. A kill loses the last seconds; an ordinary stop, nothing.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from multiprocessing.util import Finalize
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError

from certif.kit.db import Model, db, transaction
from certif.kit.inserting import insert_into

EVERY_SECONDS = 5.0
MOST_KEYS = 20_000
"""How many different things of a kind wait in memory at most; what is new beyond is not counted."""

Key = tuple[Any, ...]
Writer = TypeVar("Writer", bound=Callable[[Counter[Any]], None])

_log = logging.getLogger("certif.tallies")
_lock = threading.Lock()
_is_over = threading.Event()
_writers: dict[str, Callable[[Counter[Any]], None]] = {}
_gathered: dict[str, Counter[Key]] = {}
_rounds: list[Callable[[], None]] = []
_writing_in: list[int] = []


class _House(Protocol):
    def app_context(self) -> AbstractContextManager[Any]: ...


def tally(kind: str) -> Callable[[Writer], Writer]:
    """Declare what writes the numbers of this kind: it is given how often each key was noted, in a transaction of its own."""

    def declared(writer: Writer) -> Writer:
        if _writers.setdefault(kind, writer) is not writer:
            raise RuntimeError(f"two writers for {kind}")
        return writer

    return declared


def note(kind: str, *key: Any) -> None:
    """Count one more of this, in memory only."""
    with _lock:
        _gather(kind, key, 1)
    _wake()


def flush() -> int:
    """Write what was gathered in this process. Gives: how many. What cannot be written now is kept for the next time."""
    written, failure = 0, None
    for kind in _writers:
        try:
            written += _write(kind)
        except DBAPIError as error:  # the other kinds have their turn first
            failure = error
    if failure is not None:
        raise failure
    return written


def forget() -> None:
    """Let go of what was gathered and not written."""
    with _lock:
        _gathered.clear()


def keep_writing(house: _House) -> None:
    """Let the process that serves this house write what it gathers, from its first number on: called where servers find the application."""

    def write() -> None:
        with house.app_context():
            try:
                flush()
            except DBAPIError:
                _log.warning("the database is away; counts wait")
            finally:
                db.session.remove()

    _rounds.append(write)


def add(table: type[Model], counts: Mapping[Any, int]) -> None:
    """Add to a table of counts. Takes: how much more for each key; the table's primary key, in order, beside a column `count`."""
    names = [column.name for column in table.__table__.primary_key]
    rows = [{**dict(zip(names, key, strict=True)), "count": count} for key, count in sorted(counts.items())]
    if rows:
        insert = insert_into(table)
        more = {"count": table.__table__.c.count + insert.excluded.count}
        db.session.execute(insert.on_conflict_do_update(index_elements=names, set_=more), rows)


def _gather(kind: str, key: Key, count: int) -> None:
    kept = _gathered.setdefault(kind, Counter())
    if key in kept or len(kept) < MOST_KEYS:
        kept[key] += count


def _write(kind: str) -> int:
    with _lock:
        taken = _gathered.pop(kind, Counter())
    if not taken:
        return 0
    try:
        with transaction():
            _writers[kind](taken)
    except BaseException:
        with _lock:
            for key, count in taken.items():
                _gather(kind, key, count)
        raise
    return taken.total()


def _wake() -> None:
    """Start the thread that writes, once in each process; workers are forked, and a thread does not follow."""
    if not _rounds or os.getpid() in _writing_in:
        return
    with _lock:
        if os.getpid() in _writing_in:
            return
        _writing_in[:] = [os.getpid()]
    threading.Thread(target=_write_on, args=(_rounds[-1],), name="tallies", daemon=True).start()
    Finalize(None, _rounds[-1], exitpriority=1)  # a server’s worker leaves without what `atexit` holds


def _write_on(write: Callable[[], None]) -> None:
    while not _is_over.wait(EVERY_SECONDS):
        write()
