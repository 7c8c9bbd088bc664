"""What each test says to the database, noted on one engine so that another hears all of it from the fewest tests.

A test in the one transaction of `app` can meet an engine in two ways only: by the statements that it sends, and by the values in them. So
the first engine runs every test and notes the statements in a folder (`NOTE_STATEMENTS`); a second one, given that folder (`SAY_ANEW`),
runs whatever opens databases of its own (races, deaths, copies, migrations), every file that types values which an engine may refuse, and
of the rest as many as it takes for each statement to be said by `TIMES` tests again. A test that was not noted is run.
"""

from __future__ import annotations

import ast
import heapq
import json
import os
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

NOTES, NOTED = (Path(found) if (found := os.environ.get(name)) else None for name in ("NOTE_STATEMENTS", "SAY_ANEW"))
TIMES = 2
"""How many tests say a statement on the second engine, when as many say it at all."""

_REFUSED_BY_SOME = re.compile(r"""\\x00|\\0["' ]|\\ud8|"9" \* """)
"""How a file types what an engine may refuse: NUL, half a character, a number without end."""
_VALUES = re.compile(r"\?(?:, *\?)+")
_ROWS = re.compile(r"\(\?\)(?:, *\(\?\))+")
_SAVEPOINT = re.compile(r"sa_savepoint_\d+")


@dataclass(frozen=True)
class Noted:
    """What one test said, and how long it took (seconds)."""

    test: str
    seconds: float
    said: frozenset[int]


@cache
def digest(statement: str) -> int:
    """Give a number for a statement, the same however many values it carries."""
    return zlib.crc32(_ROWS.sub("(?)", _VALUES.sub("?", _SAVEPOINT.sub("", statement))).encode())


def fewest(noted: Iterable[Noted], times: int = TIMES) -> set[str]:
    """Choose tests, the cheapest first, that together say each statement `times` times, or as often as all of them do."""
    tests = {one.test: one for one in noted}
    wanted = Counter[int]()
    for one in tests.values():
        wanted.update(one.said)
    left = Counter({statement: min(times, count) for statement, count in wanted.items()})

    def price(one: Noted) -> float:
        news = sum(left[statement] > 0 for statement in one.said)
        return max(one.seconds, 0.001) / news if news else float("inf")

    queue = [(price(one), one.test) for one in tests.values()]
    heapq.heapify(queue)
    chosen = set[str]()
    while queue:
        _then, name = heapq.heappop(queue)
        now = price(tests[name])
        if now == float("inf"):
            continue
        if queue and now > queue[0][0]:
            heapq.heappush(queue, (now, name))
            continue
        chosen.add(name)
        left.subtract(statement for statement in tests[name].said if left[statement] > 0)
    return chosen


def read(folder: Path) -> Iterator[Noted]:
    """Give what was noted, by however many workers."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text().splitlines():
            test, seconds, said = json.loads(line)
            yield Noted(test, seconds, frozenset(said))


def may_be_left_out(item: pytest.Item) -> bool:
    """Whether a test meets the engine by its statements alone."""
    return isinstance(item, pytest.Function) and "app" in item.fixturenames and not types_what_some_refuse(item.path, item.originalname)


def types_what_some_refuse(file: Path, test: str) -> bool:
    """Whether a test types what an engine may refuse, or what its file shares with its tests does."""
    refused = _typing_what_some_refuse(file)
    return test in refused or "" in refused


@cache
def _typing_what_some_refuse(file: Path) -> frozenset[str]:
    """Give the tests of a file that type what an engine may refuse; `""` when something beside them does."""
    text = file.read_text()
    if not _REFUSED_BY_SOME.search(text):
        return frozenset()
    parts = {part: ast.get_source_segment(text, part) or "" for part in ast.parse(text).body}
    decorated = {part: [ast.get_source_segment(text, one) or "" for one in getattr(part, "decorator_list", [])] for part in parts}
    return frozenset(
        name if (name := getattr(part, "name", "")).startswith("test_") else ""
        for part, written in parts.items()
        if _REFUSED_BY_SOME.search("\n".join([written, *decorated[part]]))
    )


def leave_out(items: list[pytest.Item], folder: Path) -> list[pytest.Item]:
    """Take out, and give, what says nothing to the second engine that others do not say.

    Refuses (`pytest.UsageError`): a folder in which nothing was noted.
    """
    noted = {one.test: one for one in read(folder)}
    if not noted:
        raise pytest.UsageError(f"Nothing was noted in {folder}: run the first engine with NOTE_STATEMENTS={folder} before.")
    known = [item for item in items if may_be_left_out(item) and item.nodeid in noted]
    chosen = fewest(noted[item.nodeid] for item in known)
    left_out = {item.nodeid for item in known} - chosen
    taken = [item for item in items if item.nodeid in left_out]
    items[:] = [item for item in items if item.nodeid not in left_out]
    return taken


@dataclass
class Notebook:
    """Writes down, test after test, what is said."""

    file: Path
    said: set[int] = field(default_factory=set)

    def hear(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        """Hear one statement."""
        self.said.add(digest(statement))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note what a test says, its fixtures included."""
        self.said.clear()
        since = time.perf_counter()
        try:
            return (yield)
        finally:
            with self.file.open("a") as notes:
                notes.write(json.dumps([item.nodeid, round(time.perf_counter() - since, 3), sorted(self.said)]) + "\n")


def begin(config: pytest.Config) -> None:
    """Open the notebook of this process, when notes are asked for."""
    if not NOTES:
        return
    worker = getattr(config, "workerinput", {}).get("workerid")
    if worker is None:  # whoever shares the tests out
        NOTES.mkdir(parents=True, exist_ok=True)
        for old in NOTES.glob("*.jsonl"):
            old.unlink()
        if config.getoption("numprocesses", None):
            return
    notebook = Notebook(NOTES / f"{worker or 'main'}.jsonl")
    event.listen(Engine, "before_cursor_execute", notebook.hear)
    config.pluginmanager.register(notebook)
