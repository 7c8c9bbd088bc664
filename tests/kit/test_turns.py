"""Writers of one process go one after the other, first come first served; nobody who reads waits, and no turn is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, text

from certif.kit.db import engine_options, prepare_engine, writing
from certif.kit.turns import Turns

MANY = 12

pytestmark = pytest.mark.usefixtures("house")  # its databases are its own, and yet it meets some


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite of its own, made as the house makes it."""
    url = f"sqlite:///{tmp_path / 'turns.sqlite3'}"
    engine = create_engine(url, **engine_options(url))
    prepare_engine(engine)
    with writing(), engine.begin() as connection:
        connection.execute(text("CREATE TABLE came (number INTEGER)"))
    yield engine
    engine.dispose()


def wait_until(true: Any) -> None:
    """Wait for something to come true, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_first_come_first_served() -> None:
    turns, served, people = Turns(), list[int](), list[threading.Thread]()

    def come(number: int) -> None:
        assert turns.take()
        served.append(number)
        turns.give()

    assert turns.take()
    for number in range(MANY):
        people.append(threading.Thread(target=come, args=(number,)))
        people[-1].start()
        wait_until(lambda: len(turns._waiting) == len(people))
    turns.give()
    for person in people:
        person.join()
    assert served == list(range(MANY))
    assert turns.take(0.0), "and whoever comes when nobody waits goes on at once"


def test_whoever_has_waited_too_long_goes_on_and_the_turn_is_not_lost() -> None:
    turns = Turns()
    assert turns.take()
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0.01)


def most_at_once(engine: Engine) -> int:
    """Let many write at once; give how many asked SQLite at the same time."""
    asking, most, gate = list[int](), [0], threading.Barrier(MANY)

    @event.listens_for(engine, "before_cursor_execute")
    def begin(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("BEGIN"):
            asking.append(1)
            most[0] = max(most[0], len(asking))

    @event.listens_for(engine, "after_cursor_execute")
    def begun(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("BEGIN"):
            asking.pop()

    def write(number: int) -> None:
        gate.wait()
        with writing(), engine.begin() as connection:
            connection.execute(text("INSERT INTO came VALUES (:number)"), {"number": number})
            time.sleep(0.02)

    people = [threading.Thread(target=write, args=(number,)) for number in range(MANY)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(DISTINCT number) FROM came")) == MANY
    return most[0]


def test_one_writer_of_a_process_asks_sqlite_at_a_time(engine: Engine) -> None:
    assert most_at_once(engine) == 1


def test_without_a_queue_they_all_ask_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Turns, "take", lambda _turns: False)
    assert most_at_once(engine) > 1


def test_nobody_who_reads_waits_and_a_unit_of_work_that_fails_gives_its_turn_back(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(), engine.begin() as connection:
        connection.execute(text("INSERT INTO came VALUES (1)"))
        raise ZeroDivisionError
    with writing(), engine.begin() as connection:
        connection.execute(text("INSERT INTO came VALUES (2)"))
        started, found = time.monotonic(), list[int]()
        reader = threading.Thread(target=lambda: found.append(engine.connect().execute(text("SELECT count(*) FROM came")).scalar_one()))
        reader.start()
        reader.join()
        assert found == [0]
        assert time.monotonic() - started < 5
