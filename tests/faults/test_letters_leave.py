"""Workers killed at any instant, a post office that hangs: every letter leaves, hardly ever twice, and nobody who signs waits for it."""

from __future__ import annotations

import datetime as dt
import random
import signal
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select, update

from certif.kit import clock, jobs
from certif.kit.db import db, transaction
from certif.kit.jobs import Job
from certif.kit.outbox import Letter, queue
from tests.faults.invariants import faults
from tests.faults.nursery import Ground, Nursery, ground
from tests.faults.walking import Town
from tests.serving import free_port

LETTERS, KILLS, SLOTS = 400, 12, 20
LEASE_S = jobs.LEASE.total_seconds() + 1


class Office:
    """A real post office that keeps count: how often each message came, and to whom."""

    def __init__(self) -> None:
        self.came: Counter[str] = Counter()
        self.addresses: dict[str, set[str]] = {}

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        """Take a message."""
        name = message_from_bytes(envelope.content)["Message-ID"]  # type: ignore[attr-defined]
        self.came[name] += 1
        self.addresses.setdefault(name, set()).update(envelope.rcpt_tos)  # type: ignore[attr-defined]
        return "250 OK"


@contextmanager
def office() -> Iterator[tuple[Office, str]]:
    """Open a post office; give it and its address."""
    found, port = Office(), free_port()
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield found, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@pytest.fixture
def place(nursery: Nursery, tmp_path: Path) -> Iterator[Ground]:
    with ground(nursery, tmp_path) as found:
        yield found


def write(count: int) -> list[str]:
    """Write letters, a few of them to one person; give their names."""
    with transaction():
        return [
            queue(
                "accounts/protection_changed", f"personne{number % (count - 5)}@exemple.com", language="fr", sentence=f"Lettre {number}."
            ).ref
            for number in range(count)
        ]


def waiting() -> int:
    """Count the letters that have not left."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Letter).where(Letter.sent_at.is_(None))) or 0


@pytest.mark.slow
def test_every_letter_leaves_although_its_workers_are_killed(place: Ground) -> None:
    rng, kills, ahead = random.Random(20261205), 0, 0.0
    with office() as (post, address), place.looking():
        names = write(LETTERS)
        while kills < KILLS:
            workers = [place.bear("jobs", smtp=address, ahead=ahead) for _each in range(2)]
            kills += sum(place.bury(pid, rng.uniform(0.1, 0.4)) == -signal.SIGKILL for pid in workers)
            ahead += LEASE_S  # what a dead worker had in hand is free again
        assert waiting() > LETTERS / 10, "they were not killed at work"
        with place.child("jobs", smtp=address, ahead=ahead), place.child("jobs", smtp=address, ahead=ahead):
            wait_until(lambda: not waiting())
        hosts = {name.partition("@")[2] for name in post.came}
        assert {name.partition("@")[0] for name in post.came} == {f"<{name}" for name in names}
        assert len(hosts) == 1
        assert sum(post.came.values()) - LETTERS <= kills, "at most the one in hand is sent again"
        assert all(len(addresses) == 1 for addresses in post.addresses.values())


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait a while for something to be so."""
    for _look in range(600):
        if is_so():
            return
        threading.Event().wait(0.1)
    raise AssertionError("it never came to be")


def test_a_post_office_that_is_away_or_hangs_slows_nobody_who_signs(place: Ground) -> None:
    town = Town(place)
    walks = [town.settle() for _each in range(3)]
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        address = f"smtp://127.0.0.1:{hanging.getsockname()[1]}"
        with place.child(smtp=address), place.child("jobs", smtp=address):
            line, _peer = hanging.accept()  # the worker is on the line now, and gets no answer
            with line:
                assert [town.ask("sign", walk).status for walk in walks] == [303] * 3
                hanging.settimeout(0.5)
                with pytest.raises(TimeoutError):
                    hanging.accept()  # whoever signed called nobody
    with place.looking():
        assert waiting() >= 3
        assert faults([("sign", walk.ref) for walk in walks]) == []
    with office() as (post, address), place.looking():
        free_every_lease()
        with place.child("jobs", smtp=address, ahead=LEASE_S):
            wait_until(lambda: not waiting())
        assert set(post.came.values()) == {1}


def free_every_lease() -> None:
    """Let time pass for what waits its turn."""
    with transaction():
        db.session.execute(update(Job).where(Job.finished_at.is_(None)).values(due_at=clock.now(), leased_until=None))


def run_slots(place: Ground, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let two workers wake at the same instant, slot after slot; give how often the work of each slot was done."""
    done: list[int] = []
    monkeypatch.setattr(jobs, "_recurring", {"tally": dt.timedelta(hours=1)})
    monkeypatch.setitem(jobs._handlers, "tally", lambda: done.append(1))
    start, counts = clock.now(), []
    for slot in range(SLOTS):
        done.clear()
        barrier = threading.Barrier(2)

        def wake(together: threading.Barrier = barrier) -> None:
            together.wait()
            with place.looking():
                jobs.run_due()

        with clock.frozen(start + dt.timedelta(hours=slot + 1)):
            workers = [threading.Thread(target=wake) for _each in range(2)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
        counts.append(len(done))
    return counts


def test_two_workers_at_once_never_do_the_work_of_a_slot_twice(place: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_slots(place, monkeypatch) == [1] * SLOTS


def test_were_jobs_claimed_without_a_lock_it_would_be_seen(place: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Barrier(2)

    def claim_carelessly(worker: str, _outward: bool | None) -> Job | None:
        with transaction():
            found = db.session.scalar(select(Job).where(Job.finished_at.is_(None), Job.leased_until.is_(None), Job.due_at <= clock.now()))
        try:
            looked.wait(1)
        except threading.BrokenBarrierError:
            looked.reset()
        if found is not None:
            with transaction():
                db.session.execute(update(Job).where(Job.id == found.id).values(worker=worker, leased_until=clock.now() + jobs.LEASE))
        return found

    monkeypatch.setattr(jobs, "_claim", claim_carelessly)
    monkeypatch.setattr("tests.faults.test_letters_leave.SLOTS", 1)
    assert run_slots(place, monkeypatch) == [2]
