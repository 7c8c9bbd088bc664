"""A copy taken while the site is at work brings everything back, on either engine; anything else is refused and touches nothing."""

from __future__ import annotations

import random
import signal
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from certif.certification import Stage
from certif.cli import copies
from certif.kit.errors import Refusal
from tests import factories
from tests.cli.stock import do, holdings, keys_of, parts
from tests.conftest import SERVER
from tests.faults.invariants import chain_faults, engine_faults, faults
from tests.faults.nursery import Ground, Nursery, ground
from tests.faults.test_killed import walking
from tests.faults.walking import Town

FLIPS, KILLS = 40, 8


@pytest.fixture(scope="module")
def kept(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A house with a certified employer, and a copy of it."""
    with ground(nursery, tmp_path_factory.mktemp("kept")) as found:
        with found.looking():
            factories.make_certification(Stage.CERTIFIED)
        status, said = found.command("backup", str(copy_of(found)))
        assert status == 0, said
        yield found


def copy_of(found: Ground) -> Path:
    """Give the path of the copy of a house."""
    return found.folder / "copy.sqlite3"


def put_back(found: Ground, copy: Path) -> None:
    """Restore, and look at every paper and at the whole journal."""
    status, said = found.command("restore", str(copy))
    assert status == 0, said
    status, said = found.command("verify-evidence")
    assert status == 0, said


def test_a_copy_taken_while_people_sign_is_whole(nursery: Nursery, tmp_path: Path) -> None:
    with ground(nursery, tmp_path) as found:
        town = Town(found)
        with found.child(), walking(town):
            while len(town.acknowledged()) < 4:
                threading.Event().wait(0.05)
            before = town.acknowledged()
            status, said = found.command("backup", str(copy_of(found)))
            assert status == 0, said
        assert len(town.acknowledged()) > len(before), "nobody went on meanwhile: this proves nothing"
        put_back(found, copy_of(found))
        with found.looking():
            assert faults(before) + chain_faults() + engine_faults() == []
            lost = [fault for fault in faults(town.acknowledged()) if not fault.startswith("lost")]
            assert lost == []
        walk = town.settle()
        with found.child():
            assert town.ask("sign", walk).status == 303, "and the house goes on from there"


def test_what_came_after_the_copy_is_gone_and_what_was_there_is_back(kept: Ground) -> None:
    before = holdings(kept.database)
    assert kept.command("staff", "add", "apres@exemple.com", "--role", "admin")[0] == 0
    assert holdings(kept.database) != before
    put_back(kept, copy_of(kept))
    assert holdings(kept.database) == before


BOTH = pytest.mark.skipif(not SERVER, reason="on PostgreSQL, both ways are tried")


@pytest.mark.parametrize("engine", ["the same", pytest.param("the other", marks=BOTH)])
def test_a_copy_is_restored_on_a_bare_machine(nursery: Nursery, kept: Ground, tmp_path: Path, engine: str) -> None:
    on = None if engine == "the same" else f"sqlite:///{tmp_path / 'other.sqlite3'}"
    with ground(nursery, tmp_path, is_empty=True, at=None, on=on) as bare:
        for file in (bare.folder / "keys").iterdir():
            file.unlink()
        put_back(bare, copy_of(kept))
        assert holdings(bare.database) == holdings(kept.database)
        assert keys_of(bare) == keys_of(kept)
        with pytest.raises(DBAPIError):
            do(bare, "DELETE FROM journal_entry")  # what guards the journal came along
        again = tmp_path / "again.sqlite3"
        assert bare.command("backup", str(again))[0] == 0
        put_back(kept, again)
        assert holdings(bare.database) == holdings(kept.database)


def test_a_copy_is_for_its_owner_only_and_leaves_no_draft(kept: Ground) -> None:
    assert copy_of(kept).stat().st_mode & 0o777 == 0o600
    assert not [name for name in parts(kept.folder) if name.endswith(".part")]


def database(statement: str) -> Callable[[bytes], bytes]:
    """Give another SQLite database, whatever the copy is."""
    return lambda _whole: edited(b"", statement)


def with_change(statement: str) -> Callable[[bytes], bytes]:
    """Give the copy with something changed in it."""
    return lambda whole: edited(whole, statement)


def edited(content: bytes, statement: str) -> bytes:
    """Give the bytes of a database after a statement."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "edited"
        file.write_bytes(content)
        connection = sqlite3.connect(file)
        connection.execute(statement)
        connection.commit()
        connection.close()
        return file.read_bytes()


BAD: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _whole: b"",
    "words": lambda _whole: b"not a copy",
    "half of it": lambda whole: whole[: len(whole) // 2],
    "all but a page": lambda whole: whole[:-4096],
    "a page too many": lambda whole: whole + bytes(4096),
    "another database": database("CREATE TABLE x (y)"),
    "one that looks like it": database("CREATE TABLE alembic_version (version_num)"),
    "a newer one": with_change("UPDATE alembic_version SET version_num = '9999_to_come'"),
    "a name changed": with_change("UPDATE employer SET legal_name = 'Autre'"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_whole_copy_is_refused_in_one_line_and_touches_nothing(kept: Ground, tmp_path: Path, name: str) -> None:
    before, keys, bad = holdings(kept.database), keys_of(kept), tmp_path / "bad"
    bad.write_bytes(BAD[name](copy_of(kept).read_bytes()))
    status, said = kept.command("restore", str(bad))
    assert status == 1
    assert "Nothing was changed" in said
    assert len(said.splitlines()) == 1
    assert (holdings(kept.database), keys_of(kept)) == (before, keys)


def test_one_bit_that_changed_anywhere_is_seen(kept: Ground, tmp_path: Path) -> None:
    rng, whole, bad = random.Random(20261207), copy_of(kept).read_bytes(), tmp_path / "bad"
    before = holdings(kept.database)
    with kept.looking():
        for _flip in range(FLIPS):
            content, place = bytearray(whole), rng.randrange(len(whole))
            content[place] ^= 1 << rng.randrange(8)
            bad.write_bytes(content)
            with pytest.raises(Refusal, match="Nothing was changed"):
                copies.restore(bad)
    assert holdings(kept.database) == before


def test_without_its_digest_some_changed_bits_would_pass(kept: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_is_closed_up", lambda _work: True)
    bad = tmp_path / "bad"
    bad.write_bytes(BAD["a name changed"](copy_of(kept).read_bytes()))
    with kept.looking():
        copies.restore(bad)
    put_back(kept, copy_of(kept))


@pytest.mark.parametrize("path", ["/nowhere/copy.sqlite3", "/proc/copy.sqlite3"])
def test_where_no_copy_can_be_written_it_is_said_in_one_line(kept: Ground, path: str) -> None:
    for command in ("backup", "restore"):
        status, said = kept.command(command, path)
        assert status == 1
        assert len(said.splitlines()) == 1, said


def test_a_copy_interrupted_leaves_the_former_one(kept: Ground) -> None:
    rng, former = random.Random(20261208), copy_of(kept).read_bytes()
    for _kill in range(KILLS):
        pid = kept.bear("command", words=["backup", str(copy_of(kept))])
        ended = kept.bury(pid, rng.uniform(0.01, 0.15))
        if ended == -signal.SIGKILL and copy_of(kept).read_bytes() == former:
            continue
        former = copy_of(kept).read_bytes()
        with kept.looking():
            copies._checked(copied(copy_of(kept)))


def copied(path: Path) -> Path:
    """Give a copy of a copy, to look at."""
    other = path.with_name("looked-at.sqlite3")
    other.write_bytes(path.read_bytes())
    return other


def test_a_restoration_interrupted_leaves_what_was_there_or_what_was_copied(kept: Ground) -> None:
    rng, copy = random.Random(20261209), holdings(kept.database)
    assert kept.command("backup", str(copy_of(kept)))[0] == 0
    for number in range(KILLS):
        assert kept.command("staff", "add", f"autre{number}@exemple.com", "--role", "admin")[0] == 0
        live = holdings(kept.database)
        kept.bury(kept.bear("command", words=["restore", str(copy_of(kept))]), rng.uniform(0.02, 0.3))
        assert holdings(kept.database) in (live, copy)
    put_back(kept, copy_of(kept))
    assert holdings(kept.database) == copy
