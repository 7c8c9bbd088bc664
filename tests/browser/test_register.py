"""The public register of a site that is really served, downloaded and checked by the program that it gives away."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def get(served: Site, path: str) -> bytes:
    """Read what the site answers, to its end."""
    with urllib.request.urlopen(f"{served.url}{path}", timeout=20) as answer:
        return bytes(answer.read())


def test_the_register_of_a_served_site_is_downloaded_and_checked_and_then_added_to(served: Site, tmp_path: Path) -> None:
    deadline = time.monotonic() + 60
    while not (chain := get(served, "/registre.jsonl")):
        assert time.monotonic() < deadline, "the job publishes nothing"
        time.sleep(0.2)
    (tmp_path / "verifier.py").write_bytes(get(served, "/registre/verifier.py"))
    command = [sys.executable, "-I", "-S", "verifier.py", "archive", "--from", served.url, "--lang", "en"]
    for _each in range(2):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Everything holds: 1 day(s)" in done.stdout
    said = json.loads(json.loads(chain.splitlines()[0])["statement"])
    names = get(served, f"/registre/{said['day']}.jsonl")
    assert names.count(b"\n") == said["lines"] > 3
    assert names == b"".join((tmp_path / "archive/pages" / f"{page['digest']}.jsonl").read_bytes() for page in said["pages"])
