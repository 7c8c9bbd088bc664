"""Nominations as a whole region sends them: thirty a second, each counted, beside the post of a survey. `python -m bench.nominations`."""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from bench.saying import say
from bench.surveys import cpu_us, filled
from certif.app import create_app
from certif.campaigns import Campaign
from certif.kit import db, schema
from certif.kit.access import SYSTEM, Actor, Granted, Role
from certif.nominations import Nomination, make_passes
from certif.surveys import load_shipped
from tests.campaigns.making import make_campaign
from tests.conftest import load_reference_data, scratch_database, settings_for
from tests.factories import make_program
from tests.nominations.nominating import typed
from tests.surveys.asking import ask, open_door

RATE, SECONDS, POSTS = 30, 120, 60
BASE = "http://127.0.0.1:8000"
BOSS = Actor(ref=SYSTEM.ref, name=SYSTEM.name, roles=frozenset({Role.ADMIN}), grants=(Granted(Role.ADMIN),))


def contest(app: Flask, count: int) -> tuple[str, list[dict[str, Any]]]:
    """Open a contest; give its address, and as many forms as are asked for, each with a pass: half of them name one of ten places."""
    with app.app_context():
        campaign, codes = make_campaign(make_program(code="14")), list[str]()
        while len(codes) < count:
            with db.transaction():
                codes += make_passes(db.db.session.merge(campaign), school="École", school_body=None, count=300, by=BOSS)[1]
        forms = [typed(coupon=code, email=None, name=f"Café {number % 20 * (number % 2) or number}") for number, code in enumerate(codes)]
        return f"/n/{campaign.ref}", forms[:count]


def send_steadily(app: Flask, seconds: int) -> None:
    """Send thirty nominations a second; print how long each took, and whether all were counted."""
    path, forms = contest(app, RATE * seconds)
    took, statuses, start = list[float](), list[int](), time.monotonic()

    def send(number: int, form: dict[str, Any]) -> None:
        time.sleep(max(0.0, start + number / RATE - time.monotonic()))
        begun = time.monotonic()
        statuses.append(app.test_client().post(path, data=form, base_url=BASE).status_code)
        took.append(time.monotonic() - begun)

    def queue(lane: int) -> None:
        for number in range(lane, len(forms), 16):
            send(number, forms[number])

    lanes = [threading.Thread(target=queue, args=(lane,)) for lane in range(16)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    with app.app_context():
        mine = select(func.count()).select_from(Nomination).join(Campaign).where(Campaign.ref == path.rsplit("/", 1)[1])
        kept = db.db.session.scalar(mine)
    p95 = statistics.quantiles(took, n=20)[-1] * 1000
    say("nominations kept, of those sent", f"{kept} of {len(forms)}", "all", kept == len(forms) and set(statuses) == {200})
    say(f"nomination post, 30 a second for {seconds} s, p95", f"{p95:.0f} ms", "< 500 ms", p95 < 500)


def compare_posts(app: Flask) -> None:
    """Post a nomination and an answer in turn; print the ratio of the medians of CPU."""
    path, forms = contest(app, 4 * POSTS)
    with app.app_context(), db.transaction():
        code = open_door(ask()).code
    mine, theirs, client = list[float](), list[float](), app.test_client()
    for turn in range(4):
        part = forms[turn * POSTS : (turn + 1) * POSTS]
        mine.append(cpu_us(lambda form: client.post(path, data=form, base_url=BASE).status_code, part))
        answers = [filled(app, code) for _each in range(POSTS)]
        theirs.append(cpu_us(lambda form: client.post(f"/s/{code}", data=form, base_url=BASE).status_code, answers))
    ours, least = statistics.median(mine), statistics.median(theirs)
    say("nomination post, against a survey post", f"{ours:.0f} µs, {least:.0f} µs: {ours / least:.1f} ×", "<= 8 × CPU", ours / least <= 8)


def measure_nominations(seconds: int = SECONDS) -> None:
    """Measure both on a database of their own."""
    with tempfile.TemporaryDirectory() as name, scratch_database(Path(name)) as url:
        schema.upgrade(url)
        app = create_app(settings_for(url, Path(name), PORT="8000"))
        app.config["RATELIMIT_ENABLED"] = False
        with app.app_context():
            load_reference_data()
            load_shipped()
        compare_posts(app)
        send_steadily(app, seconds)


if __name__ == "__main__":
    measure_nominations(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
