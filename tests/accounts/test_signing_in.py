"""Signing in without a password: links and codes, and everything that must not work."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from certif.accounts import actions
from certif.accounts.model import LINK_LIFE
from certif.kit import clock, tokens
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from tests.accounts.people import ANA, EVE, account, ask, code_in, cookie_of, enter, is_in, path_in, put_cookie, session_behind, wrong
from tests.conftest import Mailbox
from tests.pages import Visitor

LINK_PAGE = "/connexion/lien"


def test_the_code_of_the_letter_signs_in(visitor: Visitor, letters: Mailbox) -> None:
    account()
    page = ask(visitor)
    assert page.h1 == "Ouvrez votre courriel"
    page.fill(code=code_in(letters.last(ANA)))
    assert is_in(visitor)


def test_the_address_is_found_whatever_its_case(visitor: Visitor, letters: Mailbox) -> None:
    account("Ana.Tremblay@Exemple.com")
    enter(visitor, letters, "ana.tremblay@exemple.COM".lower())
    assert is_in(visitor)


@pytest.mark.parametrize("late", [False, True])
def test_a_code_serves_once_and_not_late(app: Flask, visitor: Visitor, letters: Mailbox, late: bool) -> None:
    account()
    page = ask(visitor)
    code = code_in(letters.last(ANA))
    other = Visitor(app)
    with other.client.session_transaction(base_url=other.base) as carried:
        carried["sign_in_email"] = ANA
    if not late:
        page.fill(code=code)
    with clock.frozen(clock.now() + (LINK_LIFE + dt.timedelta(minutes=1) if late else dt.timedelta())):
        answer = other.open("/connexion/code").fill(code=code)
    assert answer.status == 409
    assert not is_in(other)


def test_five_wrong_codes_close_the_code_but_not_the_link(visitor: Visitor, letters: Mailbox) -> None:
    account()
    page = ask(visitor)
    letter = letters.last(ANA)
    for _guess in range(actions.MOST_GUESSES):
        page = page.fill(code=wrong(code_in(letter)))
        assert page.status == 409
    page = page.fill(code=code_in(letter))
    assert page.status == 409
    assert "Trop d’essais" in page.errors()[0]
    visitor.open(path_in(letter)).fill("Se connecter")
    assert is_in(visitor), "the owner is never locked out"


def guesses_looked_at(letters_asked: int, guesses_each: int) -> int:
    """Guess at the codes of many letters in one day; give how many guesses were even compared."""
    looked_at = 0
    for _letter in range(letters_asked):
        with transaction():
            db.session.query(tokens.AttemptCount).filter_by(key=tokens.digest(f"letters to {ANA}")).delete()
        with transaction():
            actions.request_sign_in(ANA)
        for _guess in range(guesses_each):
            try:
                with transaction():
                    actions.sign_in_with_code(ANA, "x", browser=actions.Browser())
            except Refusal as refusal:
                looked_at += "Trop d’essais" not in str(refusal)
    return looked_at


def test_of_a_thousand_guesses_in_a_day_fifty_at_most_are_looked_at(app: Flask) -> None:
    account()
    assert 0 < guesses_looked_at(100, 10) <= actions.MOST_GUESSES_A_DAY


def test_without_the_count_every_guess_would_be_looked_at(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "count_attempt", lambda key, **bounds: None)
    account()
    assert guesses_looked_at(10, 10) == 100


def test_guesses_are_kept_count_of_although_each_is_refused(app: Flask) -> None:
    account()
    with transaction():
        actions.request_sign_in(ANA)
    for _guess in range(actions.MOST_GUESSES):
        with pytest.raises(Refusal), transaction():
            actions.sign_in_with_code(ANA, "x", browser=actions.Browser())
    with pytest.raises(Refusal, match="Trop d’essais"), transaction():
        actions.sign_in_with_code(ANA, "x", browser=actions.Browser())


@pytest.mark.parametrize(
    "foreign",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil", "\thttp://x", "/ok\r\nX: y"],
)
def test_nobody_is_sent_to_another_site(visitor: Visitor, letters: Mailbox, foreign: str) -> None:
    account()
    page = visitor.open("/connexion")
    page = page.fill(email=ANA, next=foreign)
    answer = visitor.client.post("/connexion/code", data=typed(page, code=code_in(letters.last(ANA))), base_url=visitor.base)
    assert answer.status_code == 303
    assert "evil" not in answer.headers["Location"]
    assert answer.headers["Location"].startswith("/")


def test_one_is_sent_to_where_one_was_going(visitor: Visitor, letters: Mailbox) -> None:
    account()
    page = visitor.open("/compte")
    assert page.h1 == "Se connecter"
    page = page.fill(email=ANA)
    assert page.fill(code=code_in(letters.last(ANA))).h1 == "Mon compte"


def typed(page, **answers: str) -> dict[str, str]:
    """Give a page's form as it would be sent."""
    form = page.soup.main.find("form")
    return {**{field["name"]: field.get("value", "") for field in form.find_all("input")}, **answers}


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8000"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "evil.example."},
        {"Host": "127.0.0.1@evil.example"},
        {"Host": "EVIL.EXAMPLE"},
        {"Host": "[::2]"},
        {"Host": ""},
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example"},
        {"X-Host": "evil.example"},
        {"X-Forwarded-Server": "evil.example"},
        {"X-Original-URL": "http://evil.example/"},
        {"X-Forwarded-Proto": "https", "X-Forwarded-For": "evil.example"},
    ],
)
def test_letters_link_to_our_own_address_only(visitor: Visitor, letters: Mailbox, headers: dict[str, str]) -> None:
    account()
    page = visitor.open("/connexion")
    answer = visitor.client.post("/connexion", data=typed(page, email=ANA), base_url=visitor.base, headers=headers)
    if answer.status_code == 400:
        assert letters.all() == []
    else:
        assert "evil" not in letters.last(ANA).body.lower()
        assert "http://127.0.0.1:8000/connexion/lien/" in letters.last(ANA).body


def test_a_planted_cookie_is_replaced(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    account()
    planted = tokens.secret()
    put_cookie(visitor, planted)
    enter(visitor, letters)
    assert cookie_of(visitor) != planted
    attacker = Visitor(app)
    put_cookie(attacker, planted)
    assert not is_in(attacker)


def test_signing_in_over_a_live_session_ends_it(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    account(EVE)
    account()
    enter(visitor, letters, EVE)
    planted = cookie_of(visitor)
    enter(visitor, letters)
    thief = Visitor(app)
    put_cookie(thief, str(planted))
    assert not is_in(thief)
    found = session_behind(cookie_of(visitor))
    assert found is not None
    assert found.user.email == ANA


@pytest.mark.parametrize(
    "path", ["/connexion", "/connexion/code", "/connexion/lien", "/connexion/cle", "/deconnexion", "/personnel/invitation"]
)
@pytest.mark.parametrize("token", ["", "of another browser"])
def test_a_post_without_this_browsers_token_does_nothing(app: Flask, visitor: Visitor, letters: Mailbox, path: str, token: str) -> None:
    account()
    ask(visitor)
    other = Visitor(app)
    stolen = other.open("/connexion").soup.find("input", attrs={"name": "csrf_token"})["value"] if token else ""
    data = {"csrf_token": stolen, "email": ANA, "code": code_in(letters.last(ANA)), "answer": ""}
    answer = visitor.client.post(path, data=data, base_url=visitor.base)
    assert answer.status_code == 400
    assert len(letters.all()) == 1
    assert not is_in(visitor)


def test_the_same_post_with_this_browsers_token_works(visitor: Visitor, letters: Mailbox) -> None:
    account()
    page = ask(visitor)
    answer = visitor.client.post("/connexion/code", data=typed(page, code=code_in(letters.last(ANA))), base_url=visitor.base)
    assert answer.status_code == 303
    assert is_in(visitor)


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_a_post_from_another_site_does_nothing(visitor: Visitor, letters: Mailbox, headers: dict[str, str]) -> None:
    account()
    page = ask(visitor)
    answer = visitor.client.post(
        "/connexion/code", data=typed(page, code=code_in(letters.last(ANA))), base_url=visitor.base, headers=headers
    )
    assert answer.status_code == 400
    assert not is_in(visitor)


@pytest.mark.parametrize(
    "email",
    [
        "",
        " ",
        "ana",
        "ana@",
        "@exemple.com",
        "a b@exemple.com",
        "ana@exemple.com\r\nBcc: eve@exemple.com",
        "x" * 400 + "@exemple.com",
        "ana@ex\x00emple",
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(visitor: Visitor, letters: Mailbox, email: str) -> None:
    page = visitor.open("/connexion").fill(email=email)
    if page.status == 422:
        assert page.errors()
        assert letters.all() == []
    else:
        assert [letter.to_address for letter in letters.all()] == ["ana@example.com"], "control signs are taken out, never sent"


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "<i>", "\x00" * 6, "9" * 10_000])
def test_what_is_no_code_is_refused_with_a_sentence(visitor: Visitor, letters: Mailbox, code: str) -> None:
    account()
    page = ask(visitor).fill(code=code)
    assert page.status == 422
    assert page.errors()


def test_nobody_gains_power_by_naming_other_fields(visitor: Visitor, letters: Mailbox) -> None:
    account()
    page = ask(visitor)
    more = {"role": "admin", "is_staff": "1", "second_factor_at": "2020-01-01", "user_id": "1", "email": EVE, "next_path": "//evil.example"}
    visitor.client.post("/connexion/code", data=typed(page, code=code_in(letters.last(ANA)), **more), base_url=visitor.base)
    found = session_behind(cookie_of(visitor))
    assert found is not None
    assert (found.user.email, found.second_factor_at) == (ANA, None)
    assert visitor.open("/personnel/equipe").status == 403
