"""A school answers within a minute, nine in ten of it in twenty seconds, against the site as it is served. `python -m bench.crowd`."""

from __future__ import annotations

import http.client
import random
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import create_engine, text

from bench.saying import say
from tests.serving import Site, site
from tests.surveys.asking import BUSY

STUDENTS, RUSH, WHOLE = 900, 20.0, 60.0
SHEET = re.compile(r'name="feuille"[^>]*value="([^"]+)"')


class Student(threading.Thread):
    """Someone who waits for their moment, opens the survey, says their age, and answers."""

    def __init__(self, served: Site, code: str, moment: float) -> None:
        super().__init__()
        self.port, self.code, self.moment = int(served.url.rsplit(":", 1)[1]), code, moment
        self.status, self.seconds = 0, 0.0

    def run(self) -> None:
        time.sleep(self.moment)
        started = time.monotonic()
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self.ask(client, "GET")
            page = self.ask(client, "POST", {"q-age": "16_17"})
            found = SHEET.search(page)
            if found:
                answers = {f"q-{name}": answer for name, answer in BUSY.items()}
                self.seconds = time.monotonic()
                self.ask(client, "POST", {"feuille": found[1], **answers})
                self.seconds = time.monotonic() - self.seconds
        except OSError as error:
            self.status = -1
            print(type(error).__name__, error, time.monotonic() - started, file=sys.stderr)
        finally:
            client.close()

    def ask(self, client: http.client.HTTPConnection, method: str, form: dict[str, object] | None = None) -> str:
        body = urlencode(form, doseq=True) if form else None
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"} if form else {}
        client.request(method, f"/s/{self.code}", body, headers)
        answer = client.getresponse()
        said = answer.read().decode()
        self.status = answer.status
        return said


def answered(served: Site) -> int:
    """Count the answers there are, in the box or out of it."""
    engine = create_engine(served.environment["DATABASE_URL"])
    with engine.connect() as connection:
        return sum(
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0 for table in ("boxed_response", "survey_response")
        )


def main() -> None:
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder, site(Path(folder), REDIS_URL="") as served:
        code = next(one["code"] for one in served.manifest["surveys"] if one["open"])
        before = answered(served)
        moments = [chance.random() * RUSH if number % 10 else chance.uniform(RUSH, WHOLE) for number in range(STUDENTS)]
        people = [Student(served, code, moment) for moment in moments]
        for one in people:
            one.start()
        for one in people:
            one.join()
        thanked = Counter(one.status for one in people)
        stored, times = answered(served) - before, sorted(one.seconds for one in people)
    p95, longest = times[int(0.95 * len(times))], times[-1]
    say("a school answers within a minute", f"{stored} of {STUDENTS}, {dict(thanked)}", "all, once", stored == thanked[200] == STUDENTS)
    say("thanked after, 95 in a hundred", f"{p95:.2f} s, the last {longest:.2f} s", "<= 0.8 s", p95 <= 0.8)


if __name__ == "__main__":
    main()
