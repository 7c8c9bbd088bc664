"""One's own account: name, language, address."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from certif.accounts import actions, confirm_address, prove_address, require_fresh, sessions, user_for
from certif.accounts.model import FRESH, Purpose
from certif.kit import audit, clock
from certif.kit.db import transaction
from certif.kit.errors import Refusal
from tests.accounts.people import ANA, BEN, EVE, account, code_in, cookie_of, enter, is_in, path_in, put_cookie, session_behind, wrong
from tests.conftest import Mailbox
from tests.pages import Page, Visitor


def test_name_and_language_are_ones_own_to_change(visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    page = visitor.open("/compte").fill("Enregistrer", name="Épicerie & fils <i>", language="en")
    assert "Épicerie & fils <i>" in str(page.soup.main.find("input", attrs={"name": "name"})["value"])
    user = user_for(ANA)
    assert user is not None
    assert (user.name, user.language) == ("Épicerie & fils <i>", "en")
    assert "profile_changed" in [entry.event for entry in audit.history(user)]


@pytest.mark.parametrize("answers", [{"name": ""}, {"name": "x" * 301}, {"language": "de"}, {"language": ""}])
def test_what_is_absurd_changes_nothing(visitor: Visitor, letters: Mailbox, answers: dict[str, str]) -> None:
    account()
    enter(visitor, letters)
    page = visitor.open("/compte").fill("Enregistrer", **answers)
    assert page.status == 422
    assert page.errors()
    user = user_for(ANA)
    assert user is not None
    assert user.name == "Ana Tremblay"


def change_address(visitor: Visitor, letters: Mailbox, to: str = EVE) -> Page:
    """Ask for another address, and prove it."""
    page = visitor.open("/compte").follow("Modifier").fill("Recevoir le code", email=to)
    return page.fill("Changer", code=code_in(letters.last(to)))


def test_a_new_address_is_proven_and_the_former_one_told(app: Flask, visitor: Visitor, letters: Mailbox) -> None:
    account()
    elsewhere = Visitor(app)
    enter(elsewhere, letters)
    enter(visitor, letters)
    before = cookie_of(visitor)
    page = change_address(visitor, letters)
    assert EVE in page.text
    assert letters.last(ANA).name == "accounts/email_changed"
    assert user_for(ANA) is None
    assert not is_in(elsewhere), "other sessions end"
    assert cookie_of(visitor) != before
    thief = Visitor(app)
    put_cookie(thief, str(before))
    assert not is_in(thief)


def test_an_address_of_another_account_is_not_taken(visitor: Visitor, letters: Mailbox) -> None:
    account()
    account(BEN)
    enter(visitor, letters)
    assert change_address(visitor, letters, BEN).status == 409
    assert user_for(ANA) is not None


def test_asking_for_a_known_address_tells_nothing(visitor: Visitor, letters: Mailbox) -> None:
    account()
    account(BEN)
    enter(visitor, letters)
    pages = [visitor.open("/compte/courriel").fill("Recevoir le code", email=email) for email in (BEN, EVE)]
    assert pages[0].status == pages[1].status
    assert pages[0].text.replace(BEN, "X") == pages[1].text.replace(EVE, "X")


def test_a_wrong_code_changes_nothing(visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    page = visitor.open("/compte/courriel").fill("Recevoir le code", email=EVE)
    assert page.fill("Changer", code=wrong(code_in(letters.last(EVE)))).status == 409
    assert user_for(EVE) is None


def test_a_code_sent_for_someone_else_changes_nothing(app: Flask, letters: Mailbox) -> None:
    account()
    account(BEN)
    ana, ben = Visitor(app), Visitor(app)
    enter(ana, letters)
    enter(ben, letters, BEN)
    ana.open("/compte/courriel").fill("Recevoir le code", email=EVE)
    with ben.client.session_transaction(base_url=ben.base) as carried:
        carried["new_email"] = EVE
    assert ben.open("/compte/courriel/code").fill("Changer", code=code_in(letters.last(EVE))).status == 409
    assert user_for(BEN) is not None


def test_sensitive_pages_ask_again_who_it_is(visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    with clock.frozen(clock.now() + FRESH + dt.timedelta(minutes=1)):
        before = cookie_of(visitor)
        page = visitor.open("/compte/courriel")
        assert page.h1 == "Confirmer que c’est bien vous"
        page = page.fill("Recevoir le code")
        assert letters.last(ANA).name == "accounts/identity_proof_requested"
        assert page.fill("Confirmer", code=code_in(letters.last(ANA))).h1 == "Changer d’adresse courriel"
        assert cookie_of(visitor) != before


def test_the_act_itself_refuses_an_old_proof(visitor: Visitor, letters: Mailbox) -> None:
    account()
    enter(visitor, letters)
    session = session_behind(cookie_of(visitor))
    assert session is not None
    require_fresh(session)
    with clock.frozen(clock.now() + FRESH), pytest.raises(Refusal):
        require_fresh(session)
    with clock.frozen(clock.now() + FRESH), pytest.raises(Refusal), transaction():
        actions.request_new_address(session, EVE)


def test_a_proven_address_opens_an_account_and_signs_in(app: Flask, letters: Mailbox) -> None:
    with transaction():
        prove_address(EVE)
    assert user_for(EVE) is None
    with transaction():
        signed_in = confirm_address(EVE, code_in(letters.last()), name="Ève Roy", language="en", browser=sessions.Browser())
    assert (signed_in.session.user.name, signed_in.session.user.language) == ("Ève Roy", "en")
    assert sessions.presence_of(signed_in.token) is not None


def test_an_account_that_exists_keeps_its_name(app: Flask, letters: Mailbox) -> None:
    account()
    with transaction():
        prove_address(ANA)
    with transaction():
        signed_in = confirm_address(ANA, code_in(letters.last()), name="Quelqu’un d’autre", browser=sessions.Browser())
    assert signed_in.session.user.name == "Ana Tremblay"


@pytest.mark.parametrize("purpose", [Purpose.SIGN_IN, Purpose.INVITATION, Purpose.IDENTITY, Purpose.NEW_ADDRESS])
def test_a_code_serves_its_own_purpose_only(app: Flask, letters: Mailbox, purpose: Purpose) -> None:
    account()
    with transaction():
        prove_address(ANA, Purpose.REGISTRATION)
    with pytest.raises(Refusal), transaction():
        confirm_address(ANA, code_in(letters.last()), purpose=purpose, browser=sessions.Browser())


def test_a_closed_account_is_not_opened_by_registering_again(app: Flask, letters: Mailbox) -> None:
    user = account()
    with transaction():
        prove_address(ANA)
        user_again = user_for(ANA)
        assert user_again is not None
        user_again.disabled_at = clock.now()
    with pytest.raises(Refusal), transaction():
        confirm_address(ANA, code_in(letters.last()), browser=sessions.Browser())
    assert user.id == user_again.id


def test_every_page_exists_in_english(visitor: Visitor, letters: Mailbox) -> None:
    account()
    visitor.open("/en/connexion").fill(email=ANA)
    page = visitor.open(path_in(letters.last(ANA)).replace("/connexion", "/en/connexion", 1))
    assert page.language == "en"
    assert page.path == "/en/connexion/lien"
