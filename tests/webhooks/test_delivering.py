"""Attempts are made later and later, each is kept, and what no longer answers is told nothing more until somebody resumes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from certif.kit import clock
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.outbox import Letter
from certif.webhooks import Webhook, WebhookAttempt, WebhookMessage
from certif.webhooks.actions import resume_webhook, send_again, try_webhook
from certif.webhooks.delivering import PAUSES, forget_webhook_messages
from tests.factories import make_program, unit
from tests.galas.making import BOSS
from tests.webhooks.receiving import Receiver, a_receiver, deliver_due, make_webhook


@pytest.fixture
def receiver(app: Flask) -> Iterator[Receiver]:
    with a_receiver(app) as found:
        yield found


def tried(receiver: Receiver) -> Webhook:
    """Give an address that waits for a message of test."""
    webhook, _secret = make_webhook(make_program(code="14"), receiver.url)
    with unit():
        try_webhook(webhook, by=BOSS)
    return webhook


def ends() -> list[str]:
    return [one.end for one in db.session.query(WebhookAttempt).order_by(WebhookAttempt.id)]


def live(webhook: Webhook, days: int) -> None:
    """Let days pass, hour by hour."""
    start = clock.now()
    for hour in range(days * 24):
        with clock.frozen(start + dt.timedelta(hours=hour, minutes=1)):
            deliver_due()


def test_what_was_received_is_not_sent_again(receiver: Receiver) -> None:
    live(tried(receiver), 1)
    assert ends() == ["delivered"]
    assert receiver.told == [("webhook.test", [])]


def test_ten_attempts_in_three_days_then_nothing_more_and_a_letter(receiver: Receiver) -> None:
    receiver.status = 500
    webhook = tried(receiver)
    live(webhook, 5)
    assert ends() == ["answered"] * (len(PAUSES) + 1)
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    assert len({headers["webhook-timestamp"] for headers, _body in receiver.got}) == 10
    assert webhook.halt is not None
    letters = db.session.query(Letter).filter_by(name="webhooks/webhook_halted").all()
    assert [one.to_address for one in letters] == [webhook.owner.email]
    with pytest.raises(Refusal), unit():
        try_webhook(webhook, by=BOSS)
    receiver.status = 200
    with unit():
        resume_webhook(webhook, by=BOSS)
    deliver_due()
    assert ends()[-1] == "delivered"


def test_one_that_recovers_is_not_stopped(receiver: Receiver) -> None:
    receiver.status = 503
    webhook = tried(receiver)
    deliver_due()
    receiver.status = 202
    live(webhook, 4)
    assert ends() == ["answered", "delivered"]
    assert webhook.halt is None


def test_whoever_answers_that_it_is_gone_is_told_nothing_more(receiver: Receiver) -> None:
    receiver.status = 410
    webhook = tried(receiver)
    live(webhook, 1)
    assert ends() == ["answered"]
    assert webhook.halt is not None
    assert webhook.halt.why == "gone"


def test_a_redirection_is_not_followed(receiver: Receiver) -> None:
    receiver.status, receiver.answer = 307, {"Location": receiver.url}
    tried(receiver)
    deliver_due()
    assert (ends(), len(receiver.got)) == (["redirected"], 1)


def test_a_message_is_sent_again_by_hand_under_the_same_name(receiver: Receiver) -> None:
    tried(receiver)
    deliver_due()
    with unit():
        send_again(db.session.query(WebhookMessage).one(), by=BOSS)
    deliver_due()
    assert ends() == ["delivered", "delivered"]
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    assert [one.asked_by for one in db.session.query(WebhookAttempt)] == ["system", BOSS.ref]


def test_messages_are_forgotten_after_ninety_days(receiver: Receiver) -> None:
    tried(receiver)
    deliver_due()
    with clock.frozen(clock.now() + dt.timedelta(days=89)):
        forget_webhook_messages()
    assert ends() == ["delivered"]
    with clock.frozen(clock.now() + dt.timedelta(days=91)):
        forget_webhook_messages()
    assert (ends(), db.session.query(WebhookMessage).count()) == ([], 0)
