"""Portraits over ten million answers against the same over ten thousand: neither reading nor releasing may follow their number.

`python -m bench.portraits` measures this alone. Tallies are what answers leave: ten million are those of ten thousand, a thousand times.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import update

from bench.saying import say
from certif import portraits
from certif.app import create_app
from certif.kit import schema
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.portraits.counting import count
from certif.portraits.gathering import gather
from certif.portraits.telling import compose
from certif.programs import Program
from certif.surveys import SurveyTally
from tests.conftest import load_reference_data, scratch_database, settings_for
from tests.portraits.telling import YEAR, fold, make_students, make_survey

FEW, TIMES, RUNS, MOST, SECONDS = 10_000, 1_000, 15, 1.5, 2.0


def compare_portraits() -> None:
    """Read both in turn, so that the machine's moods fall on both; print the ratio of the medians, and what a release costs."""
    with told(1) as (small, _few), told(TIMES) as (large, released):
        took: tuple[list[float], list[float]] = [], []
        for _run in range(RUNS):
            for app, times in zip((small, large), took, strict=True):
                times.append(milliseconds(app))
        less, more = (statistics.median(times) for times in took)
        goal = f"<= {MOST} × from 10 thousand to 10 million"
        say("portrait, page", f"{less:.1f} ms, {more:.1f} ms: {more / less:.2f} ×", goal, more / less <= MOST)
        say("portrait, release of 10 million answers", f"{released:.2f} s", f"<= {SECONDS:.0f} s", released <= SECONDS)
    sifted = sifting()
    say("portrait, 15 MRC sifted", f"{sifted:.2f} s", f"<= {SECONDS:.0f} s", sifted <= SECONDS)


@contextmanager
def told(times: int) -> Iterator[tuple[Flask, float]]:
    """Give a house where as many have answered, and how many seconds their release took."""
    with tempfile.TemporaryDirectory() as folder, scratch_database(Path(folder)) as url:
        schema.upgrade(url)
        app = create_app(settings_for(url, Path(folder), PORT="8000"))
        with app.app_context():
            load_reference_data()
            program = _answered(times)
            gather(program, YEAR)
            begun = time.perf_counter()
            with transaction():
                portraits.release_portrait(program, YEAR, by=SYSTEM)
            took = time.perf_counter() - begun
        yield app, took
        with app.app_context():
            db.engine.dispose()


def _answered(times: int) -> Program:
    from tests.factories import make_program

    program = make_program(code="14")
    fold(make_survey(program), make_students(1, FEW, mrcs=["autray", "joliette", "l-assomption", "les-moulins", "matawinie", "montcalm"]))
    with transaction():
        db.session.execute(update(SurveyTally).values(count=SurveyTally.count * times))
    return program


def milliseconds(app: Flask) -> float:
    """Give how long a portrait takes to be answered."""
    begun = time.perf_counter()
    assert app.test_client().get("/portrait/14", base_url="http://127.0.0.1:8000").status_code == 200
    return 1000 * (time.perf_counter() - begun)


def sifting() -> float:
    """Give how many seconds it takes to withhold in a region of fifteen MRC."""
    from tests.portraits.telling import tallies

    counted = count(tallies(make_students(1, 3_000, mrcs=[f"mrc{number}" for number in range(15)])))
    begun = time.perf_counter()
    compose(counted, {}, least=10)
    return time.perf_counter() - begun


if __name__ == "__main__":
    compare_portraits()
