"""Work to do later and work that recurs: one table, the same on both engines.

A job is claimed in one transaction, done in none, and finished in another that is guarded by worker and attempt. It runs at least once;
handlers are idempotent. Whatever asks the outside world waits in a lane of its own, so that letters never wait for somebody else's server.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any, TypeVar

from sqlalchemy import Index, delete, func, select, true, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from certif.kit import clock
from certif.kit.db import Model, db, reading, transaction
from certif.kit.inserting import insert_into

LEASE = dt.timedelta(minutes=5)
MOST_ATTEMPTS = 12
KEPT_DAYS = 7
_PROCESS = secrets.token_hex(4)
"""What tells this process from an earlier one that bore its number."""

_log = logging.getLogger("certif.jobs")
_handlers: dict[str, Callable[..., None]] = {}
_recurring: dict[str, dt.timedelta] = {}
_retention: list[str] = []
_outward: set[str] = set()
Handler = TypeVar("Handler", bound=Callable[..., None])


class Job(Model):
    """One piece of work. Keeps: refs only, no personal data; purged seven days after it is done."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "finished_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    once: Mapped[str | None] = mapped_column(unique=True)
    payload: Mapped[str]
    due_at: Mapped[dt.datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None]
    leased_until: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]
    error: Mapped[str | None]


@dataclass(frozen=True)
class Ran:
    """What came of one job: `error` is None when it is done."""

    kind: str
    error: str | None


def job(kind: str, *, outward: bool = False) -> Callable[[Handler], Handler]:
    """Declare what does the jobs of this kind. The handler runs in no transaction, and may run more than once.

    Takes: `outward`, for what waits for somebody else's server: it is done in a lane of its own.
    """

    def declared(handler: Handler) -> Handler:
        if outward:
            _outward.add(kind)
        if _handlers.setdefault(kind, handler) is not handler:
            raise RuntimeError(f"two handlers for {kind}")
        return handler

    return declared


def recurring(name: str, *, every: dt.timedelta, retention: bool = False, outward: bool = False) -> Callable[[Handler], Handler]:
    """Declare work that is done once in each slot of `every`, whoever wakes first. `retention`: it erases what is no longer needed, and
    `purge` does it at once. `outward`: as for a job."""

    def declared(handler: Handler) -> Handler:
        _recurring[name] = every
        if retention:
            _retention.append(name)
        return job(name, outward=outward)(handler)

    return declared


def enqueue(kind: str, *, once: str | None = None, due_at: dt.datetime | None = None, **payload: Any) -> None:
    """Ask for work, in this unit of work: nothing is done if nothing is committed.

    Takes: `once`, a key under which it is asked a single time, however often this is called; `payload`, fit for JSON.
    """
    insert = insert_into(Job)
    values = {"kind": kind, "once": once, "payload": json.dumps(payload), "due_at": due_at or clock.now(), "attempts": 0}
    db.session.execute(insert.values(**values).on_conflict_do_nothing(index_elements=[Job.once]))


def run_due(limit: int = 100, *, outward: bool | None = None) -> list[Ran]:
    """Do what is due, oldest first, at most `limit` jobs; give what came of each.

    Takes: `outward`, the lane: what asks the outside world, what does not, or (None) both.
    """
    if not outward:
        _open_slots()
    ran = []
    worker = f"{_of_this_machine()}{os.getpid()}/{_PROCESS}/{secrets.token_hex(4)}"
    for _each in range(limit):
        claimed = _claim(worker, outward)
        if claimed is None:
            break
        ran.append(_do(claimed, worker))
    return ran


def retention() -> list[str]:
    """Apply the whole retention schedule now; give the names of what was applied."""
    for name in _retention:
        _handlers[name]()
    return list(_retention)


def pending() -> int:
    """Count the jobs that are due and not done."""
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.finished_at.is_(None), Job.due_at <= clock.now())) or 0


def work(stop: Event, pause: float = 1.0, *, outward: bool | None = None) -> None:
    """Run what is due in one lane, or in both, until told to stop; a database that is away only makes it wait."""
    is_new = True
    while not stop.is_set():
        try:
            if is_new:
                release_the_dead()
                is_new = False
            idle = not run_due(outward=outward)
        except DBAPIError:
            _log.exception("the database is away; jobs wait")
            idle = True
        finally:
            db.session.remove()
        if idle:
            stop.wait(pause)


def release_the_dead() -> None:
    """Free at once what a worker of this machine had in hand when it died: whoever waits for a letter does not wait for a lease to end.

    A job that a second worker died with waits for its lease: it may be what kills them.
    """
    held = (Job.finished_at.is_(None), Job.leased_until > clock.now(), Job.attempts == 1)
    with transaction():
        workers = db.session.scalars(select(Job.worker).where(*held, Job.worker.startswith(_of_this_machine(), autoescape=True)).distinct())
        if dead := [worker for worker in workers if worker and not _lives(worker)]:
            db.session.execute(update(Job).where(*held, Job.worker.in_(dead)).values(leased_until=None))


def _of_this_machine() -> str:
    return f"{socket.gethostname()}/"


def _lives(worker: str) -> bool:
    number, process = worker.split("/")[1:3]
    if int(number) == os.getpid():
        return process == _PROCESS
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, which lives
        pass
    return True


def _open_slots() -> None:
    """Ask for the work of each slot that has begun. Looks first: a worker with nothing to do keeps nobody who writes waiting."""
    now = clock.now().timestamp()
    slots = {f"{name}@{int(now // every.total_seconds())}": name for name, every in _recurring.items()}
    with reading():
        opened = set(db.session.scalars(select(Job.once).where(Job.once.in_(slots))))
    if opened == slots.keys():
        return
    with transaction():
        for once, name in slots.items():
            enqueue(name, once=once)


def _claim(worker: str, outward: bool | None = None) -> Job | None:
    is_free = (Job.leased_until.is_(None)) | (Job.leased_until < clock.now())
    is_outward = Job.kind.in_(sorted(_outward))
    in_lane = true() if outward is None else is_outward if outward else ~is_outward
    with transaction():
        found = db.session.scalar(
            select(Job)
            .where(Job.finished_at.is_(None), Job.due_at <= clock.now(), is_free, in_lane)
            .order_by(Job.due_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if found is None:
            return None
        found.attempts, found.worker, found.leased_until = found.attempts + 1, worker, clock.now() + LEASE
        return found


def _do(claimed: Job, worker: str) -> Ran:
    started = time.monotonic()
    error: str | None = None
    try:
        _handlers[claimed.kind](**json.loads(claimed.payload))
    except Exception as problem:  # the one place where any failure only means: try again later
        db.session.rollback()
        error = f"{type(problem).__name__}: {problem}"
        _log.warning("job %s, attempt %s: %s", claimed.kind, claimed.attempts, error)
    _finish(claimed, worker, error)
    _log.debug("job %s took %d ms", claimed.kind, (time.monotonic() - started) * 1000)
    return Ran(claimed.kind, error)


def _finish(claimed: Job, worker: str, error: str | None) -> None:
    changes: dict[str, Any] = {"leased_until": None, "error": error}
    if error is None or claimed.attempts >= MOST_ATTEMPTS:
        changes["finished_at"] = clock.now()
    else:
        changes["due_at"] = clock.now() + min(dt.timedelta(seconds=30 * 2 ** (claimed.attempts - 1)), dt.timedelta(hours=6))
    with transaction():
        db.session.execute(
            update(Job).where(Job.id == claimed.id, Job.worker == worker, Job.attempts == claimed.attempts).values(**changes)
        )


@recurring("forget_done_jobs", every=dt.timedelta(days=1), retention=True)
def forget_done_jobs() -> None:
    """Purge what was done more than a week ago. What failed for good stays until someone has looked at it."""
    with transaction():
        db.session.execute(delete(Job).where(Job.finished_at < clock.now() - dt.timedelta(days=KEPT_DAYS), Job.error.is_(None)))
