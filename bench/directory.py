"""The directory with 300 000 employers against the same with 3 000: the time of a page must not follow their number.

`python -m bench.directory [FEW MANY]` measures this alone. The databases are made anew, through the same bulk load as `seed --employers`.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from bench.saying import say
from certif import directory
from certif.app import create_app
from certif.cli import bulk, demo
from certif.kit import db, schema
from tests.conftest import load_reference_data, scratch_database, settings_for

FEW, MANY, RUNS, MOST = 3_000, 300_000, 15, 2.0
QUESTIONS = {
    "first page": "",
    "prefix": "?q=boul",
    "two words": "?q=pharmacie+tremblay",
    "typing fault": "?q=boulengerie",
    "nothing": "?q=zzzz",
    "region": "?region=14",
    "sector and region": "?region=14&secteur=72",
    "MRC and prefix": "?mrc=joliette&q=trait",
    "map": "/carte.geojson?region=14",
}


def compare_directories(few: int = FEW, many: int = MANY) -> None:
    """Ask both the same questions, in turn, so that the machine's moods fall on both; print the ratio of the medians."""
    with directory_of(few) as small, directory_of(many) as large:
        pairs = {name: (asked, asked) for name, asked in QUESTIONS.items()}
        pairs["following page"] = following(small), following(large)
        for name, asked in pairs.items():
            took: tuple[list[float], list[float]] = [], []
            for _run in range(RUNS):
                for app, question, times in zip((small, large), asked, took, strict=True):
                    times.append(milliseconds(app, question))
            less, more = (statistics.median(times) for times in took)
            said, goal = f"{less:.1f} ms, {more:.1f} ms: {more / less:.2f} ×", f"<= {MOST:.0f} × from {few} to {many}"
            say(f"directory, {name}", said, goal, more / less <= MOST)


@contextmanager
def directory_of(count: int) -> Iterator[Flask]:
    """Give a house whose directory shows the demonstration and `count` employers more."""
    with tempfile.TemporaryDirectory() as folder, scratch_database(Path(folder)) as url:
        schema.upgrade(url)
        app = create_app(settings_for(url, Path(folder), PORT="8000"))
        with app.app_context():
            load_reference_data()
            demo.load()
            bulk.load(count, demo.SEED)
            directory.rebuild()
            db.db.session.remove()
        yield app
        with app.app_context():
            db.db.engine.dispose()


def following(app: Flask) -> str:
    """Give the question of a page in the middle of the list."""
    asked = "?q=boul"
    for _page in range(3):
        page = app.test_client().get(f"/repertoire{asked}").get_data(as_text=True)
        asked = page.split('rel="next" href="/repertoire')[1].split('"')[0].replace("&amp;", "&")
    return asked


def milliseconds(app: Flask, asked: str) -> float:
    client = app.test_client()
    started = time.perf_counter()
    answer = client.get(f"/repertoire{asked}")
    took = (time.perf_counter() - started) * 1000
    assert answer.status_code == 200, asked
    return took


if __name__ == "__main__":
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp())
    compare_directories(*(int(one) for one in sys.argv[1:3]))
