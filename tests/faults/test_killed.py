"""Killed at any instant while people sign, pay and are validated: nothing acknowledged is lost, nothing is half done or done twice."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from certif import contributions
from certif.certification import Certification, Stage
from certif.cli import evidence_check
from certif.kit.db import db
from tests.faults.invariants import chain_faults, engine_faults, faults
from tests.faults.nursery import Nursery, ground
from tests.faults.walking import ACTS, Town, Walk

KILLS = 208
PEOPLE = 3
MOST_ANSWERS = 1
"""How many answers are heard at most before a server is killed from outside, at some instant of the act that follows."""
MOST_STEPS = 300
"""How many steps with the database it takes at most before it dies by itself: a few acts too, although three people take theirs at once."""
PATIENCE = 20
"""Seconds after which a server is killed although nobody heard anything."""

LATER = 20 * 60
"""Seconds after which whoever was interrupted five times while signing may try again."""


@contextmanager
def walking(town: Town) -> Iterator[None]:
    """Let people walk meanwhile, each with one file after another."""
    over = threading.Event()

    def walk() -> None:
        while not over.is_set():
            file = town.settle()
            while file.done < len(ACTS) and not file.must_wait and not over.is_set():
                town.step(file)
                over.wait(0.002)

    people = [threading.Thread(target=walk) for _each in range(PEOPLE)]
    for person in people:
        person.start()
    try:
        yield
    finally:
        over.set()
        with town.ground.child():  # who is still waiting is answered
            for person in people:
                person.join()


def torment(
    town: Town, rng: random.Random, *, kills: int, careless: tuple[str, ...] = (), steps_only: bool = False
) -> tuple[int, list[str]]:
    """Kill servers while people walk, and look after each death. Gives how many died at work, and what was first found wrong."""
    killed = 0
    with walking(town):
        while killed < kills:
            from_inside = steps_only or rng.random() < 0.4
            pid = town.ground.bear(careless=list(careless), dies_after=rng.randint(1, MOST_STEPS) if from_inside else 0)
            if not from_inside:
                town.hear(rng.randint(0, MOST_ANSWERS), PATIENCE)
            assert town.ground.bury(pid, PATIENCE if from_inside else rng.uniform(0, town.pace)) == -9
            killed += town.waiting > 0
            acknowledged = town.acknowledged()
            with town.ground.looking():
                found = faults(acknowledged)
            if found:
                return killed, found
    return killed, []


def finish(town: Town) -> list[Walk]:
    """Let everyone finish, in peace, a quarter of an hour later; give who could not."""
    with town.ground.child(ahead=LATER):
        for file in town.walks:
            if file.done == 0:
                town.renew_code(file, ahead=LATER)
            for _try in range(5):
                if file.done < len(ACTS):
                    town.step(file)
    return [file for file in town.walks if file.done < len(ACTS)]


@pytest.fixture
def town(nursery: Nursery, tmp_path: Path) -> Iterator[Town]:
    with ground(nursery, tmp_path) as found:
        yield Town(found)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_two_hundred_times_at_work_nothing_is_lost_half_done_or_done_twice(town: Town) -> None:
    killed, found = torment(town, random.Random(20261201), kills=KILLS)
    assert found == []
    assert killed >= 200
    assert town.strange == []
    assert len(town.acknowledged()) > KILLS / 4, "too little was acknowledged for this to prove anything"
    assert finish(town) == [], "a file could not be finished"
    with town.ground.child(), town.ground.looking():
        contributions.reconcile_contributions()  # the gateway stands beside the site
    with town.ground.looking():
        assert faults(town.acknowledged()) + chain_faults() + engine_faults() == []
        assert evidence_check.first_fault() is None
        stages = {found.stage for found in db.session.query(Certification)}
        assert stages == {Stage.CERTIFIED}


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("defence", "seen"), [("answer_first", "lost although acknowledged"), ("journal_apart", "half done")])
def test_with_a_defence_off_the_same_kills_are_seen_to_harm(town: Town, defence: str, seen: str) -> None:
    _killed, found = torment(town, random.Random(20261202), kills=600, careless=(defence,), steps_only=True)  # the first harm ends it
    assert any(fault.startswith(seen) for fault in found), found
