"""Passkeys, the whole ceremony: made on one page, used to sign in and as second factor."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from flask import Flask

from certif.accounts.model import FRESH
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db, transaction
from tests.accounts.authenticator import Authenticator
from tests.accounts.named_site import answered, named, options_of, with_passkey
from tests.accounts.people import ANA, account, code_in, enter, grant, is_in, session_behind
from tests.conftest import Mailbox
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("named_site")


def test_a_passkey_signs_in_without_an_address(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    account()
    with_passkey(guest, letters, device)
    other, _page = answered(app, device=device)
    assert is_in(other)
    assert ANA in other.open("/compte").text
    assert letters.last(ANA).name == "accounts/protection_changed", "and its owner was told when it was added"


def test_a_passkey_is_both_factors_for_staff(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    grant(ANA, Role.ADMIN)
    enter(guest, letters)
    page = guest.open("/personnel/equipe")
    assert page.h1 == "Installer le second facteur"
    page = page.follow("clé d’accès")
    page.fill("Ajouter", name="Clé", answer=device.make(options_of(page)))
    assert guest.open("/personnel/equipe").h1 == "Équipe"
    other, _page = answered(app, device=device)
    assert other.open("/personnel/equipe").h1 == "Équipe"


def test_a_passkey_is_a_second_factor_after_a_letter(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    grant(ANA, Role.ADMIN)
    with_passkey(guest, letters, device)
    other = named(app)
    enter(other, letters)
    before = cookie_of_named(other)
    page = other.open("/personnel/equipe")
    assert page.h1 == "Confirmer avec une clé d’accès"
    assert page.fill("Utiliser", answer=device.use(options_of(page))).h1 == "Équipe"
    assert cookie_of_named(other) != before


def test_who_has_lost_the_device_gives_a_recovery_code(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    grant(ANA, Role.ADMIN)
    with_passkey(guest, letters, device)
    codes = guest.open("/compte/second-facteur/codes").fill("Afficher de nouveaux codes").soup.main.find_all("code")
    other = named(app)
    enter(other, letters)
    page = other.open("/personnel/equipe").follow("un code")
    assert page.fill(answer=codes[0].get_text()).h1 == "Équipe"


def cookie_of_named(visitor: Visitor) -> str:
    """Give the session cookie kept for the named site."""
    found = visitor.client.get_cookie("certif", domain="localhost")
    assert found is not None
    return found.value


def test_a_removed_passkey_opens_nothing(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    account()
    with_passkey(guest, letters, device)
    guest.open("/compte").fill("Retirer « Téléphone »")
    assert answered(app, device=device)[1].status == 409


def test_adding_one_asks_first_who_it_is_when_the_proof_is_old(guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    account()
    enter(guest, letters)
    with clock.frozen(clock.now() + FRESH + dt.timedelta(minutes=1)):
        page = guest.open("/compte/cles")
        assert page.h1 == "Confirmer que c’est bien vous"
        page = page.fill("Recevoir le code")
        page = page.fill(code=code_in(letters.last(ANA)))
        assert page.h1 == "Ajouter une clé d’accès"
        assert page.fill("Ajouter", name="Clé", answer=device.make(options_of(page))).h1 == "Mon compte"


def test_a_closed_account_is_not_opened_by_a_passkey(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    user = account()
    with_passkey(guest, letters, device)
    with transaction():
        db.session.merge(user).disabled_at = clock.now()
    assert answered(app, device=device)[1].status == 409


def test_without_a_name_the_site_offers_no_passkey(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "clé d’accès" in named(app).open("/connexion").text
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], public_base_url="http://127.0.0.1:8000"))
    assert "clé d’accès" not in Visitor(app).open("/connexion").text


def test_the_page_for_adding_asks_what_it_must(guest: Visitor, letters: Mailbox) -> None:
    user = account()
    enter(guest, letters)
    asked = json.loads(options_of(guest.open("/compte/cles")))
    assert asked["rp"] == {"name": "Certif", "id": "localhost"}
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert user.email not in asked["user"]["id"]
    assert session_behind(cookie_of_named(guest)) is not None
