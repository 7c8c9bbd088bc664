"""The public roll: published once a day, page by page, and checked by a program that knows nothing of us."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from certif import certification, roll, standing
from certif.certification import Certification
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.public.statuses import Status
from certif.roll import RollDay, RollPage, actions, queries
from tests.factories import make_certification, make_program, make_staff, unit
from tests.pages import Visitor, _let_go
from tests.public.codes import code_of, make
from tests.statements import statements


def read(visitor: Visitor, path: str) -> bytes:
    _let_go()
    answer = visitor.client.get(path, base_url=visitor.base, buffered=True)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    return answer.data


def publish(day: int = 0) -> None:
    """Let the job publish, `day` days from now."""
    with clock.frozen(clock.now() + timedelta(days=day)):
        actions.publish_todays_roll()


def names(visitor: Visitor) -> dict[str, dict[str, Any]]:
    """Give the lines of the newest day by their codes, as anyone downloads them."""
    last = queries.last_day()
    assert last is not None
    lines = [json.loads(line) for line in read(visitor, f"/registre/{last.day}.jsonl").splitlines()]
    assert len(lines) == last.lines
    return {line["code"]: line for line in lines}


def test_a_day_lists_who_is_certified_a_supporter_or_suspended_and_nobody_else(visitor: Visitor) -> None:
    held = {status: make(status) for status in Status}
    publish()
    found = names(visitor)
    listed = {Status.CERTIFIED, Status.SUPPORTER, Status.SUSPENDED, Status.PAUSED}
    assert {code: line["status"] for code, line in found.items()} == {code_of(held[one]): one.value for one in listed}
    one = held[Status.CERTIFIED]
    page = json.loads(read(visitor, f"/v/{code_of(one)}.json"))
    line = found[code_of(one)]
    assert line == {name: page[name] for name in line if name in page} | {"program": one.program.name}


def test_a_day_is_published_once_whoever_wakes_first(visitor: Visitor) -> None:
    make_certification()
    for _each in range(3):
        publish()
    assert db.session.scalar(select(func.count()).select_from(RollDay)) == 1
    with pytest.raises(Refusal), transaction():
        roll.publish_roll(clock.today(), [], by=SYSTEM)


def test_two_days_cannot_follow_the_same_one(visitor: Visitor) -> None:
    publish()
    first = queries.last_day()
    assert first is not None
    values = {name: getattr(first, name) for name in ("lines", "digest", "statement", "signature", "published_at")}
    twin = RollDay(number=2, day=clock.today() + timedelta(days=1), previous=first.previous, **values)
    with pytest.raises(IntegrityError), transaction():
        db.session.add(twin)


@pytest.mark.parametrize("table", [RollDay, RollPage])
def test_what_was_published_cannot_be_rewritten(visitor: Visitor, table: type) -> None:
    make_certification()
    publish()
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(update(table).values(lines=0))


def test_a_page_where_nothing_changed_is_the_same_page(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "PAGE_OF", 2)
    program = make_program()
    made = [make_certification(program=program) for _each in range(5)]
    publish()
    before = pages_of_last()
    with unit():
        standing.suspend(made[-1], "Motif.", by=make_staff(Role.MANAGER, program).actor)
    publish(1)
    after = pages_of_last()
    assert len(before) == len(after) >= 3
    assert before[:-1] == after[:-1]
    assert before[-1] != after[-1]
    assert names(visitor)[code_of(made[-1])]["status"] == "suspended"


def pages_of_last() -> list[dict[str, Any]]:
    last = queries.last_day()
    assert last is not None
    return list(last.said["pages"])


def test_however_many_are_listed_no_more_than_a_page_is_read_at_once(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    program = make_program()
    monkeypatch.setattr(actions, "PAGE_OF", 1_000_000)
    for _each in range(2):
        make_certification(program=program)
    publish()
    with statements() as few:
        names(visitor)
    for _each in range(3):
        make_certification(program=program)
    publish(1)
    with statements() as many:
        names(visitor)
    assert len(many) == len(few), "one page, whether two are on it or five"
    monkeypatch.setattr(actions, "PAGE_OF", 1)
    publish(2)
    with statements() as cut:
        names(visitor)
    assert len(cut) > len(few) + 4, "the twin: pages of one line are read one by one"


@pytest.fixture
def script() -> ModuleType:
    """The program that the site gives away."""
    spec = importlib.util.spec_from_file_location("verifier", actions.__file__.replace("actions.py", "check_roll.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def archive(visitor: Visitor, script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Three days of the roll as someone outside has downloaded them, a key changed in between, with the program itself."""
    monkeypatch.setattr(actions, "PAGE_OF", 2)
    program = make_program()
    one: Certification | None = None
    for day in range(3):
        for _each in range(2):
            one = make_certification(program=program)
        publish(day)
        script.bring_up_to_date(tmp_path / "archive", lambda path: read(visitor, path))
        if day == 1:
            with unit():
                certification.rotate_issuer_key(by=SYSTEM)
    assert one is not None
    (tmp_path / "verifier.py").write_bytes(read(visitor, "/registre/verifier.py"))
    yield tmp_path


def run(folder: Path, archive: Path | None = None, *words: str) -> tuple[int, str]:
    """Run the downloaded program on an archive, with nothing but the standard library in reach."""
    command = [sys.executable, "-I", "-S", str(folder / "verifier.py"), str(archive or folder / "archive"), *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=60, env={"PYTHONIOENCODING": "utf-8"})
    return done.returncode, done.stdout + done.stderr


def _bend(line: dict[str, str], name: str, value: object) -> None:
    line["statement"] = json.dumps({**json.loads(line["statement"]), name: value}, ensure_ascii=False, separators=(",", ":"))


def test_a_downloaded_archive_is_checked_without_us_and_any_change_is_named(archive: Path) -> None:
    status, said = run(archive)
    assert status == 0, said
    assert "3 jour(s)" in said
    status, said = run(archive, None, "--lang", "en")
    assert (status, "Everything holds" in said) == (0, True)
    for name, spoil in SPOILS.items():
        copy = archive / name.replace(" ", "-")
        shutil.copytree(archive / "archive", copy)
        spoil(copy)
        status, said = run(archive, copy)
        assert status == 1, f"{name}: {said}"
        assert "Traceback" not in said, f"{name}: {said}"


def _days(copy: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (copy / "registre.jsonl").read_text(encoding="utf-8").splitlines()]


def _put(copy: Path, days: list[dict[str, str]]) -> None:
    text = "".join(json.dumps(day, ensure_ascii=False) + "\n" for day in days)
    (copy / "registre.jsonl").write_text(text, encoding="utf-8")


def _a_day_taken_out(copy: Path) -> None:
    days = _days(copy)
    _put(copy, [days[0], *days[2:]])


def _a_first_day_taken_out(copy: Path) -> None:
    _put(copy, _days(copy)[1:])


def _a_date_moved(copy: Path) -> None:
    days = _days(copy)
    _bend(days[1], "day", "2020-01-01")
    _put(copy, days)


def _a_name_changed(copy: Path) -> None:
    page = sorted((copy / "pages").iterdir())[0]
    page.write_bytes(page.read_bytes().replace(b"certified", b"suspended", 1))


def _a_page_removed(copy: Path) -> None:
    sorted((copy / "pages").iterdir())[-1].unlink()


def _another_key(copy: Path) -> None:
    keys = json.loads((copy / "did.json").read_text())
    keys["verificationMethod"] = keys["verificationMethod"][:1]
    (copy / "did.json").write_text(json.dumps(keys))


def _one_bit_of_a_signature(copy: Path) -> None:
    days = _days(copy)
    days[2]["signature"] = days[2]["signature"][:-1] + ("0" if days[2]["signature"][-1] != "0" else "1")
    _put(copy, days)


def _nothing(copy: Path) -> None:
    (copy / "registre.jsonl").unlink()


def _no_json(copy: Path) -> None:
    (copy / "registre.jsonl").write_text("<html>")


SPOILS = {
    "a day taken out": _a_day_taken_out,
    "the first day taken out": _a_first_day_taken_out,
    "a date moved": _a_date_moved,
    "a status changed": _a_name_changed,
    "a page removed": _a_page_removed,
    "another key": _another_key,
    "one bit of a signature": _one_bit_of_a_signature,
    "nothing": _nothing,
    "no json": _no_json,
}


def test_a_site_that_rewrites_a_past_day_is_caught_by_who_kept_a_copy(archive: Path, visitor: Visitor, script: ModuleType) -> None:
    def rewritten(path: str) -> bytes:
        text = read(visitor, path)
        if path == "/registre.jsonl":
            lines = text.splitlines(keepends=True)
            return b"".join((lines[1].replace(b"number", b"numbre"), *lines[1:]))
        return text

    with pytest.raises(script.Broken) as caught:
        script.bring_up_to_date(archive / "archive", rewritten)
    assert caught.value.args[0] == "rewritten"
    script.bring_up_to_date(archive / "archive", lambda path: read(visitor, path))
    assert run(archive)[0] == 0


def test_the_house_re_checks_its_own_roll(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert roll.first_broken_day() is None
    kept = queries.page_of
    monkeypatch.setattr(queries, "page_of", lambda digest: kept(digest) + b"one more\n")
    assert roll.first_broken_day() is not None


@pytest.mark.parametrize(("language", "title"), [("", "Registre public"), ("/en", "Public register")])
def test_a_page_says_which_days_are_published_and_how_to_check_them(
    visitor: Visitor, language: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert visitor.open(f"{language}/registre").h1 == title
    monkeypatch.setattr(queries, "PAGE", 2)
    make_certification()
    for day in range(3):
        publish(day)
    page = visitor.open(f"{language}/registre")
    assert len(page.soup.select("tbody tr")) == 2
    assert f"verifier.py archive --from {visitor.base}" in str(page.soup.main)
    older = page.follow("Page suivante" if not language else "Next page")
    assert len(older.soup.select("tbody tr")) == 1
    assert visitor.open(f"{language}/registre?avant=1").status == 404
    for nonsense in ("-1", "9" * 30, "x", "٣"):
        assert visitor.open(f"{language}/registre?avant={nonsense}").status == 200
        assert read(visitor, f"/registre.jsonl?apres={nonsense}").count(b"\n") == 3
    assert read(visitor, "/registre.jsonl?apres=2").count(b"\n") == 1
    assert json.loads(read(visitor, f"/registre/{clock.today()}.json"))["signature"]
    assert f"{visitor.base}{language}/registre" in read(visitor, "/sitemap.xml").decode()


@pytest.mark.parametrize(
    "path", ["/registre/2001-01-01.json", "/registre/hier.json", "/registre/hier.jsonl", f"/registre/pages/{'0' * 64}.jsonl"]
)
def test_what_was_not_published_is_not_there(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(path, base_url=visitor.base).status_code == 404
