"""One command starts the site and the job worker, and stops both."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import click
from flask import Flask, current_app
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from certif.kit import db, jobs, schema
from certif.kit.errors import Refusal
from certif.kit.settings import Settings

WORKERS = 2
THREADS = 64
"""Cheap threads, so that slow clients hold a thread each and nobody else; the database pool bounds the work."""


def seed_apart() -> None:
    """Load the demonstration in a process of its own: workers are forked from this one, and must not inherit the threads of the
    typesetter."""
    db.db.session.remove()
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "seed"], check=True, stdout=subprocess.DEVNULL)


def serve(found: Settings) -> None:
    """Serve on `PORT` with the job worker beside, until stopped."""
    db.db.session.remove()
    db.db.engine.dispose()  # workers open their own connections
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="certif-metrics-"))
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(stop,), daemon=True)
    server = Granian(
        "wsgi:app", address="127.0.0.1" if found.is_demo else "0.0.0.0", port=found.port, interface=Interfaces.WSGI,  # noqa: S104 — behind a proxy
        workers=WORKERS, blocking_threads=THREADS, backlog=1024, respawn_failed_workers=True, working_dir=Path.cwd(),
        log_access=False, log_level=LogLevels.error,
    )  # fmt: skip
    server.on_startup(keeper.start)  # after the fork
    try:
        server.serve()
    finally:
        stop.set()
        keeper.join(timeout=10)


def prepare(found: Settings) -> None:
    """Bring the database to its newest shape and load what it must hold.

    Refuses: a database from a newer version of the software.
    """
    if not db.sqlite_is_fixed() and found.database_url.startswith("sqlite"):
        click.echo("This SQLite is older than 3.51.3: running with TRUNCATE and EXTRA instead of WAL, which is safe but slower.", err=True)
    known, standing = schema.revisions(), schema.current()
    if standing is not None and standing not in known:
        raise Refusal(
            f"The database is at {standing}, which this version of the software does not know. "
            "Install the newer version, or restore a backup."
        )
    if standing != known[-1]:
        schema.upgrade(found.database_url)
    from certif.library import load_tools
    from certif.surveys import load_shipped
    from certif.territory import load_reference_data

    with db.transaction():
        load_reference_data()
    load_shipped()
    load_tools()


def work() -> None:
    """Run the jobs until told to stop, or until whoever started this is gone."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    stop, parent = threading.Event(), os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_given: stop.set())

    def watch() -> None:
        while not stop.wait(1):
            if os.getppid() != parent:
                stop.set()

    threading.Thread(target=watch, daemon=True).start()
    threading.Thread(target=_reach_out, args=(current_app._get_current_object(), stop), daemon=True).start()  # type: ignore[attr-defined]
    jobs.work(stop, outward=False)


def _reach_out(app: Flask, stop: threading.Event) -> None:
    """Do what waits for somebody else's server, in a thread of its own: a stop does not wait for it, and what it was at is done again."""
    with app.app_context():
        jobs.work(stop, outward=True)


def _keep_worker(stop: threading.Event) -> None:
    """Start the job worker, and start it again if it falls."""
    while not stop.is_set():
        worker = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "work"])
        while worker.poll() is None:
            if stop.wait(0.2):
                worker.terminate()
                worker.wait(timeout=10)
                return
        time.sleep(1)
