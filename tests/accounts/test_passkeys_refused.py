"""Answers of devices that must be refused: used, old, bent, of another site, of another person, absurd."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from flask import Flask

from certif.accounts import passkeys
from certif.accounts.proofs import Passkey
from certif.kit import clock, tokens
from certif.kit.access import Role
from certif.kit.db import db, transaction
from tests.accounts.authenticator import PRESENT, Authenticator, bent
from tests.accounts.named_site import ORIGIN, answered, named, options_of, with_passkey
from tests.accounts.people import BEN, account, enter, grant, is_in
from tests.conftest import Mailbox
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("named_site")


def test_an_answer_serves_once(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    account()
    with_passkey(guest, letters, device)
    posted = device.use(options_of(named(app).open("/connexion/cle")))
    first, _page = answered(app, posted)
    assert is_in(first)
    second, page = answered(app, posted)
    assert page.status == 409
    assert not is_in(second)


def test_without_the_count_an_answer_would_serve_twice(
    app: Flask, guest: Visitor, letters: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "count_attempt", lambda key, **bounds: None)
    account()
    device = Authenticator(ORIGIN, counts=False)
    with_passkey(guest, letters, device)
    posted = device.use(options_of(named(app).open("/connexion/cle")))
    for _time in range(2):
        assert is_in(answered(app, posted)[0])


def test_an_old_question_is_not_answered(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    account()
    with_passkey(guest, letters, device)
    posted = device.use(options_of(named(app).open("/connexion/cle")))
    with clock.frozen(clock.now() + passkeys.CHALLENGE_LIFE + dt.timedelta(seconds=2)):
        assert answered(app, posted)[1].status == 409


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
def test_one_bit_changed_is_refused(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator, part: str) -> None:
    account()
    with_passkey(guest, letters, device)
    posted = bent(device.use(options_of(named(app).open("/connexion/cle"))), part)
    assert answered(app, posted)[1].status == 409


def lie_about_the_origin(device: Authenticator) -> None:
    """Answer as another site would have it."""
    device.origin = "https://evil.example"


def skip_who_holds_it(device: Authenticator) -> None:
    """Answer without checking who holds the device."""
    device.flags = PRESENT


def count_backwards(device: Authenticator) -> None:
    """Answer as a copy of the key, left behind."""
    device.count = 0


def use_another_key(device: Authenticator) -> None:
    """Answer with a key of another device under the same number."""
    other = Authenticator(ORIGIN)
    other.make(json.dumps({"rp": {"id": "localhost"}, "challenge": "x"}))
    device.keys = dict(zip(device.keys, other.keys.values(), strict=True))


@pytest.mark.parametrize("lie", [lie_about_the_origin, skip_who_holds_it, count_backwards, use_another_key])
def test_a_device_that_lies_is_refused(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator, lie) -> None:
    account()
    device.count = 10
    with_passkey(guest, letters, device)
    lie(device)
    other, page = answered(app, device=device)
    assert page.status == 409
    assert not is_in(other)


def test_a_question_of_our_own_making_only(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    account()
    with_passkey(guest, letters, device)
    for challenge in ("AAAA", "A" * 75, ""):
        assert answered(app, device.use(json.dumps({"rpId": "localhost", "challenge": challenge})))[1].status == 409


def test_a_question_for_adding_is_no_question_for_signing_in(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    account()
    with_passkey(guest, letters, device)
    asked = json.loads(options_of(guest.open("/compte/cles")))
    assert answered(app, device.use(json.dumps({"rpId": "localhost", "challenge": asked["challenge"]})))[1].status == 409


def test_the_passkey_of_another_is_no_second_factor(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    account()
    with_passkey(guest, letters, device)
    grant(BEN, Role.ADMIN)
    ben, theirs = named(app), Authenticator(ORIGIN)
    enter(ben, letters, BEN)
    page = ben.open("/compte/cles")
    page.fill("Ajouter", name="Clé", answer=theirs.make(options_of(page)))
    other = named(app)
    enter(other, letters, BEN)
    page = other.open("/personnel/equipe")
    assert page.fill("Utiliser", answer=device.use(options_of(page))).status == 409


def test_a_passkey_already_known_is_not_added_again(guest: Visitor, letters: Mailbox, device: Authenticator) -> None:
    account()
    with_passkey(guest, letters, device)
    page = guest.open("/compte/cles")
    posted = device.make(options_of(page))
    with transaction():
        db.session.query(Passkey).update({"credential_id": list(device.keys)[1]})
    assert page.fill("Ajouter", name="Encore", answer=posted).status == 409


@pytest.mark.parametrize(
    "posted",
    [
        "", "x", "null", "[]", "{}", '{"response": {}}', '{"response": {"clientDataJSON": 1}}', '{"response": {"clientDataJSON": "####"}}',
        '{"response": {"clientDataJSON": "e30"}}', '{"response": {"clientDataJSON": "eyJjaGFsbGVuZ2UiOiJBQUFBIn0"}, "rawId": 5}',
        "[" * 19_000, '{"a":' * 3_000, "9" * 30_000, "\x00",
        '{"id": "é", "rawId": "é", "type": "public-key", "response": {"clientDataJSON": "é"}}',
    ],
)  # fmt: skip
def test_an_absurd_answer_is_refused_with_a_sentence(app: Flask, posted: str) -> None:
    other, page = answered(app, posted)
    assert page.status == 409
    assert page.errors()
    assert not is_in(other)


@pytest.mark.parametrize("part", ["authenticatorData", "signature", "attestationObject", "clientDataJSON"])
@pytest.mark.parametrize("content", ["", "AA", "A" * 4000, 5, None, [], {}])
def test_each_part_may_be_absurd(app: Flask, guest: Visitor, letters: Mailbox, device: Authenticator, part: str, content: object) -> None:
    account()
    with_passkey(guest, letters, device)
    page = guest.open("/compte/cles")
    made = json.loads(device.make(options_of(page)))
    made["response"][part] = content
    if part in {"attestationObject", "clientDataJSON"}:
        assert page.fill("Ajouter", name="Clé", answer=json.dumps(made)).status == 409
    used = json.loads(device.use(options_of(named(app).open("/connexion/cle")), next(iter(device.keys))))
    used["response"][part] = content
    if part != "attestationObject":
        assert answered(app, json.dumps(used))[1].status == 409
