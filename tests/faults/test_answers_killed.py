"""Killed at any instant while a school answers: whoever was thanked is on disk, once, and no link has served without an answer."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from certif.kit.db import db, transaction
from certif.surveys import BoxedResponse, DoorKind, SurveyInvitation
from certif.surveys.sheets import Sheet
from certif.surveys.ways import way_at
from tests.faults.clients import Browser, Lost
from tests.faults.nursery import Ground, Nursery, ground
from tests.surveys.asking import BUSY, ask, give_links, load_shipped, open_door

KILLS, STUDENTS, AT_ONCE = 40, 600, 3
MOST_STEPS = 40
"""How many steps with the database a server lives at most: a few answers too."""
PATIENCE = 20


@dataclass
class School:
    """Students, each with a link that serves once and a sheet that is filled; `thanked`: the sheets of those who read the thanks."""

    ground: Ground
    waiting: list[tuple[str, str, str]] = field(default_factory=list)
    thanked: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.ground.looking():
            load_shipped()
            with transaction():
                links = give_links(open_door(ask(), DoorKind.INVITATIONS), STUDENTS)
            for link in links:
                way, sheet = way_at(link), Sheet(answers={"age": "16_17"})
                assert way is not None
                self.waiting.append((link, sheet.id, sheet.written(way)))

    def answer(self, over: threading.Event) -> None:
        """Let students answer, one after the other; who hears nothing sends the same sheet again."""
        browser = Browser(self.ground.port, token="none is asked")
        while not over.is_set() and self.waiting:
            link, sheet, written = self.waiting.pop()
            while not over.is_set():
                try:
                    said = browser.post(f"/s/{link}", feuille=written, **{f"q-{name}": answer for name, answer in BUSY.items()})
                except Lost:
                    over.wait(0.002)
                    continue
                if said.status == 200 and "Merci" in said.body:
                    self.thanked.append(sheet)
                elif said.status != 503:
                    self.strange.append(f"{said.status}: {said.body[:200]}")
                break

    def faults(self) -> list[str]:
        """Say what is wrong on disk."""
        thanked = list(self.thanked)
        with self.ground.looking():
            kept = set(db.session.scalars(select(BoxedResponse.id)))
            served = db.session.scalar(select(func.count()).where(SurveyInvitation.used_on.is_not(None)))
        lost = [f"thanked and lost: {sheet}" for sheet in thanked if sheet not in kept]
        return lost + ([] if served == len(kept) else [f"half: {served} links have served, {len(kept)} answers"])


@contextmanager
def answering(school: School) -> Iterator[None]:
    """Let students answer meanwhile."""
    over = threading.Event()
    people = [threading.Thread(target=school.answer, args=(over,)) for _each in range(AT_ONCE)]
    for person in people:
        person.start()
    try:
        yield
    finally:
        over.set()
        with school.ground.child():  # who is still waiting is answered
            for person in people:
                person.join()


def torment(school: School, rng: random.Random, *careless: str) -> list[str]:
    """Kill servers while students answer, and look after each death. Gives what was first found wrong."""
    with answering(school):
        for _each in range(KILLS):
            pid = school.ground.bear(careless=list(careless), dies_after=rng.randint(1, MOST_STEPS))
            assert school.ground.bury(pid, PATIENCE) == -9
            found = school.faults()
            if found:
                return found
    return []


@pytest.fixture
def school(nursery: Nursery, tmp_path: Path) -> Iterator[School]:
    with ground(nursery, tmp_path) as found:
        yield School(found)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_while_a_school_answers_whoever_was_thanked_is_on_disk_and_nothing_is_half(school: School) -> None:
    assert torment(school, random.Random(20261203)) == []
    assert school.strange == []
    assert len(school.thanked) > KILLS / 4, "too few were thanked for this to prove anything"
    assert len(set(school.thanked)) == len(school.thanked)
    assert school.faults() == []


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_if_they_were_thanked_before_it_is_on_disk_the_same_kills_would_show_it(school: School) -> None:
    assert any(fault.startswith("thanked and lost") for fault in torment(school, random.Random(20261204), "answer_first"))
