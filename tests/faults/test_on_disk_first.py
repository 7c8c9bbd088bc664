"""What is acknowledged is on disk: the write reaches it before the first byte of the answer leaves."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from certif.kit.db import db
from tests.conftest import SERVER
from tests.faults.nursery import Nursery, ground
from tests.faults.walking import ACTS, Town

CALLS = "recvfrom,read,write,sendto,pwrite64,fsync,fdatasync,ftruncate"
FILES = 4
_LINE = re.compile(r"^(?P<thread>\d+)\s+(?:<\.\.\. (?P<resumed>\w+) resumed>|(?P<call>\w+)\()(?P<rest>.*)$")


@contextmanager
def watched(pid: int, trace: Path) -> Iterator[None]:
    """Write down what a process asks of the machine meanwhile."""
    found = shutil.which("strace")
    assert found, "strace is missing: run make tools"
    watcher = subprocess.Popen(
        [found, "-f", "-s", "64", "-e", f"trace={CALLS}", "-o", str(trace), "-p", str(pid)], stderr=subprocess.PIPE, text=True
    )
    assert watcher.stderr is not None
    said = watcher.stderr.readline()
    if "attached" not in said:
        watcher.wait()
        pytest.skip(f"this machine lets nobody watch a process: {said.strip()}")
    try:
        yield
    finally:
        watcher.terminate()
        watcher.wait()
        watcher.stderr.close()


def answers(trace: str) -> list[tuple[str, bool]]:
    """Give, for each answer to a post that wrote something, what was asked and whether all it wrote was on the disk by then."""
    asked: dict[str, str] = {}
    on_its_way: dict[str, bool] = {}
    given = []
    for line in trace.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        thread, call, rest = found["thread"], found["call"] or found["resumed"], found["rest"]
        post = re.search(r'"POST (\S+?)[ ?]', rest)
        if call in {"recvfrom", "read"} and post:
            asked[thread] = post[1]
            on_its_way.pop(thread, None)
        elif call in {"pwrite64", "ftruncate"} and "/dev" not in rest:
            on_its_way[thread] = True
        elif call in {"fsync", "fdatasync"} and "= 0" in rest:
            on_its_way[thread] = False
        elif call in {"sendto", "write"} and re.search(r'"HTTP/1\.[01] (2|3)\d\d', rest) and thread in asked:
            path = asked.pop(thread)
            if thread in on_its_way:
                given.append((path, not on_its_way[thread]))
    return given


def watch_people(nursery: Nursery, folder: Path, *careless: str) -> list[tuple[str, bool]]:
    """Let people walk the whole path while their server is watched."""
    with ground(nursery, folder) as found:
        town = Town(found)
        files = [town.settle() for _each in range(FILES)]
        with found.child(careless=list(careless)) as pid, watched(pid, folder / "trace"):
            for file in files:
                for _act in ACTS:
                    town.step(file)
        assert [file.done for file in files] == [len(ACTS)] * FILES
    return answers((folder / "trace").read_text())


@pytest.mark.skipif(bool(SERVER), reason="PostgreSQL writes in a process of its own: see the session below")
def test_every_post_is_on_disk_before_it_is_answered(nursery: Nursery, tmp_path: Path) -> None:
    given = watch_people(nursery, tmp_path)
    paths = [path for path, _on_disk in given]
    assert len([path for path in paths if path.endswith(("/signature", "/validation", "/encaissement"))]) >= 2 * FILES
    assert [path for path, on_disk in given if not on_disk and "bac-a-sable" not in path] == []


@pytest.mark.skipif(bool(SERVER), reason="PostgreSQL writes in a process of its own: see the session below")
def test_without_full_synchronisation_the_answer_is_seen_to_leave_first(nursery: Nursery, tmp_path: Path) -> None:
    given = watch_people(nursery, tmp_path, "not_synced")
    assert [path for path, on_disk in given if not on_disk and path.endswith("/signature")]


@pytest.mark.skipif(not SERVER, reason="only PostgreSQL decides it for each session")
def test_a_session_waits_for_the_disk_whatever_the_database_is_told(nursery: Nursery, tmp_path: Path) -> None:
    with ground(nursery, tmp_path) as found:
        careless = create_engine(found.database)
        with careless.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            name = connection.scalar(text("SELECT current_database()"))
            connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
        careless.dispose()
        with careless.connect() as connection:
            assert connection.scalar(text("SHOW synchronous_commit")) == "off", "the twin: a session that asks for nothing"
        careless.dispose()
        with found.looking():
            db.engine.dispose()
            assert db.session.scalar(text("SHOW synchronous_commit")) == "on"
            assert db.session.scalar(text("SHOW fsync")) == "on"
