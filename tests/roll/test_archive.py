"""An archive of the public roll, kept by someone outside and checked by a program that knows nothing of us."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from certif import certification, roll
from certif.kit.access import SYSTEM
from certif.roll import actions, queries
from tests.factories import make_certification, make_program, unit
from tests.pages import Visitor
from tests.roll.reading import publish, read


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
    for day in range(3):
        for _each in range(2):
            make_certification(program=program)
        publish(day)
        script.bring_up_to_date(tmp_path / "archive", lambda path: read(visitor, path))
        if day == 1:
            with unit():
                certification.rotate_issuer_key(by=SYSTEM)
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
