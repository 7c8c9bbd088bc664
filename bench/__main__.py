"""`make bench`: print the project's ratios to the limits, and whether each goal is reached. It changes nothing and asserts nothing."""

from __future__ import annotations

import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from bench.directory import compare_directories
from bench.kits import measure_kits
from bench.laureates import measure_laureates
from bench.load import Measure, measure, memory_mib, ratios
from bench.portraits import compare_portraits
from bench.saying import say
from bench.surveys import measure_surveys
from tests.serving import Site, free_port, site

ROUNDS = 5
ROOT = Path(__file__).parents[1]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, site(Path(folder), REDIS_URL="") as served:
        limit, port = start_bare()
        try:
            assert served.process is not None
            code = served.code_for("certified")
            compare_verification(served, served.process.pid, code, port, limit.pid)
            weigh(served, code)
            memory = memory_mib(served.process.pid)
            say(
                "memory of the site and its jobs",
                f"{sum(memory):.0f} MiB, the largest {max(memory):.0f}",
                "<= 200 each",
                max(memory) <= 200,
            )
        finally:
            limit.terminate()
            limit.wait()
        start_again(served)
    draw()
    for measured in measure_kits():
        say(*measured)
    measure_surveys()
    measure_laureates()
    compare_directories()
    compare_portraits()


def start_bare() -> tuple[subprocess.Popen[bytes], int]:
    """Serve the limit as the project is served."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "64"]
    process = subprocess.Popen([*command, "--no-access-log", "--log-level", "error", "bench.bare:app"], cwd=ROOT)
    for _each in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1):
                return process, port
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the limit does not start")


def compare_verification(served: Site, pid: int, code: str, bare_port: int, bare_pid: int) -> None:
    """The page that every QR opens, against a bare Flask on the same server: read anew, and when nothing has changed."""
    port, page = int(served.url.rsplit(":", 1)[1]), f"/v/{code}"
    with urllib.request.urlopen(served.url + page) as answer:
        etag = {"If-None-Match": answer.headers["ETag"]}
    goals: list[tuple[str, dict[str, str], float, float]] = [
        ("verification page, read anew", {}, 0.2, 4.2),
        ("verification page, unchanged (304)", etag, 0.2, 4.2),
    ]
    for name, headers, rate, cpu in goals:
        pairs: list[tuple[Measure, Measure]] = []
        for _round in range(ROUNDS):
            pairs.append((measure(port, page, pid, headers=headers), measure(bare_port, "/", bare_pid)))
        found = ratios(pairs)
        say(
            name,
            f"{found.rate:.2f} req/s, {found.cpu_us:.2f} CPU of bare Flask",
            f">= {rate}, <= {cpu}",
            found.rate >= rate and found.cpu_us <= cpu,
        )


class _Needed(HTMLParser):
    """What a first visit to a page fetches besides the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get("src") if tag in {"script", "img"} else given.get("href") if tag == "link" else None
        if address and address.startswith("/"):
            self.found.append(address)


def weigh(served: Site, code: str) -> None:
    """A first visit, as if gzipped. Source of the bounds: the lightest peer weighs 61 KB in 15 requests."""
    for path in ("/", f"/v/{code}", "/inscription"):
        html = fetch(served.url + path)
        needed = _Needed()
        needed.feed(html.decode())
        weights = [len(gzip.compress(html)), *(len(gzip.compress(fetch(served.url + one))) for one in needed.found)]
        total = sum(weights) / 1024
        said = f"{weights[0] / 1024:.1f} KB HTML, {total:.0f} KB, {len(weights)} requests"
        say(
            f"weight of {path.split('/')[1] or 'home'}",
            said,
            "<= 14, <= 60, <= 6",
            weights[0] <= 14 * 1024 and total <= 60 and len(weights) <= 6,
        )


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        return bytes(answer.read())


def start_again(served: Site) -> None:
    """A start on a database that is already there, until the first page."""
    served.stop()
    started = time.monotonic()
    served.start()
    fetch(served.url + "/")
    seconds = time.monotonic() - started
    say("start on an existing database", f"{seconds:.1f} s", "<= 3 s", seconds <= 3)


def draw() -> None:
    """What is drawn and typeset, warm."""
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp())
    from certif import badges

    face = badges.BadgeFace(
        "Épicerie Desrochers", "Joliette", "Programme", "certified", "Certifié", "Du 3 mai 2026 au 3 mai 2028", "certif.example/v/X", "fr"
    )
    for name, work, goal in (
        ("badge, PNG 1200 × 1200", lambda: badges.draw_badge(face), 50),
        ("badge, SVG", lambda: badges.badge_svg(face), 10),
        ("QR code, PNG", lambda: badges.draw_qr("https://certif.example/v/7K3M9PQR2T5VWXYZ34ABCD"), 5),
    ):
        took = timed(work)
        say(name, f"{took:.1f} ms", f"<= {goal} ms", took <= goal)


def timed(work: Callable[[], object]) -> float:
    """Give the median of 20 runs, ms, after one to warm up."""
    work()
    runs = []
    for _run in range(20):
        started = time.perf_counter()
        work()
        runs.append((time.perf_counter() - started) * 1000)
    return statistics.median(runs)


if __name__ == "__main__":
    main()
