"""Sessions: what ends them, what a copied cookie opens, how they are listed and ended."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import update

from certif.accounts import identity, sessions
from certif.accounts.model import EMPLOYER_IDLE, EMPLOYER_LONGEST, STAFF_IDLE, STAFF_LONGEST, User, UserSession
from certif.accounts.retention import forget_old_sign_ins
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db, transaction
from tests.accounts.people import ANA, account, ask, code_in, cookie_of, enter, is_in, put_cookie, session_behind, staff
from tests.conftest import Mailbox, settings_for
from tests.pages import Visitor


def copy_of(app: Flask, visitor: Visitor) -> Visitor:
    """Give another browser with a copy of the session cookie."""
    thief = Visitor(app)
    put_cookie(thief, str(cookie_of(visitor)))
    return thief


def test_nobody_carries_a_session_before_signing_in(visitor: Visitor, letters: Mailbox) -> None:
    account()
    ask(visitor)
    assert cookie_of(visitor) is None


def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: Visitor, letters: Mailbox) -> None:
    account()
    page = ask(visitor)
    form = {field["name"]: field.get("value", "") for field in page.soup.main.find("form").find_all("input")}
    answer = visitor.client.post("/connexion/code", data={**form, "code": code_in(letters.last(ANA))}, base_url=visitor.base)
    [cookie] = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("certif=")]
    for mark in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="):
        assert mark in cookie
    assert "Domain" not in cookie


def test_over_tls_the_cookie_bears_the_prefix_that_no_other_site_can_plant(app: Flask, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = settings_for("sqlite://", tmp_path, PUBLIC_BASE_URL="https://certif.example", SECRET_KEY="x" * 40)
    monkeypatch.setitem(app.config, "SETTINGS", real)
    user = account()
    with transaction():
        token = sessions.start_session(user, browser=sessions.Browser()).token
    with app.test_request_context("/compte", base_url="https://certif.example"):
        identity.carry_token(token)
        answer = app.make_response("")
        for after in __import__("flask").globals.request_ctx._after_request_functions:
            answer = after(answer)
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-certif=")
    for mark in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert mark in cookie


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    thief = copy_of(app, visitor)
    assert is_in(thief), "the copy works while the session does"
    sign_out(visitor)
    assert not is_in(thief)
    assert not is_in(visitor)


def test_if_signing_out_only_took_the_cookie_back_the_copy_would_still_work(
    app: Flask, visitor: Visitor, letters: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "end_session", lambda session, by: None)
    account()
    enter(visitor, letters)
    thief = copy_of(app, visitor)
    sign_out(visitor)
    assert not is_in(visitor)
    assert is_in(thief)


def sign_out(visitor: Visitor) -> None:
    """Press the button of the header."""
    page = visitor.open("/compte")
    form = page.soup.find("form", attrs={"action": "/deconnexion"})
    assert form is not None
    page = visitor.send("/deconnexion", {"csrf_token": form.find("input", attrs={"name": "csrf_token"})["value"]})
    assert page.h1 == "Se connecter"


def test_signing_out_is_never_a_link(visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    assert visitor.open("/deconnexion").status == 405
    assert is_in(visitor)


@pytest.mark.parametrize(
    ("idle", "still"), [(EMPLOYER_IDLE - dt.timedelta(minutes=2), True), (EMPLOYER_IDLE + dt.timedelta(minutes=2), False)]
)
def test_a_session_left_alone_ends(visitor: Visitor, letters: Mailbox, idle: dt.timedelta, still: bool) -> None:
    account()
    enter(visitor, letters)
    with clock.frozen(clock.now() + idle):
        assert is_in(visitor) is still


def test_a_session_ends_however_much_it_is_used(visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    start = clock.now()
    for day in range(10, 91, 10):
        with clock.frozen(start + dt.timedelta(days=day, minutes=-1)):
            assert is_in(visitor)
    with clock.frozen(start + EMPLOYER_LONGEST + dt.timedelta(minutes=1)):
        assert not is_in(visitor)


@pytest.mark.parametrize(("idle", "still"), [(STAFF_IDLE - dt.timedelta(minutes=2), True), (STAFF_IDLE + dt.timedelta(minutes=2), False)])
def test_staff_have_thirty_minutes(app: Flask, letters: Mailbox, idle: dt.timedelta, still: bool) -> None:
    visitor = staff(app, letters, ANA, Role.ADMIN)
    with clock.frozen(clock.now() + idle):
        assert is_in(visitor) is still


def test_staff_have_twelve_hours(app: Flask, letters: Mailbox) -> None:
    visitor = staff(app, letters, ANA, Role.ADMIN)
    start = clock.now()
    for minutes in range(20, 12 * 60, 20):
        with clock.frozen(start + dt.timedelta(minutes=minutes)):
            assert is_in(visitor)
    with clock.frozen(start + STAFF_LONGEST + dt.timedelta(minutes=1)):
        assert not is_in(visitor)


def test_being_seen_is_noted_after_the_answer_once_a_minute(visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    start = clock.now()
    seen = []
    for seconds in (10, 50, 70, 80, 140):
        with clock.frozen(start + dt.timedelta(seconds=seconds)):
            visitor.open("/compte")
        db.session.rollback()
        db.session.expire_all()
        found = session_behind(cookie_of(visitor))
        assert found is not None
        seen.append(round((found.last_seen_at - start).total_seconds()))
    assert seen == [0, 0, 70, 70, 140]


def test_a_page_that_is_read_writes_nothing_by_itself(
    app: Flask, visitor: Visitor, letters: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "_note_seen", lambda app, session_id: None)
    account()
    enter(visitor, letters)
    start = clock.now()
    with clock.frozen(start + dt.timedelta(minutes=5)):
        visitor.open("/compte")
    db.session.rollback()
    db.session.expire_all()
    found = session_behind(cookie_of(visitor))
    assert found is not None
    assert found.last_seen_at < start + dt.timedelta(minutes=1)


def test_a_closed_account_is_out_at_the_next_request(visitor: Visitor, letters: Mailbox) -> None:
    user = account()
    enter(visitor, letters)
    with transaction():
        db.session.execute(update(User).where(User.id == user.id).values(disabled_at=clock.now()))
    assert not is_in(visitor)


def test_sessions_are_listed_and_each_can_be_ended(app: Flask, letters: Mailbox) -> None:
    account()
    browsers = [Visitor(app) for _browser in range(3)]
    for number, browser in enumerate(browsers):
        browser.client.environ_base["HTTP_USER_AGENT"] = [
            "Mozilla/5.0 (X11; Linux) Firefox/140",
            "Mozilla/5.0 (iPhone) Safari/604",
            "x<i>y",
        ][number]
        with clock.frozen(clock.now() + dt.timedelta(minutes=11 * number)):
            enter(browser, letters)
    page = browsers[0].open("/compte")
    for words in ("Firefox · Linux", "Safari · iPhone", "Appareil inconnu", "cette session"):
        assert words in page.text
    page.fill("Fermer cette session")
    assert sorted(is_in(browser) for browser in browsers) == [False, True, True]
    assert is_in(browsers[0])
    browsers[0].open("/compte").fill("Fermer toutes les autres sessions")
    assert [is_in(browser) for browser in browsers] == [True, False, False]


def test_ten_parallel_sessions_end_at_once(app: Flask, letters: Mailbox) -> None:
    user = account()
    with transaction():
        tokens = [sessions.start_session(user, browser=sessions.Browser()).token for _browser in range(10)]
    first, others = Visitor(app), [Visitor(app) for _browser in range(9)]
    for visitor, token in zip([first, *others], tokens, strict=True):
        put_cookie(visitor, token)
    assert all(is_in(visitor) for visitor in others)
    first.open("/compte").fill("Fermer toutes les autres sessions")
    assert is_in(first)
    assert not any(is_in(visitor) for visitor in others)


def test_nobody_ends_the_session_of_another(app: Flask, letters: Mailbox) -> None:
    account()
    account("ben@exemple.com", name="Ben")
    ana, ben = Visitor(app), Visitor(app)
    enter(ana, letters)
    enter(ben, letters, "ben@exemple.com")
    mine = session_behind(cookie_of(ana))
    assert mine is not None
    token = ben.open("/compte").soup.find("input", attrs={"name": "csrf_token"})["value"]
    assert ben.send(f"/compte/sessions/{mine.ref}/fin", {"csrf_token": token}).status == 404
    assert is_in(ana)


def test_old_sessions_are_forgotten(app: Flask, letters: Mailbox) -> None:
    user = account()
    with transaction():
        sessions.start_session(user, browser=sessions.Browser()).session.ended_at = clock.now()
        sessions.start_session(user, browser=sessions.Browser())
    with clock.frozen(clock.now() + dt.timedelta(days=91)):
        forget_old_sign_ins()
        assert db.session.query(UserSession).count() == 1
    with clock.frozen(clock.now() + dt.timedelta(days=181)):
        forget_old_sign_ins()
        assert db.session.query(UserSession).count() == 0


@pytest.mark.parametrize("token", ["", "x", "a" * 10_000, "é", "'; DROP TABLE user_session; --", "\x00"])
def test_an_absurd_cookie_is_nobody(visitor: Visitor, token: str) -> None:
    assert visitor.open("/compte", headers={"Cookie": f"certif={token}".encode().decode("latin-1")}).h1 == "Se connecter"
