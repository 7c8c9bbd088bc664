"""Every command, from a script: what it does, and one clear line and an exit status when it cannot."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.outbox import Letter, queue
from tests.cli.stock import opened
from tests.faults.clients import Browser
from tests.faults.nursery import ROOT, Ground, Nursery, ground

COMMANDS = (
    "serve", "work", "seed", "staff add", "keys rotate", "keys list", "sign-in-link", "jobs run-once", "backup", "restore", "purge",
    "verify-evidence", "rehearse",
)  # fmt: skip


class House:
    """A house, and its commands. `manifest`: what a visitor of its demonstration may try."""

    def __init__(self, found: Ground) -> None:
        self.ground, self.folder = found, found.folder

    def command(self, *words: str, fails: bool = False) -> str:
        """Run a command; give what it printed. When it fails, it does so in one clear line."""
        status, said = self.ground.command(*words)
        assert status == (1 if fails else 0), f"{words}: {said}"
        if fails:
            assert said.startswith("Error: ")
            assert len(said.splitlines()) == 1, said
        return said

    @property
    def manifest(self) -> dict[str, list[dict[str, str]]]:
        """Read the manifest, made at the first look."""
        path = self.folder / "manifest.json"
        if not path.exists():
            self.command("seed", "--manifest", str(path))
        found: dict[str, list[dict[str, str]]] = json.loads(path.read_text())
        return found


@pytest.fixture(scope="module")
def house(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house on an empty database."""
    with ground(nursery, tmp_path_factory.mktemp("commands"), is_empty=True, at=None) as found:
        yield House(found)


def statement(house: House, sql: str) -> list[tuple[object, ...]]:
    """Ask something of the database behind the application's back."""
    engine = opened(house.ground.database)
    with engine.begin() as connection:
        found = connection.execute(text(sql))
        rows = [tuple(row) for row in found] if found.returns_rows else []
    engine.dispose()
    return rows


def test_the_demonstration_says_what_may_be_tried_and_is_loaded_once(house: House) -> None:
    first = house.manifest
    assert {account["role"] for account in first["accounts"]} == {"admin", "manager", "agent", "partner", "employer", "juror", "organiser"}
    statuses = {one["status"] for one in first["verification"]}
    assert statuses == {"in_progress", "certified", "supporter", "suspended", "expired", "revoked", "paused"}
    again = house.folder / "again.json"
    house.command("seed", "--manifest", str(again))
    told = json.loads(again.read_text())
    fresh = {one["ref"]: one["token"] for one in told.pop("galas")}
    given = {one["ref"]: one["token"] for one in first["galas"]}
    assert told == {name: told for name, told in first.items() if name != "galas"}
    assert fresh.keys() == given.keys()
    assert not {*fresh.values()} & {*given.values()}


def test_a_key_of_the_manifest_reads_laureates_and_without_it_nobody_does(house: House) -> None:
    with house.ground.child():
        browser = Browser(house.ground.port)
        for gala in house.manifest["galas"]:
            path = f"/api/v1/galas/{gala['ref']}/laureates"
            answer = browser.get(path, key=gala["token"])
            assert answer.status == 200
            assert json.loads(answer.body)["laureates"]
            assert browser.get(path).status == 401


def test_no_letter_of_the_demonstration_waits_to_leave(house: House) -> None:
    assert house.manifest
    assert statement(house, "SELECT count(*) FROM letter WHERE sent_at IS NULL") == [(0,)]


def test_people_are_added_and_let_in_by_a_link(house: House) -> None:
    assert "agent" in house.command("staff", "add", "nouvelle@exemple.com", "--role", "agent", "--region", "14")
    assert "/connexion/lien/" in house.command("sign-in-link", "nouvelle@exemple.com")
    assert "No open account has the address inconnue@exemple.com" in house.command("sign-in-link", "inconnue@exemple.com", fails=True)
    assert "08" in house.command("staff", "add", "x@exemple.com", "--role", "agent", "--region", "08", fails=True)
    assert "no region 99" in house.command("staff", "add", "x@exemple.com", "--role", "agent", "--region", "99", fails=True)
    assert "not an email address" in house.command("staff", "add", "pas-une-adresse", "--role", "agent", "--region", "14", fails=True)


def test_a_rehearsal_tells_a_year(house: House) -> None:
    told = house.command("rehearse")
    assert "ouvre ses portes" in told
    assert "Six semaines : le dernier. Rappels reçus : 3." in told
    assert "d’un code qui a trop circulé : 31 réponses" in told.replace("\u00a0", " ")
    assert "Le portrait est diffusé" in told
    assert "Un an plus tard" in told
    assert "se tient" in told


@pytest.mark.engine_alike
def test_without_arguments_each_command_is_listed_and_each_says_what_it_does(house: House) -> None:
    said = house.command("--help")
    for command in COMMANDS:
        assert command.split()[0] in said
        assert "Usage:" in house.command(*command.split(), "--help")


@pytest.mark.engine_alike
def test_what_a_command_is_not_told_right_is_refused_with_its_usage(house: House) -> None:
    for words in (
        ["staff", "add", "x@exemple.com"],
        ["backup"],
        ["seed", "--employers", "beaucoup"],
        ["staff", "add", "x", "--role", "king"],
    ):
        status, said = house.ground.command(*words)
        assert status == 2, words
        assert said.startswith("Usage:")
        assert "Error: " in said


@pytest.mark.engine_alike
def test_a_command_is_run_by_the_shell_as_it_is_written_in_the_readme(house: House) -> None:
    environment = {**os.environ, "DATABASE_URL": house.ground.database, "DATA_DIR": str(house.folder), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "sign-in-link", "inconnue@exemple.com"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_printed_link_signs_in_once(house: House) -> None:
    assert house.manifest
    link = house.command("sign-in-link", "employeur-1@exemple.com").strip()
    with house.ground.child():
        for status in (303, 410):
            browser = Browser(house.ground.port)
            assert browser.get(link).status == 303
            assert browser.post("/connexion/lien").status == status


def test_somebody_added_twice_has_the_role_once(house: House) -> None:
    for _each in range(2):
        house.command("staff", "add", "deuxfois@exemple.com", "--role", "manager", "--region", "14")
    held = 'SELECT count(*) FROM "grant" JOIN "user" ON "user".id = "grant".user_id WHERE email = \'deuxfois@exemple.com\''
    assert statement(house, held) == [(1,)]


def test_what_is_due_is_done_once_and_said(house: House) -> None:
    house.command("jobs", "run-once")
    link = house.command("sign-in-link", "employeur-2@exemple.com")
    assert link
    with house.ground.child():
        assert Browser(house.ground.port).post("/connexion", email="employeur-2@exemple.com").status == 303
    assert "send_letter: ok" in house.command("jobs", "run-once")
    assert "send_letter" not in house.command("jobs", "run-once")


def test_what_is_purged_leaves_no_trace(house: House) -> None:
    canary = "canari-a-effacer@exemple.com"
    with house.ground.looking(), clock.frozen(clock.now() - dt.timedelta(days=3 * 365)), transaction():
        queue("accounts/protection_changed", canary, language="fr", sentence="Canari.").sent_at = clock.now()
    assert canary in traces(house)
    assert "forget_old_letters" in house.command("purge")
    assert canary not in traces(house)


def traces(house: House) -> str:
    """Give everything that the files of the database hold, or its table of letters where the files are a server's."""
    files = [file.read_bytes() for file in house.folder.glob("*.sqlite3*") if "sandbox" not in file.name]
    if files:
        return b"".join(files).decode(errors="ignore")
    with house.ground.looking():
        return " ".join(address for (address,) in db.session.query(Letter.to_address))


def test_thousands_of_employers_are_inserted_in_bulk_and_the_site_answers(nursery: Nursery, tmp_path: Path) -> None:
    with ground(nursery, tmp_path, is_empty=True, at=None) as found:
        house = House(found)
        house.command("seed", "--employers", "2000")
        assert statement(house, "SELECT count(*) FROM badge")[0][0] >= 2000  # type: ignore[operator]
        [(code,)] = statement(house, "SELECT code FROM verification ORDER BY id DESC LIMIT 1")
        house.command("staff", "add", "apres@exemple.com", "--role", "agent", "--region", "14")
        with found.child():
            assert Browser(found.port).get(f"/v/{code}.json").status == 200
            assert Browser(found.port).get("/").status == 200
        assert "all as they were" in house.command("verify-evidence")
        assert re.search(r"[1-9]\d* journal entries", house.command("verify-evidence"))
