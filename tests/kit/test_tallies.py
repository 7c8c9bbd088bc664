"""Numbers gathered in memory and written beside the requests: once, within bounds, and kept while the database is away."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from certif.kit import tallies
from tests.house.sources import ROOT


class Book:
    """What was written, and whether it can be."""

    def __init__(self) -> None:
        self.written: Counter[tuple[str, ...]] = Counter()
        self.is_away = False

    def write(self, taken: Counter[tuple[str, ...]]) -> None:
        """Keep what is given."""
        if self.is_away:
            raise OperationalError("INSERT", {}, Exception("away"))
        self.written += taken


@pytest.fixture
def books(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Book, Book]]:
    """Two kinds of tallies, and no other."""
    apples, pears = Book(), Book()
    monkeypatch.setattr(tallies, "_writers", {"apple": apples.write, "pear": pears.write})
    monkeypatch.setattr(tallies, "_gathered", {})
    yield apples, pears


def test_what_is_noted_is_written_once(books: tuple[Book, Book]) -> None:
    apples, pears = books
    for colour in ("red", "red", "green"):
        tallies.note("apple", colour)
    tallies.note("pear", "red")
    assert apples.written == Counter(), "noting writes nothing"
    assert (tallies.flush(), tallies.flush()) == (4, 0)
    assert apples.written == {("red",): 2, ("green",): 1}
    assert pears.written == {("red",): 1}


def test_nothing_is_lost_when_many_note_while_it_is_written(books: tuple[Book, Book]) -> None:
    def note_many() -> None:
        for each in range(500):
            tallies.note("apple", str(each % 7))

    threads = [threading.Thread(target=note_many) for _each in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        tallies.flush()
    tallies.flush()
    assert books[0].written.total() == 2000


def test_counts_wait_for_a_database_that_is_away_and_hold_no_other_back(books: tuple[Book, Book]) -> None:
    apples, pears = books
    apples.is_away = True
    tallies.note("apple", "red")
    tallies.note("pear", "red")
    with pytest.raises(OperationalError):
        tallies.flush()
    assert (apples.written.total(), pears.written.total()) == (0, 1)
    apples.is_away = False
    tallies.note("apple", "red")
    assert tallies.flush() == 2
    assert apples.written == {("red",): 2}


def test_memory_is_bounded_and_what_is_known_still_counts(books: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "MOST_KEYS", 3)
    books[0].is_away = True
    for key in ("a", "b", "c", "d", "e"):
        tallies.note("apple", key)
    with pytest.raises(OperationalError):
        tallies.flush()
    tallies.note("apple", "f")
    tallies.note("apple", "a")
    books[0].is_away = False
    tallies.flush()
    assert books[0].written == {("a",): 2, ("b",): 1, ("c",): 1}


def test_the_process_that_serves_writes_by_itself(books: tuple[Book, Book], app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done, over = threading.Event(), threading.Event()
    monkeypatch.setattr(tallies, "_is_over", over)
    monkeypatch.setattr(tallies, "_rounds", [])
    monkeypatch.setattr(tallies, "_writing_in", [])
    monkeypatch.setattr(tallies, "flush", done.set)
    monkeypatch.setattr(tallies, "EVERY_SECONDS", 0.01)
    at_the_end: list[object] = []
    monkeypatch.setattr(tallies, "Finalize", lambda _thing, work, exitpriority: at_the_end.append(work))
    tallies.note("apple", "red")
    assert not done.is_set()
    assert tallies._writing_in == [], "not before a server asks for it"
    tallies.keep_writing(app)
    tallies.note("apple", "red")
    assert done.wait(10)
    over.set()  # a thread left behind would write into the tests that follow
    thread = next((one for one in threading.enumerate() if one.name == "tallies"), None)
    if thread is not None:
        thread.join(10)
        assert not thread.is_alive()
    assert at_the_end == tallies._rounds, "and once more when it is stopped"
    assert "tallies.keep_writing(app)" in (ROOT / "wsgi.py").read_text(encoding="utf-8")


def test_a_kind_has_one_writer() -> None:
    with pytest.raises(RuntimeError, match="two writers"):
        tallies.tally("scan")(lambda _taken: None)
