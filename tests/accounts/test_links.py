"""The link of a letter: it opens a page with one button, once, soon, and only the newest."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.accounts import actions
from certif.accounts.model import LINK_LIFE, SignInLink, User
from certif.accounts.retention import forget_old_sign_ins
from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from tests.accounts.people import ANA, BEN, account, ask, is_in, path_in
from tests.conftest import Mailbox
from tests.pages import Visitor

LINK_PAGE = "/connexion/lien"


def test_the_link_of_the_letter_opens_a_page_with_one_button_that_signs_in(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    account()
    ask(visitor)
    other = Visitor(app)
    page = other.open(path_in(letters.last(ANA)))
    assert page.path == LINK_PAGE, "the token has left the address"
    assert ANA in page.text
    page.fill("Se connecter")
    assert is_in(other)


def test_opening_the_link_consumes_nothing(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    account()
    ask(visitor)
    path = path_in(letters.last(ANA))
    for _scanner in range(5):
        scanner = Visitor(app)
        scanner.open(path)
        scanner.client.head(path, base_url=scanner.base)
        assert not is_in(scanner)
    visitor.open(path).fill("Se connecter")
    assert is_in(visitor)


def used_twice(app: Flask, visitor: Visitor, letters: Mailbox) -> Visitor:
    """Sign in with the link, then again elsewhere with the same."""
    path = path_in(letters.last(ANA))
    visitor.open(path).fill("Se connecter")
    return with_link(app, path)


def used_after_sixteen_minutes(app: Flask, visitor: Visitor, letters: Mailbox) -> Visitor:
    """Sign in too late."""
    with clock.frozen(clock.now() + LINK_LIFE + dt.timedelta(minutes=1)):
        return with_link(app, path_in(letters.last(ANA)))


def used_after_a_newer_one(app: Flask, visitor: Visitor, letters: Mailbox) -> Visitor:
    """Sign in with the link of the first of two letters."""
    path = path_in(letters.last(ANA))
    ask(visitor)
    return with_link(app, path)


def used_after_a_change_of_address(app: Flask, visitor: Visitor, letters: Mailbox) -> Visitor:
    """Sign in with a link sent to an address that is no longer the account's."""
    path = path_in(letters.last(ANA))
    with transaction():
        db.session.scalars(select(User).where(User.email == ANA)).one().email = BEN
    return with_link(app, path)


def used_after_the_account_was_closed(app: Flask, visitor: Visitor, letters: Mailbox) -> Visitor:
    """Sign in to an account closed since."""
    path = path_in(letters.last(ANA))
    with transaction():
        db.session.scalars(select(User).where(User.email == ANA)).one().disabled_at = clock.now()
    return with_link(app, path)


def with_link(app: Flask, path: str) -> Visitor:
    """Open a link in a new browser and press the button, whatever the page says."""
    visitor = Visitor(app)
    page = visitor.open(path)
    token = visitor.open("/connexion").soup.find("input", attrs={"name": "csrf_token"})
    assert token is not None
    answer = visitor.client.post(page.path, data={"csrf_token": token["value"]}, base_url=visitor.base)
    assert answer.status_code in {303, 409, 410}
    return visitor


MISUSES = [
    used_twice,
    used_after_sixteen_minutes,
    used_after_a_newer_one,
    used_after_a_change_of_address,
    used_after_the_account_was_closed,
]


@pytest.mark.parametrize("misuse", MISUSES)
def test_a_link_that_is_over_signs_nobody_in(misuse, app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    account()
    ask(visitor)
    assert not is_in(misuse(app, visitor, letters))


@pytest.mark.parametrize("misuse", MISUSES[:-1])
def test_without_the_check_the_same_link_would_sign_in(
    misuse, app: Flask, visitor: Visitor, letters: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "_is_usable", lambda link: True)
    account()
    ask(visitor)
    assert is_in(misuse(app, visitor, letters))


def test_a_link_that_is_over_leads_to_a_new_one(visitor: Visitor, letters: Mailbox) -> None:
    account()
    ask(visitor)
    path = path_in(letters.last(ANA))
    ask(visitor)
    page = visitor.open(path)
    assert page.status == 410
    assert page.follow("Recevoir un nouveau lien").h1 == "Se connecter"


@pytest.mark.parametrize("path", ["/connexion/lien/nimporte", "/connexion/lien/" + "a" * 5000])
def test_a_link_never_sent_is_answered_kindly(visitor: Visitor, path: str) -> None:
    assert visitor.open(path).status == 410


def test_links_are_forgotten_after_a_week(visitor: Visitor, letters: Mailbox) -> None:
    account()
    ask(visitor)
    forget_old_sign_ins()
    assert db.session.scalar(select(func.count()).select_from(SignInLink)) == 1
    with clock.frozen(clock.now() + dt.timedelta(days=7, minutes=1)):
        forget_old_sign_ins()
    assert db.session.scalar(select(func.count()).select_from(SignInLink)) == 0


def test_the_letter_speaks_the_language_of_its_reader(visitor: Visitor, letters: Mailbox) -> None:
    user = account()
    with transaction():
        db.session.merge(user).language = "en"
    ask(visitor)
    assert letters.last(ANA).language == "en"
    assert "/en/connexion/lien/" in letters.last(ANA).body


def test_the_command_line_gives_a_link_that_works_once(app: Flask, visitor: Visitor) -> None:
    account()
    with transaction():
        link = actions.sign_in_link_for(ANA)
    assert link.startswith("http://127.0.0.1:8000/connexion/lien/")
    visitor.open(link).fill("Se connecter")
    assert is_in(visitor)
    with pytest.raises(Refusal), transaction():
        actions.sign_in_link_for("personne@exemple.com")
