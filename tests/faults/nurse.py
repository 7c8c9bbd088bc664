"""A process that knows the whole house and forks servers, workers and commands: each is there at once, and may be killed at any instant.

It is told what to do on its standard input, a line of JSON at a time, and answers with one. It never typesets anything itself: the
typesetter starts threads, and a child would inherit their absence.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket
import sys
import threading
import time
import traceback
from typing import Any

from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

Words = dict[str, Any]
_BACKLOG = 256


class Nurse:
    """The houses that were opened, each behind the door where its servers are reached."""

    def __init__(self) -> None:
        self.doors: list[socket.socket] = []
        self.houses: dict[int, Flask] = {}

    def door(self) -> Words:
        """Make a place where servers will be reached. Gives its number and its port."""
        self.doors.append(socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG))
        return {"house": len(self.doors) - 1, "port": self.doors[-1].getsockname()[1]}

    def open(self, house: int, environment: dict[str, str], is_walked: bool) -> Words:
        """Put together the house behind a door. `is_walked`: its path is walked once, so that its servers are quick at once."""
        from certif import cli
        from certif.app import create_app
        from certif.kit import settings
        from certif.kit.limits import limiter
        from tests.faults.warming import warm

        app = create_app(settings.read(environment))
        cli.install(app, create_app)
        limiter.enabled = False
        if is_walked:
            warm(app)
        self.houses[house] = app
        gc.collect()
        gc.freeze()
        return {}

    def bear(self, house: int, role: str, log: str, **words: Any) -> Words:
        """Fork a child that takes up a role. Gives its process id."""
        app, door = self.houses[house], self.doors[house]
        pid = os.fork()
        if pid:
            return {"pid": pid}
        status = 1
        try:
            _settle(log)
            status = getattr(_Roles, role)(app, door, **words) or 0
        except SystemExit as end:
            status = int(end.code or 0) if not isinstance(end.code, str) else 1
        except BaseException:  # whatever it is, it is told in the log, and never reaches the nurse
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def bury(self, pid: int, within: float, asked: int = 0) -> Words:
        """Wait for a child to die by itself; after `within` seconds, kill it. Gives how it ended. `asked`: a signal sent first."""
        if asked:
            os.kill(pid, asked)
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                return {"status": os.waitstatus_to_exitcode(status)}
            time.sleep(0.002)
        os.kill(pid, signal.SIGKILL)
        return {"status": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 — the name is werkzeug's
        """Say nothing."""


def _settle(log: str) -> None:
    """Let what the child says go to a file, and let it die of what the nurse would survive."""
    file = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    for number in (1, 2):
        os.dup2(file, number)
    sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class _Roles:
    """What a child can be."""

    @staticmethod
    def site(app: Flask, door: socket.socket, **words: Any) -> None:
        """Answer requests, each in a thread."""
        _prepare(app, **words)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet, fd=door.fileno())
        server.serve_forever(poll_interval=0.05)

    @staticmethod
    def jobs(app: Flask, _door: socket.socket, **words: Any) -> None:
        """Run jobs until told to stop."""
        from certif.kit import jobs

        _prepare(app, **words)
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_given: stop.set())
        with app.app_context():
            jobs.work(stop, 0.05)

    @staticmethod
    def command(app: Flask, _door: socket.socket, words: list[str]) -> int:
        """Run a command of the house, as `flask --app wsgi` does."""
        return int(FlaskGroup(create_app=lambda *_given: app).main(args=words, prog_name="flask --app wsgi") or 0)


def _prepare(
    app: Flask, careless: list[str] | None = None, dies_after: int = 0, ahead: float = 0, largest_file: int = 0, smtp: str = ""
) -> None:
    """Make a child differ from what it should be, or from where it is.

    Takes: `careless`, the defences that are off; `dies_after`, how many steps with the database it lives; `ahead`, seconds by which its
    clock is ahead; `largest_file`, bytes beyond which no file may grow; `smtp`, its post office.
    """
    import dataclasses
    import datetime as dt

    from certif.kit import clock
    from certif.kit.db import db
    from tests.faults import carelessness

    with app.app_context():
        for name in careless or []:
            getattr(carelessness, name)(app)
        if dies_after:
            _die_after(dies_after, db.engine)
    if ahead:
        clock.now = lambda: dt.datetime.now(dt.UTC) + dt.timedelta(seconds=ahead)
    if smtp:
        app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], smtp_url=smtp)
    if largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))


def _die_after(steps: int, engine: Any) -> None:
    """Die right after a statement, right before a commit or right after one, whichever is the n-th."""
    left = [steps]

    def count_down(*_given: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "after_cursor_execute", count_down)
    event.listen(engine, "commit", count_down)
    event.listen(Session, "after_commit", count_down)


def main() -> None:
    """Do what is asked until nobody asks any more."""
    import wsgi  # noqa: F401 — the whole house, imported once

    nurse = Nurse()
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever prints, prints elsewhere
    for line in sys.stdin:
        words = json.loads(line)
        try:
            given = getattr(nurse, words.pop("do"))(**words)
        except Exception:
            given = {"fault": traceback.format_exc()}
        print(json.dumps(given), file=answer, flush=True)


if __name__ == "__main__":
    main()
