"""The list of a gala of five hundred laureates, read ten times a second with a key, beside nothing else. `python -m bench.laureates`."""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from flask import Flask

from bench.saying import say
from certif.app import create_app
from certif.kit import schema
from tests.conftest import load_reference_data, scratch_database, settings_for
from tests.factories import make_program
from tests.galas.listed import key_of, make_honours

LAUREATES, RATE, SECONDS = 500, 10, 20


def read_steadily(app: Flask, seconds: int) -> None:
    """Read the whole list ten times a second; print how long each took, and whether all were told."""
    with app.app_context():
        gala = make_honours(make_program(code="14"), LAUREATES)
        path, headers = f"/api/v1/galas/{gala.ref}/laureates", {"Authorization": f"Bearer {key_of(gala)}"}
    took, told, spent, start = list[float](), list[int](), list[float](), time.monotonic()

    def lane(first: int) -> None:
        for number in range(first, RATE * seconds, 4):
            time.sleep(max(0.0, start + number / RATE - time.monotonic()))
            begun, before = time.monotonic(), time.thread_time()
            answer = app.test_client().get(path, headers=headers, base_url="http://127.0.0.1:8000")
            spent.append(time.thread_time() - before)
            took.append(time.monotonic() - begun)
            told.append(len(answer.json["laureates"]))

    lanes = [threading.Thread(target=lane, args=(first,)) for first in range(4)]
    for one in lanes:
        one.start()
    for one in lanes:
        one.join()
    p95 = statistics.quantiles(took, n=20)[-1] * 1000
    say("laureates told in each list", f"{min(told)} to {max(told)}", f"{LAUREATES}", set(told) == {LAUREATES})
    say(f"list of {LAUREATES} laureates, {RATE} a second for {seconds} s, p95", f"{p95:.0f} ms", "<= 300 ms", p95 <= 300)
    say(f"list of {LAUREATES} laureates, CPU", f"{statistics.median(spent) * 1000:.0f} ms", "", True)


def measure_laureates(seconds: int = SECONDS) -> None:
    """Measure on a database of its own."""
    with tempfile.TemporaryDirectory() as name, scratch_database(Path(name)) as url:
        schema.upgrade(url)
        app = create_app(settings_for(url, Path(name), PORT="8000"))
        with app.app_context():
            load_reference_data()
        read_steadily(app, seconds)


if __name__ == "__main__":
    measure_laureates(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
