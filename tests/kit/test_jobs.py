"""What becomes of a job whose worker died with it in hand, and what a worker costs that has none."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import update

from certif.kit import clock, jobs
from certif.kit.db import db, transaction
from certif.kit.jobs import Job
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("app")
HERE = socket.gethostname()


@pytest.fixture
def done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was done, by a worker that stops when it has nothing more to do; nothing recurs."""
    found: list[int] = []

    def tally(number: int) -> None:
        found.append(number)

    monkeypatch.setattr(jobs, "_recurring", {})
    monkeypatch.setitem(jobs._handlers, "tally", tally)
    with transaction():
        jobs.enqueue("tally", number=1)
    return found


class UntilIdle(Event):
    """Told to stop as soon as there is nothing to do."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return True


def claim(worker: str) -> None:
    """Let a worker take the job in hand, and never be heard of again."""
    assert jobs._claim(worker)


def work_awhile() -> None:
    """Start a worker, and stop it when it is idle."""
    jobs.work(UntilIdle())


def dead_process() -> int:
    """Give the number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-S", "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_worker_that_starts_takes_up_what_died_in_the_hands_of_another(done: list[int]) -> None:
    claim(f"{HERE}/{dead_process()}/abcd/1")
    work_awhile()
    assert done == [1]


def test_an_earlier_worker_that_bore_the_same_number_is_dead_too(done: list[int]) -> None:
    claim(f"{HERE}/{os.getpid()}/abcd/1")
    work_awhile()
    assert done == [1]


@pytest.mark.parametrize(
    "worker",
    [f"{HERE}/{os.getppid()}/abcd/1", f"{HERE}-2/{os.getpid()}/abcd/1", f"{HERE}/{os.getpid()}/{jobs._PROCESS}/1"],
    ids=["lives", "elsewhere", "beside"],
)
def test_what_may_be_in_living_hands_is_left_there(done: list[int], worker: str) -> None:
    claim(worker)
    work_awhile()
    assert done == []


def test_what_two_workers_died_with_waits_for_its_lease(done: list[int]) -> None:
    claim(f"{HERE}/{dead_process()}/abcd/1")
    with transaction():
        db.session.execute(update(Job).values(attempts=2))
    work_awhile()
    assert done == []


def test_a_worker_with_nothing_to_do_writes_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_recurring", {"tally": dt.timedelta(days=1)})
    monkeypatch.setitem(jobs._handlers, "tally", lambda: None)
    with clock.frozen(clock.now()):
        with statements() as first:
            assert jobs.run_due()
        with statements() as idle:
            assert not jobs.run_due()
    assert any(one.startswith("INSERT") for one in first)
    assert not any(one.startswith(("INSERT", "UPDATE")) for one in idle)


def test_what_waits_for_the_outside_world_has_a_lane_of_its_own(done: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_outward", {"tally"})
    assert jobs.run_due(outward=False) == []
    assert [one.kind for one in jobs.run_due(outward=True)] == ["tally"]
    assert done == [1]
