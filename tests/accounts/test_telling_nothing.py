"""What someone learns who asks for a letter to an address, or who reads the database: nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, select

from certif.accounts import actions, sealing
from certif.accounts.model import SignInLink, UserSession
from certif.kit import clock, tokens
from certif.kit.db import db, transaction
from certif.kit.jobs import run_due
from certif.kit.outbox import Letter
from tests.accounts.people import ANA, EVE, account, ask, code_in, cookie_of, is_in, path_in
from tests.conftest import Mailbox
from tests.pages import Visitor

LINK_PAGE = "/connexion/lien"


@contextmanager
def statements() -> Iterator[list[str]]:
    """Write down what the database is asked, without the values."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def seen_from_outside(app: Flask, email: str) -> tuple[object, ...]:
    """Give all that someone learns who asks for a letter to an address: statuses, headers, pages, and the work done."""
    visitor = Visitor(app)
    form = visitor.open("/connexion")
    token = form.soup.find("input", attrs={"name": "csrf_token"})["value"]
    with statements() as asked:
        sent = visitor.client.post("/connexion", data={"email": email, "csrf_token": token, "next": ""}, base_url=visitor.base)
    page = visitor.open("/connexion/code")
    bad = page.fill(code="000000")
    words = re.sub(r'value="[^"]+"', "", page.response.get_data(as_text=True).replace(email, "X")), bad.text.replace(email, "X")
    headers = [
        sorted((name, value) for name, value in answer.headers if name not in {"Set-Cookie", "Date"}) for answer in (sent, page.response)
    ]
    return sent.status_code, sent.get_data(as_text=True), headers, words, bad.status, asked


def without_lengths(seen: tuple[object, ...]) -> str:
    """Give what was seen, the length of the address aside."""
    return re.sub(r"\('Content-Length', '\d+'\)", "", repr(seen))


def test_known_and_unknown_addresses_look_the_same(app: Flask, letters: Mailbox) -> None:
    account()
    known, unknown = seen_from_outside(app, ANA), seen_from_outside(app, EVE)
    assert without_lengths(known) == without_lengths(unknown)
    assert [letter.name for letter in letters.all()] == ["accounts/sign_in_requested", "accounts/unknown_sign_in_requested"]
    assert "/inscription" in letters.last(EVE).body
    assert not re.search(r"\b\d{6}\b", letters.last(EVE).body)


def test_the_comparison_would_see_a_difference(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    account()
    send = actions.request_sign_in

    def tell_apart(email: str, **more) -> None:
        if actions.user_for(email) is not None:
            send(email, **more)

    monkeypatch.setattr(actions, "request_sign_in", tell_apart)
    assert without_lengths(seen_from_outside(app, ANA)) != without_lengths(seen_from_outside(app, EVE))


def test_a_closed_account_looks_like_no_account(app: Flask, letters: Mailbox) -> None:
    user = account()
    with transaction():
        db.session.merge(user).disabled_at = clock.now()
    ask(Visitor(app))
    assert letters.last(ANA).name == "accounts/unknown_sign_in_requested"


def test_five_letters_at_most_in_ten_minutes_and_the_last_still_works(visitor: Visitor, letters: Mailbox) -> None:
    account()
    for network in range(50):
        visitor.client.environ_base["REMOTE_ADDR"] = f"203.0.113.{network}"
        page = ask(visitor)
    assert page.status == 409
    assert len(letters.to(ANA)) == actions.MOST_LETTERS
    visitor.open(path_in(letters.last(ANA))).fill("Se connecter")
    assert is_in(visitor)


def test_after_ten_minutes_a_letter_leaves_again(visitor: Visitor, letters: Mailbox) -> None:
    for _letter in range(6):
        ask(visitor)
    with clock.frozen(clock.now() + actions.LETTERS_WITHIN + dt.timedelta(seconds=1)):
        ask(visitor)
    assert len(letters.to(ANA)) == actions.MOST_LETTERS + 1


def test_nothing_that_opens_is_readable_in_the_database(visitor: Visitor, letters: Mailbox, app: Flask) -> None:
    account()
    ask(visitor)
    letter = letters.last(ANA)
    code, token = code_in(letter), path_in(letter).rsplit("/", 1)[1]
    run_due()
    db.session.expire_all()
    link = db.session.scalars(select(SignInLink)).one()
    visitor.open("/connexion/code").fill(code=code)
    cookie = cookie_of(visitor)
    rows = [repr(vars(row)) for kind in (SignInLink, UserSession, Letter) for row in db.session.scalars(select(kind))]
    for secret in (code, token, str(cookie)):
        assert not any(secret in row for row in rows), "only digests are kept, and the letter is forgotten once sent"
    guess = {tokens.digest(f"{link.ref} {number:06d}") for number in [int(code)]}
    assert link.code_digest not in guess, "six digits alone would be found by trying them all"
    assert link.code_digest == sealing.mark(f"{link.ref} {code}", for_="six-digit codes").hex()
