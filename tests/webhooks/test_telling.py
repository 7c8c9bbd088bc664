"""Addresses are told when something may be read anew: signed, by name of row only, and never of an embargo they are not let in on."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator

import pytest
from flask import Flask

from certif.api.shapes import MessageShape
from certif.consents import withdraw_consent
from certif.galas import Gala, lift_embargo, remove_organiser
from certif.galas.evening_model import GalaOrganiser
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.kit.following import FoldMark
from certif.selections import Laureate
from certif.selections.laureate_actions import withdraw_laureate
from certif.webhooks import WebhookMessage, fold
from certif.webhooks.actions import change_secret
from certif.webhooks.folding import MARK
from certif.webhooks.signing import signed_headers
from tests.factories import make_program, unit
from tests.galas.listed import make_honours
from tests.galas.making import BOSS, make_organiser
from tests.webhooks.receiving import Receiver, a_receiver, make_webhook, tell


@pytest.fixture
def receiver(app: Flask) -> Iterator[Receiver]:
    with a_receiver(app) as found:
        fold()  # what was before is told to nobody
        yield found


def make_gala(*, lifted: bool = True) -> Gala:
    gala = make_honours(make_program(code="14"), 2, lifted=lifted)
    fold()
    return gala


def change(gala: Gala) -> None:
    """Take back what a laureate agreed to."""
    with unit():
        withdraw_consent(db.session.query(Laureate).order_by(Laureate.id).first(), "laureate_student", by=SYSTEM)


def is_signed(receiver: Receiver, secret: str) -> bool:
    """Whether the last message is signed with a secret, as a receiver would check it."""
    headers, body = receiver.got[-1]
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), said, hashlib.sha256)).decode()
    return f"v1,{wanted}" in headers["webhook-signature"].split(" ")


def test_the_signature_is_that_of_the_standard(app: Flask) -> None:
    at = dt.datetime.fromtimestamp(1614265330, dt.UTC)
    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', at, ["whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_changes_within_seconds_is_one_signed_message_without_a_name(receiver: Receiver) -> None:
    gala = make_gala()
    _webhook, secret = make_webhook(gala, receiver.url)
    change(gala)
    with unit():
        withdraw_laureate(db.session.query(Laureate).order_by(Laureate.id.desc()).first(), "décline", by=BOSS)
    for _each in range(2):
        tell()
    assert receiver.told == [("laureates.changed", ["consents", "withdrawn"])]
    assert is_signed(receiver, secret)
    assert not is_signed(receiver, "whsec_" + base64.b64encode(b"another").decode())
    body = receiver.got[0][1].decode()
    MessageShape.model_validate_json(body)
    assert json.loads(body)["data"]["url"].endswith(f"/api/v1/galas/{gala.ref}/laureates")
    assert not any(word in body for word in ("Café", "Alexis", "Julie", "décline"))


def test_before_the_embargo_is_lifted_only_those_let_in_on_it_are_told(receiver: Receiver) -> None:
    gala = make_gala(lifted=False)
    make_webhook(gala, receiver.url)
    change(gala)
    tell()
    assert receiver.told == []
    make_webhook(gala, receiver.url, sees_embargoed=True)
    with unit():
        withdraw_laureate(db.session.query(Laureate).order_by(Laureate.id.desc()).first(), "décline", by=BOSS)
    tell()
    assert receiver.told == [("laureates.changed", ["withdrawn"])]
    with unit():
        lift_embargo(gala, by=BOSS)
    tell()
    assert receiver.told[1:] == [("laureates.published", ["published"])] * 2


def test_a_program_is_told_of_all_its_galas_and_of_no_other_program(receiver: Receiver) -> None:
    gala = make_gala()
    make_webhook(gala.program, receiver.url)
    make_webhook(make_program(code="03"), receiver.url)
    change(gala)
    tell()
    assert receiver.told == [("laureates.changed", ["consents"])]


def test_both_secrets_sign_for_a_day_after_a_change_and_they_are_kept_sealed(receiver: Receiver) -> None:
    gala = make_gala()
    webhook, old = make_webhook(gala, receiver.url)
    with unit():
        new = change_secret(webhook, by=BOSS)
    change(gala)
    tell()
    assert is_signed(receiver, old)
    assert is_signed(receiver, new)
    with unit():
        newest = change_secret(webhook, by=BOSS)
    assert len(webhook.live_secrets) == 2, "the oldest ends at once"
    assert not any(secret.encode() in one.sealed for one in webhook.secrets for secret in (old, new, newest))


def test_whoever_no_longer_organises_a_gala_has_nothing_told_on_their_behalf(receiver: Receiver) -> None:
    gala = make_gala()
    organiser = make_organiser(gala)
    make_webhook(gala, receiver.url, by=organiser.actor)
    change(gala)
    tell()
    assert len(receiver.got) == 1
    with unit():
        remove_organiser(db.session.query(GalaOrganiser).one(), by=BOSS)
        withdraw_laureate(db.session.query(Laureate).order_by(Laureate.id.desc()).first(), "décline", by=BOSS)
    tell()
    assert len(receiver.got) == 1


def test_a_mark_that_is_set_back_tells_nothing_twice(receiver: Receiver) -> None:
    gala = make_gala()
    make_webhook(gala, receiver.url)
    mark = db.session.get_one(FoldMark, MARK).entry_id
    change(gala)
    fold()
    with unit():
        db.session.get_one(FoldMark, MARK).entry_id = mark
    fold()
    assert db.session.query(WebhookMessage).count() == 1
