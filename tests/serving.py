"""The site as it is really served: its own process, its own database, its own folder."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from tests.databases import scratch_database

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Site:
    """A site that runs. `manifest`: what a visitor of its demonstration may try."""

    url: str
    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def command(self, *words: str, fails: bool = False) -> str:
        """Run a command of the house beside the site; give what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert (done.returncode != 0) is fails, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    @property
    def manifest(self) -> dict[str, Any]:
        """What may be tried here."""
        path = self.folder / "manifest.json"
        if not path.exists():
            self.command("seed", "--manifest", str(path))
        found = json.loads(path.read_text())
        assert isinstance(found, dict)
        return found

    def code_for(self, status: str) -> str:
        """Give a verification code in a status."""
        return next(str(one["code"]) for one in self.manifest["verification"] if one["status"] == status)

    def letters(self, to: str) -> list[str]:
        """Give the texts of the letters that reached an address, oldest first."""
        found = []
        for file in sorted((self.folder / "letters").glob("*.eml"), key=lambda one: one.stat().st_mtime_ns):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            if message["To"] == to:
                body = message.get_body(("plain",))
                found.append(str(body.get_content()) if body else "")
        return found

    def wait_for_code(self, to: str, *, after: int = 0) -> str:
        """Wait for a code after the `after` first letters to this address, whatever else is written there; give its six digits."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for letter in reversed(self.letters(to)[after:]):
                if found := re.search(r"(?<!\d)(\d{3})\s?(\d{3})(?!\d)", letter):
                    return "".join(found.groups())
            time.sleep(0.2)
        raise AssertionError(f"no code came to {to}")

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + 240
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.folder / "serve.log").read_text()[-3000:]
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the site does not answer")

    def kill(self) -> None:
        """Kill the site and everything it started, at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to stop, as Ctrl-C does."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def site(folder: Path, **environment: str) -> Iterator[Site]:
    """Serve a demonstration from `folder`, on the engine under test."""
    port = free_port()
    with scratch_database(folder) as database:
        given = {
            **os.environ, "DATABASE_URL": database, "DATA_DIR": str(folder), "PORT": str(port), "PYTHONPATH": str(ROOT),
            "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}", **environment,
        }  # fmt: skip
        served = Site(f"http://127.0.0.1:{port}", folder, given)
        served.start()
        try:
            yield served
        finally:
            served.stop()
