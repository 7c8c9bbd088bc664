"""The second factor of staff: installing it, giving it, never twice, and doing without the telephone."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pyotp
import pytest
from flask import Flask

from certif.accounts.model import FRESH
from certif.accounts.proofs import OneTimeSecret
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db, transaction
from tests.accounts.people import (
    ANA,
    BEN,
    account,
    code_in,
    code_of,
    cookie_of,
    enter,
    grant,
    install_application,
    is_in,
    put_cookie,
    staff,
    wrong,
)
from tests.conftest import Mailbox
from tests.pages import Page, Visitor

TEAM = "/personnel/equipe"


def later(minutes: float = 1) -> object:
    """Freeze the clock a little later."""
    return clock.frozen(clock.now() + dt.timedelta(minutes=minutes))


def back_in(app: Flask, letters: Mailbox, email: str = ANA) -> tuple[Visitor, Page]:
    """Sign in again from a new browser, up to the second factor."""
    visitor = Visitor(app)
    enter(visitor, letters, email)
    return visitor, visitor.open(TEAM)


def test_staff_open_nothing_before_the_second_factor(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    assert visitor.open(TEAM).h1 == "Installer le second facteur"
    install_application(visitor)
    assert visitor.open(TEAM).h1 == "Équipe"


def test_a_new_session_asks_for_it_again(app: Flask, letters: Mailbox) -> None:
    first = staff(app, letters, ANA, Role.ADMIN)
    assert first.open(TEAM).h1 == "Équipe"
    _other, page = back_in(app, letters)
    assert page.h1 == "Second facteur"


def test_the_application_gives_it_and_the_token_changes(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    key = install_application(visitor)
    other, page = back_in(app, letters)
    before = cookie_of(other)
    with later():
        assert page.fill(answer=code_of(key)).h1 == "Équipe"
        assert cookie_of(other) != before
        thief = Visitor(app)
        put_cookie(thief, str(before))
        assert not is_in(thief)


def test_a_code_is_used_once(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    key = install_application(visitor)
    with later():
        code = code_of(key)
        _first, page = back_in(app, letters)
        assert page.fill(answer=code).h1 == "Équipe"
        other, page = back_in(app, letters)
        assert page.fill(answer=code).status == 409
        assert other.open(TEAM).h1 == "Second facteur"


def test_the_code_that_installed_it_does_not_serve_again(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    with clock.frozen(clock.now()):
        key = install_application(visitor)
        _other, page = back_in(app, letters)
        assert page.fill(answer=code_of(key)).status == 409


def test_without_the_counter_the_same_code_would_serve_twice(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    with clock.frozen(clock.now()):
        key = install_application(visitor)
        _other, page = back_in(app, letters)
        with transaction():
            db.session.query(OneTimeSecret).update({"last_counter": 0})
        assert page.fill(answer=code_of(key)).h1 == "Équipe"


@pytest.mark.parametrize(("steps", "passes"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_thirty_seconds_wrong(app: Flask, visitor: Visitor, letters: Mailbox, steps: int, passes: bool) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    key = install_application(visitor)
    with later(10):
        _other, page = back_in(app, letters)
        code = pyotp.TOTP(key).at(clock.now(), counter_offset=steps)
        assert (page.fill(answer=code).status == 200) is passes


def test_guessing_is_limited_even_from_many_browsers(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    key = install_application(visitor)
    with later(20):
        for _browser in range(2):
            _other, page = back_in(app, letters)
            for _guess in range(3):
                page = page.fill(answer=wrong(code_of(key)))
        assert "Trop d’essais" in page.errors()[0]
        assert page.fill(answer=code_of(key)).status == 409
    with later(40):
        _other, page = back_in(app, letters)
        assert page.fill(answer=code_of(key)).h1 == "Équipe"


def test_the_secret_is_sealed_in_the_database(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    key = install_application(visitor)
    row = db.session.query(OneTimeSecret).one()
    assert key.encode() not in row.sealed
    assert len(row.sealed) > len(key)


def test_a_wrong_first_code_keeps_the_same_key_and_stores_nothing(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    page = visitor.open("/compte/second-facteur")
    key = page.soup.main.find("code").get_text()
    page = page.fill("Installer", code=wrong(code_of("".join(key.split()))))
    assert page.status == 409
    assert page.soup.main.find("code").get_text() == key
    assert db.session.query(OneTimeSecret).count() == 0
    assert page.fill("Installer", code=code_of("".join(key.split()))).h1 == "Codes de secours"


@pytest.mark.parametrize("sealed", ["x", "", "é", "A" * 400, "=" * 40])
def test_a_key_that_is_not_ours_is_refused(app: Flask, visitor: Visitor, letters: Mailbox, sealed: str) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    page = visitor.open("/compte/second-facteur").fill("Installer", sealed=sealed, code="123456")
    assert page.status == 409
    assert db.session.query(OneTimeSecret).count() == 0


def test_a_key_offered_to_someone_else_is_refused(app: Flask, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    grant(BEN, Role.ADMIN)
    ana, ben = Visitor(app), Visitor(app)
    enter(ana, letters)
    enter(ben, letters, BEN)
    offered = ana.open("/compte/second-facteur")
    key = "".join(offered.soup.main.find("code").get_text().split())
    sealed = offered.soup.main.find("input", attrs={"name": "sealed"})["value"]
    assert ben.open("/compte/second-facteur").fill("Installer", sealed=sealed, code=code_of(key)).status == 409


def test_who_reads_the_mail_cannot_replace_the_application(app: Flask, letters: Mailbox) -> None:
    staff(app, letters, ANA, Role.ADMIN)
    thief, page = back_in(app, letters)
    assert page.h1 == "Second facteur"
    for path in ("/compte/second-facteur", "/compte/second-facteur/codes", "/compte/courriel"):
        assert thief.open(path).h1 == "Second facteur"


def test_after_a_while_sensitive_pages_ask_again(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    key = install_application(visitor)
    with clock.frozen(clock.now() + FRESH + dt.timedelta(minutes=1)):
        page = visitor.open("/compte/second-facteur/codes")
        assert page.h1 == "Second facteur"
        assert page.fill(answer=code_of(key)).h1 == "Codes de secours"


def test_people_without_a_role_are_not_asked(visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    assert visitor.open("/compte/second-facteur").status == 404


@pytest.mark.parametrize("answer", ["", "x", "ABCD-EFGHJ-KMNPQ", "<i>", "0" * 40, "１２３４５６"])
def test_what_is_no_code_is_refused_with_a_sentence(app: Flask, letters: Mailbox, answer: str) -> None:
    staff(app, letters, ANA, Role.ADMIN)
    _other, page = back_in(app, letters)
    page = page.fill(answer=answer)
    assert page.status in {409, 422}
    assert page.errors()


def test_only_a_demonstration_says_what_the_application_shows(
    app: Flask, visitor: Visitor, letters: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant(ANA, Role.ADMIN)
    enter(visitor, letters)
    assert "Démonstration" in visitor.open("/compte/second-facteur").text
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], is_demo=False))
    assert "Démonstration" not in visitor.open("/compte/second-facteur").text


def test_the_code_is_never_the_one_of_the_letter(app: Flask, letters: Mailbox) -> None:
    staff(app, letters, ANA, Role.ADMIN)
    _other, page = back_in(app, letters)
    assert page.fill(answer=code_in(letters.last(ANA))).status == 409
