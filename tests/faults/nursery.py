"""Where children of the house come from, as tests see it."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from certif import documents
from certif.app import create_app
from certif.kit import schema, settings
from certif.kit.db import db, wipe_traces
from tests.databases import FILLED, load_reference_data, scratch_database

ROOT = Path(__file__).parents[2]


class Nursery:
    """A process that forks servers, workers and commands of the house."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._talking = threading.Lock()
        environment = {
            **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PUBLIC_BASE_URL", "SMTP_URL"}},
            "DATA_DIR": str(folder), "PORT": "8000", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        with (folder / "nurse.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.nurse"], cwd=ROOT, env=environment, text=True, start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip

    def ask(self, do: str, **words: Any) -> dict[str, Any]:
        """Ask the nurse for something; give its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with self._talking:
            self.process.stdin.write(json.dumps({"do": do, **words}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        assert line, (self.folder / "nurse.log").read_text()[-3000:]
        answer: dict[str, Any] = json.loads(line)
        assert "fault" not in answer, answer["fault"]
        return answer

    def lend_keys(self, folder: Path) -> None:
        """Give a folder the keys that every house of this nursery has: making a seal takes longer than a test."""
        settings.read({"DATA_DIR": str(self.folder), "PUBLIC_BASE_URL": "http://127.0.0.1"})
        given = self.folder / "secret_key"
        documents.sealing_key(self.folder, given.read_text())
        shutil.copy(given, folder)
        shutil.copytree(self.folder / "keys", folder / "keys", dirs_exist_ok=True)

    def close(self) -> None:
        """End the nurse and every child of hers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


@dataclass
class Ground:
    """A database of its own, the house on it in this process (to prepare and to look), and children of the house on it in others."""

    nursery: Nursery
    app: Flask
    folder: Path
    database: str
    house: int
    port: int
    runs: Iterator[int] = field(default_factory=itertools.count)

    def bear(self, role: str = "site", **words: Any) -> int:
        """Let a child take up a role; give its process id."""
        return int(self.nursery.ask("bear", house=self.house, role=role, log=str(self.folder / f"{role}.log"), **words)["pid"])

    def bury(self, pid: int, within: float = 0, *, asked: int = 0) -> int:
        """Wait for a child's death, or kill it after `within` seconds; give how it ended."""
        return int(self.nursery.ask("bury", pid=pid, within=within, asked=asked)["status"])

    def command(self, *words: str) -> tuple[int, str]:
        """Run a command of the house in a process of its own; give its exit status and all it printed."""
        log = self.folder / f"command-{next(self.runs)}.log"
        pid = self.nursery.ask("bear", house=self.house, role="command", log=str(log), words=list(words))["pid"]
        return self.bury(pid, 240), log.read_text()

    @contextmanager
    def child(self, role: str = "site", **words: Any) -> Iterator[int]:
        """Let a child live meanwhile."""
        pid = self.bear(role, **words)
        try:
            yield pid
        finally:
            self.bury(pid)

    def empty_the_log(self) -> None:
        """Move what SQLite keeps in its log into its file, so that what is written next makes a file grow."""
        with self.looking():
            wipe_traces()

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look at the database anew."""
        with self.app.app_context():
            try:
                yield
            finally:
                db.session.remove()


@contextmanager
def ground(
    nursery: Nursery, folder: Path, *, is_empty: bool = False, at: str | None = "head", on: str | None = None, **environment: str
) -> Iterator[Ground]:
    """Lay a database with the reference data, or with nothing but its tables, and open the house on it.

    Takes: `at`, the step of its shape, None for no table at all; `on`, its address when it is not one of the engine under test.
    """
    nursery.lend_keys(folder)
    with nullcontext(on) if on else scratch_database(folder, at if is_empty else FILLED) as url:
        if on and at is not None:
            schema.upgrade(url, at)
        door = nursery.ask("door")
        port = str(door["port"])
        given = {"DATABASE_URL": url, "DATA_DIR": str(folder), "PORT": port, "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}", **environment}
        found = Ground(nursery, create_app(settings.read(given)), folder, url, door["house"], door["port"])
        with found.looking():
            if on and not is_empty:
                load_reference_data()
            db.engine.dispose()
        nursery.ask("open", house=found.house, environment=given, is_walked=not is_empty)
        try:
            yield found
        finally:
            with found.looking():
                db.session.remove()
                db.engine.dispose()
