"""The same form, sent many times at the same instant: twenty presses of one button leave what one press leaves."""

from __future__ import annotations

import io
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import CompoundSelect, func, literal, select, union_all
from werkzeug.datastructures import MultiDict

from certif.kit.audit import JournalEntry
from certif.kit.db import db, transaction
from certif.kit.outbox import Letter
from tests.faults.clients import TOKEN
from tests.pages import Page, Visitor, _let_go

MANY = 20
NOT_EFFECTS = {"attempt_count"}
"""Tries are counted, however many."""


@dataclass
class Press:
    """A form filled in a browser, and not sent yet."""

    visitor: Visitor
    path: str
    typed: MultiDict[str, str]
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def send(self, app: Flask) -> Answered:
        """Send it once, from a browser of its own with the same cookies."""
        client = app.test_client()
        client._cookies.update(self.visitor.client._cookies)  # type: ignore[union-attr, arg-type]
        data = {**self.typed.to_dict(flat=False), **{name: (io.BytesIO(content), called) for name, (content, called) in self.files.items()}}
        answer = client.post(self.path, data=data, base_url=self.visitor.base, buffered=True)
        return Answered(answer.status_code, answer.get_data(as_text=True))


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    body: str


class _Sent(Exception):
    """The form was filled: what would have been sent."""

    def __init__(self, press: Press) -> None:
        super().__init__(press.path)
        self.press = press


def filled(visitor: Visitor, path: str, button: str | None = None, /, **answers: object) -> Press:
    """Open a page and fill its form, without sending it."""
    return filled_on(visitor.open(path), button, **answers)


def filled_on(page: Page, button: str | None = None, /, **answers: object) -> Press:
    """Fill the form of a page that is open, without sending it."""
    assert page.status == 200, f"{page.path}: {page.text[:300]}"
    visitor = page.visitor
    page.visitor = _Holder(visitor)  # type: ignore[assignment]
    try:
        page.fill(button, **answers)
    except _Sent as sent:
        return sent.press
    raise AssertionError(f"the form of {page.path} is not posted")


def bare(visitor: Visitor, path: str, **typed: str) -> Press:
    """Give a press of a button that stands on no page of its own."""
    token = TOKEN.search(visitor.open("/inscription").response.get_data(as_text=True))
    assert token
    return Press(visitor, path, MultiDict({**typed, "csrf_token": token[1], "once": secrets.token_urlsafe(16)}))


class _Holder:
    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def send(self, path: str, typed: Any) -> Page:
        raise _Sent(Press(self.visitor, self.visitor._local(path), MultiDict(typed)))


def at_once(act: Callable[[int], Answered], many: int = MANY) -> list[Answered]:
    """Do something many times at the same instant; give what came of each."""
    barrier, results = threading.Barrier(many), {}

    def run(number: int) -> None:
        barrier.wait()
        results[number] = act(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == many, "some never came back"
    return [results[number] for number in range(many)]


def press_at_once(app: Flask, *presses: Press) -> list[Answered]:
    """Send forms at the same instant, each from a thread of its own."""
    db.session.remove()
    return at_once(lambda number: presses[number].send(app), len(presses))


def send_here(app: Flask, press: Press) -> Answered:
    """Send a form from this thread, through whatever connection it speaks by."""
    _let_go()
    answered = press.send(app)
    _let_go()
    return answered


def effects() -> Counter[str]:
    """Count what there is: the rows of each table, each kind of event in the journal, each kind of letter."""
    db.session.rollback()
    return Counter({str(name): int(count) for name, count in db.session.execute(_everything())})


@cache
def _everything() -> CompoundSelect[tuple[str, int]]:
    """Give one statement that counts it all: it is asked twice for every form."""
    tables = [table for table in db.metadata.sorted_tables if table.name not in NOT_EFFECTS]
    return union_all(
        *(select(literal(table.name), func.count()).select_from(table) for table in tables),
        select(literal("event ") + JournalEntry.event, func.count()).group_by(JournalEntry.event),
        select(literal("letter ") + Letter.name, func.count()).group_by(Letter.name),
    )


def added(before: Counter[str]) -> Counter[str]:
    """Give what there is more or less than there was."""
    return Counter({name: count - before[name] for name, count in effects().items() if count != before[name]})


def read(visitor: Visitor, address: str) -> tuple[str, str]:
    """Give the six digits and the path of the link of the newest letter to an address, each empty when there is none."""
    letter = db.session.scalars(select(Letter).where(Letter.to_address == address).order_by(Letter.id.desc()).limit(1)).one()
    code, link = re.search(r"(?<!\d)(\d{3})\s?(\d{3})(?!\d)", letter.body), re.search(re.escape(visitor.base) + r"(/\S+)", letter.body)
    return "".join(code.groups()) if code else "", link[1] if link else ""


__all__ = [
    "MANY",
    "Answered",
    "Press",
    "added",
    "at_once",
    "bare",
    "effects",
    "filled",
    "filled_on",
    "press_at_once",
    "read",
    "send_here",
    "transaction",
]
