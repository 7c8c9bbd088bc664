"""A database that is held, full or cut off: people are told to come back, what was acknowledged stays, and the site recovers by itself."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from certif.kit.db import db
from tests.conftest import SERVER
from tests.faults.clients import Answer, Browser
from tests.faults.invariants import chain_faults, engine_faults, faults
from tests.faults.nursery import Ground, Nursery, ground
from tests.faults.walking import ACTS, Town

PEOPLE, CUTS = 8, 30
SQLITE_ONLY = pytest.mark.skipif(bool(SERVER), reason="on PostgreSQL the files are the server's own")
POSTGRESQL_ONLY = pytest.mark.skipif(not SERVER, reason="SQLite has no server that could hang up")
_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_HOLD = """
import sys; from pysqlite3 import dbapi2
held = dbapi2.connect(sys.argv[1], isolation_level=None); held.execute("BEGIN IMMEDIATE"); print("held", flush=True); sys.stdin.readline()
"""


@pytest.fixture
def town(nursery: Nursery, tmp_path: Path) -> Iterator[Town]:
    with ground(nursery, tmp_path) as found:
        yield Town(found)


@contextmanager
def held(found: Ground) -> Iterator[Callable[[], None]]:
    """Let another process hold the database against every writer. Gives: what lets it go."""
    if SERVER:
        holder = create_engine(found.database)
        connection = holder.connect()
        connection.execute(text("LOCK TABLE journal_entry, attempt_count, answered_post IN EXCLUSIVE MODE"))
        yield connection.rollback
        connection.close()
        holder.dispose()
        return
    path = found.database.removeprefix("sqlite:///")
    with subprocess.Popen([sys.executable, "-c", _HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "held\n"
        yield lambda: process.communicate("\n") and None
        process.kill()


def together(acts: list[Callable[[], Answer]]) -> list[Answer]:
    """Do all of this at the same time; give what came of each."""
    answers: dict[int, Answer] = {}
    threads = [threading.Thread(target=lambda number=number, act=act: answers.update({number: act()})) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(acts))]


def test_held_for_two_seconds_everyone_is_only_a_little_late(town: Town) -> None:
    walks = [town.settle() for _each in range(PEOPLE)]
    with town.ground.child(), held(town.ground) as let_go:
        threading.Timer(2, let_go).start()
        answers = together([lambda walk=walk: town.ask("sign", walk) for walk in walks])
    assert [answer.status for answer in answers] == [303] * PEOPLE


def test_held_for_longer_people_are_told_to_come_back_and_reading_goes_on(town: Town) -> None:
    walks = [town.settle() for _each in range(PEOPLE)]
    with town.ground.child():
        with held(town.ground):
            answers = together([lambda walk=walk: town.ask("sign", walk) for walk in walks])
            read = [walks[0].browser.get(path) for path in ("/", "/programmes", "/repertoire", "/connexion", "/mon-espace", "/healthz")]
        assert [answer.status for answer in answers] == [503] * PEOPLE
        assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)
        assert all("Rien n’a été perdu" in answer.body for answer in answers)
        assert {answer.status for answer in read} <= {200, 404}
        assert [answer.status for answer in (read[0], read[4])] == [200, 200]
        answers = together([lambda walk=walk: town.ask("sign", walk) for walk in walks])
    assert [answer.status for answer in answers] == [303] * PEOPLE, "it recovers by itself"
    with town.ground.looking():
        assert faults([("sign", walk.ref) for walk in walks]) + chain_faults() == []


@contextmanager
def limited(pid: int, town: Town) -> Iterator[None]:
    """Let the log of the database grow no more: every commit makes it longer, until it is emptied into a file that is longer still."""
    [log] = town.ground.folder.glob("*.sqlite3-wal")
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (log.stat().st_size, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def filled_up(_pid: int, town: Town) -> Iterator[None]:
    """Fill the disk to its last byte."""
    ballast = town.ground.folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with pytest.raises(OSError, match="No space left"):
                while True:
                    file.write(bytes(size))
    try:
        yield
    finally:
        ballast.unlink()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, where this machine lets one be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip("this machine lets nobody make a small disk; the limit on files is tested all the same")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@SQLITE_ONLY
def test_files_that_may_not_grow_lose_nothing(town: Town) -> None:
    survive(town, limited)


@SQLITE_ONLY
def test_a_full_disk_loses_nothing(nursery: Nursery, small_disk: Path) -> None:
    with ground(nursery, small_disk) as found:
        survive(Town(found), filled_up)


def survive(town: Town, shortage: Callable[..., object]) -> None:
    """Walk before, during and after a shortage."""
    walks = [town.settle() for _each in range(4)]
    town.ground.empty_the_log()
    with town.ground.child() as pid:
        for walk in walks[:2]:
            while walk.done < len(ACTS):
                town.step(walk)
        with shortage(pid, town):  # type: ignore[attr-defined]
            during = [town.ask("sign", walk) for _try in range(4) for walk in walks[2:]]
            assert Browser(town.ground.port).get("/").status == 200
        assert 503 in {answer.status for answer in during}
        assert {answer.status for answer in during} <= {303, 503}
        signed = {walk.ref for walk, answer in zip(walks[2:] * 4, during, strict=True) if answer.status == 303}
        for walk in walks[2:]:
            while walk.done < len(ACTS):
                town.step(walk)
    with town.ground.looking():
        assert faults([*town.acknowledged(), *(("sign", ref) for ref in signed)]) + chain_faults() + engine_faults() == []


@POSTGRESQL_ONLY
def test_a_server_out_of_room_is_answered_503_and_leaves_nothing_half_done(town: Town) -> None:
    walk = town.settle()
    admin = create_engine(town.ground.database, isolation_level="AUTOCOMMIT")
    with town.ground.child(), admin.connect() as connection:
        connection.execute(text("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$"))
        connection.execute(text("CREATE TRIGGER full_disk BEFORE INSERT ON journal_entry EXECUTE FUNCTION full_disk()"))
        assert town.ask("sign", walk).status == 503
        connection.execute(text("DROP TRIGGER full_disk ON journal_entry"))
        assert town.ask("sign", walk).status == 303
    admin.dispose()
    with town.ground.looking():
        assert faults([("sign", walk.ref)]) + chain_faults() == []


@POSTGRESQL_ONLY
def test_connections_cut_in_mid_flight_are_made_anew(town: Town) -> None:
    walks = [town.settle() for _each in range(9)]

    def walk_on(number: int) -> None:
        for walk in walks[number::3]:
            while walk.done < len(ACTS) and not walk.must_wait:
                town.step(walk)

    admin = create_engine(town.ground.database, isolation_level="AUTOCOMMIT")
    with town.ground.child(), admin.connect() as connection:
        people = [threading.Thread(target=walk_on, args=(number,)) for number in range(3)]
        for person in people:
            person.start()
        for _cut in range(CUTS):
            time.sleep(0.05)
            connection.execute(text(_CUT))
        for person in people:
            person.join()
    admin.dispose()
    assert town.strange == []
    assert town.turned_away, "nobody was cut off at work: this proves nothing"
    assert [walk.done for walk in walks if not walk.must_wait] == [len(ACTS)] * len([walk for walk in walks if not walk.must_wait])
    with town.ground.looking():
        db.engine.dispose()
        assert faults(town.acknowledged()) + chain_faults() == []
