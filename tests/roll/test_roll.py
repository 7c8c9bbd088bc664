"""The public roll: published once a day, page by page, never rewritten, and read by anyone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from certif import roll, standing
from certif.kit import clock
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.roll import RollDay, RollPage, actions, queries
from certif.standing import Status
from tests.factories import make_certification, make_program, make_staff, unit
from tests.pages import Visitor
from tests.public.codes import code_of, make
from tests.roll.reading import publish, read
from tests.statements import statements


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
    assert f"{visitor.base}{language}/registre" in read(visitor, "/sitemap-pages.xml").decode()


@pytest.mark.parametrize(
    "path", ["/registre/2001-01-01.json", "/registre/hier.json", "/registre/hier.jsonl", f"/registre/pages/{'0' * 64}.jsonl"]
)
def test_what_was_not_published_is_not_there(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(path, base_url=visitor.base).status_code == 404
