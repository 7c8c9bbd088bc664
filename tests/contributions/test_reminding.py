"""A page of the gateway that was opened and left: one letter, some hours later, and never when there is nothing more to give."""

from __future__ import annotations

import datetime as dt

import pytest

from certif import contributions
from certif.contributions import reminding
from certif.kit import audit, clock
from certif.kit.db import db, transaction
from tests.contributions.conftest import BACK, owner
from tests.contributions.test_actions import receive
from tests.contributions.test_cards import fulfil, pay, start


def after(hours: float) -> int:
    """Let time pass, and the job run twice; give how many letters of this kind there are."""
    from sqlalchemy import func, select

    from certif.kit.outbox import Letter

    with clock.frozen(clock.now() + dt.timedelta(hours=hours)):
        for _each in range(2):
            contributions.remind_abandoned_checkouts()
    return db.session.scalar(select(func.count()).where(Letter.name == "contributions/checkout_abandoned")) or 0


def test_whoever_left_the_page_is_written_to_once_some_hours_later(dues, till, letters):
    start(dues, "en")
    assert after(3.9) == 0
    assert after(4) == 1
    letter = letters.last(owner(dues).email)
    assert letter.language == "en"
    assert "Nothing was charged." in letter.body
    assert BACK in letter.body
    assert after(30) == 1
    assert [one.event for one in audit.history(dues)].count("checkout_reminded") == 1


def test_a_page_opened_again_counts_from_then(dues, till):
    start(dues)
    with clock.frozen(clock.now() + dt.timedelta(hours=2)):
        start(dues, "en")
    assert after(5) == 0
    assert after(6) == 1


def test_whoever_has_given_whatever_the_way_is_left_alone(dues, till, manager):
    attempt = start(dues)
    pay(till, attempt)
    fulfil(attempt.session_ref)
    assert after(5) == 0


def test_whoever_gave_by_cheque_or_was_given_their_money_back_is_left_alone(dues, till, manager):
    start(dues)
    payment = receive(dues, manager)
    with transaction():
        contributions.refund_payment(payment, None, "Chèque sans provision", seen=0, by=manager)
    assert not dues.is_settled
    assert after(5) == 0


def test_an_old_page_is_no_longer_spoken_of(dues, till):
    start(dues)
    assert after(73) == 0


def test_without_the_row_of_the_reminder_the_letter_would_be_repeated(dues, till, monkeypatch: pytest.MonkeyPatch):
    start(dues)
    monkeypatch.setattr(reminding, "insert_new", lambda *_given: [1])
    assert after(5) == 2
