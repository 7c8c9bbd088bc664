"""A start reads only what a start needs, knows the database it is on, and comes back after the whole site was killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from certif.kit import schema
from certif.kit.db import db, writing
from tests.faults.clients import Browser
from tests.faults.nursery import ROOT, Nursery, ground
from tests.serving import site

LATE = {
    "alembic": "only a database that is behind",
    "stripe": "only who pays by card",
    "aiohttp": "only the library of the gateway",
    "pyhanko": "only who signs or checks a document",
    "phonenumbers": "only who types a telephone number",
}
"""What takes long to read, and who needs it."""


def test_a_start_reads_nothing_that_only_some_requests_need(tmp_path: Path) -> None:
    told = "import sys, wsgi; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    environment = {"DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    read = set(done.stdout.split())
    assert "sqlalchemy" in read
    assert read & set(LATE) == set(), "import it where it is used, with a word on why"


def test_a_database_from_a_newer_version_is_refused_in_one_clear_line(nursery: Nursery, tmp_path: Path) -> None:
    with ground(nursery, tmp_path, is_empty=True) as found:
        with found.looking(), writing(), db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999_to_come'"))
        for command in (["serve"], ["seed"]):
            status, said = found.command(*command)
            assert status == 1
            assert said.startswith("Error: The database is at 9999_to_come, which this version of the software does not know.")
            assert len(said.splitlines()) == 1
        with found.looking():
            assert schema.current() == "9999_to_come", "it was left as it is"


def test_a_database_one_step_behind_is_brought_up_to_date(nursery: Nursery, tmp_path: Path) -> None:
    with ground(nursery, tmp_path, is_empty=True, at=schema.revisions()[-2]) as found:
        status, said = found.command("seed", "--manifest", str(tmp_path / "manifest.json"))
        assert status == 0, said
        with found.looking():
            assert schema.current() == schema.revisions()[-1]


@pytest.mark.slow
def test_the_whole_site_killed_comes_back_with_all_it_had(tmp_path: Path) -> None:
    with site(tmp_path) as served:
        port = int(served.url.rpartition(":")[2])
        code = served.code_for("certified")
        before = Browser(port).get(f"/v/{code}.json").body
        sent = Browser(port).post("/connexion", email="employeur-1@exemple.com")
        assert sent.status == 303
        served.kill()
        served.start()
        assert Browser(port).get(f"/v/{code}.json").body == before
        served.wait_for_code("employeur-1@exemple.com")
        assert served.command("verify-evidence")
