"""What the gateway tells in any order, late, twice or not at all; and refunds that it did not confirm."""

from __future__ import annotations

import datetime as dt
import itertools
import json

import pytest
from sqlalchemy import select

from certif import contributions, payments
from certif.contributions import GatewayEvent
from certif.kit import audit, clock
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal, Unavailable
from certif.kit.money import Money
from certif.payments import PaymentNotice
from certif.payments.sandbox import acts
from certif.payments.sandbox.acts import Desk
from tests.contributions.conftest import ask
from tests.contributions.test_cards import fresh, fulfil, pay, start


def notices_of(till) -> list[PaymentNotice]:
    """Give the notices that the gateway has to give, oldest first."""
    with till.store.unit() as unit:
        events = list(unit.every("event"))[::-1]
    gateway = payments.gateway_for(payments.settings())
    found = []
    for event in events:
        body = json.dumps(event).encode()
        found.append(gateway.read_notice(body, payments.sign(body, gateway.webhook_secret, int(clock.now().timestamp()))))
    return found


def take(notice: PaymentNotice) -> None:
    with transaction():
        contributions.take_notice(notice, by=SYSTEM)


def a_life(till, dues) -> list[PaymentNotice]:
    """Pay, refund a part at the gateway's own pages, and contest."""
    attempt = start(dues)
    already = {notice.event_id for notice in notices_of(till)}
    pay(till, attempt)
    told = payments.read_checkout(attempt.session_ref)
    payments.refund(told.payment_ref, Money.dollars(20), f"elsewhere-{dues.ref}")
    with till.store.unit() as unit:
        intent = unit.get("payment_intent", told.payment_ref)
        acts.dispute(Desk(unit, {}), intent["latest_charge"])
    kinds = ("checkout.session.completed", "payment_intent.succeeded", "charge.refunded", "charge.dispute.created")
    found = {notice.kind: notice for notice in notices_of(till) if notice.event_id not in already}
    return [found[kind] for kind in kinds]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_notices_in_any_order_lead_to_the_same_end(dues, till, letters, order):
    life = a_life(till, dues)
    for place in order:
        take(life[place])
        take(life[place])
    fresh(dues)
    assert [(payment.cents, payment.left.cents, payment.dispute is not None) for payment in dues.payments] == [(5000, 3000, True)]
    assert dues.due == Money.dollars(20)
    names = sorted(letter.name for letter in letters.to(dues.employer.contact_email))
    assert names == ["contributions/contribution_received", "contributions/contribution_refunded"]
    assert len(list(db.session.scalars(select(GatewayEvent.id)))) == 4
    events = [entry.event for entry in audit.history(dues)]
    assert sorted(events) == ["contribution_disputed", "contribution_received_by_card", "contribution_refunded"]


def test_a_notice_is_never_believed_by_itself(dues, till):
    attempt = start(dues)
    take(PaymentNotice("evt_1", "checkout.session.completed", attempt.session_ref, None, False))
    take(PaymentNotice("evt_2", "checkout.session.completed", "cs_test_unknown", None, False))
    take(PaymentNotice("evt_3", "charge.succeeded", None, "pi_unknown", False))
    take(PaymentNotice("evt_4", "customer.created", None, None, False))
    assert not fresh(dues).payments


def test_when_every_notice_is_lost_one_run_pays_what_was_paid(program, till):
    asked = [ask(program) for _ in range(5)]
    for dues in asked[:3]:
        pay(till, start(dues))
    start(asked[3])
    contributions.reconcile_contributions()
    assert [fresh(dues).is_settled for dues in asked] == [True, True, True, False, False]
    contributions.reconcile_contributions()
    assert [len(fresh(dues).payments) for dues in asked] == [1, 1, 1, 0, 0]


def test_days_later_too(dues, till):
    pay(till, start(dues))
    with clock.frozen(clock.now() + dt.timedelta(days=6)):
        contributions.reconcile_contributions()
    assert fresh(dues).is_settled


def test_without_the_reconciliation_it_would_stay_unpaid(dues, till):
    """The twin: the same payment, and nobody asks."""
    pay(till, start(dues))
    assert not fresh(dues).is_settled


def test_idle_the_reconciliation_asks_nothing(app):
    contributions.reconcile_contributions()  # no gateway is there: asking would be Unavailable


def test_a_page_that_nobody_paid_is_forgotten_in_the_end(dues, till):
    start(dues)
    with clock.frozen(clock.now() + dt.timedelta(hours=26)):
        contributions.reconcile_contributions()
        assert fresh(dues).attempts[0].closed_at is not None


def test_a_gateway_that_is_down_keeps_the_file_and_then_gives_the_same_page(dues, till):
    till.misbehave(down=100)
    for _ in range(2):
        with pytest.raises(Unavailable):
            start(dues)
    till.misbehave(lose_webhooks=1)
    start(dues)
    assert len(fresh(dues).attempts) == 1
    assert len([one for one in payments.recent_sessions(dues.opened_at) if one.order_ref == dues.ref]) == 1


def test_a_refund_goes_back_to_the_card_once(dues, till, manager, letters):
    pay(till, start(dues))
    payment = fulfil(dues.attempts[0].session_ref)
    with transaction():
        refund = contributions.refund_payment(payment, Money.dollars(20), "Rabais", seen=0, by=manager)
    assert refund.refunded_at is not None
    contributions.reconcile_contributions()
    fulfil(dues.attempts[0].session_ref)
    assert payments.read_checkout(dues.attempts[0].session_ref).refunds[0].key == refund.ref
    assert fresh(dues).received == Money.dollars(30)
    assert [letter.name for letter in letters.to(dues.employer.contact_email)].count("contributions/contribution_refunded") == 1


@pytest.mark.parametrize("mode", ["down", "error_after_charge", "garbage"])
def test_a_refund_that_the_gateway_did_not_confirm_is_completed_and_never_made_twice(dues, till, manager, mode):
    pay(till, start(dues))
    payment = fulfil(dues.attempts[0].session_ref)
    till.misbehave(**{mode: 100})
    with pytest.raises(Unavailable), transaction():
        contributions.refund_payment(payment, None, "Rabais", seen=0, by=manager)
    till.misbehave(lose_webhooks=1)
    for _ in range(2):
        contributions.reconcile_contributions()
    fresh(dues)
    assert [one.refunded_at is not None for one in dues.payments[0].refunds] == [True]
    assert [one.amount for one in payments.read_checkout(dues.attempts[0].session_ref).refunds] == [Money.dollars(50)]


def test_a_refund_made_elsewhere_first_is_not_made_again(dues, till, manager):
    pay(till, start(dues))
    payment = fulfil(dues.attempts[0].session_ref)
    payments.refund(payment.gateway_ref, Money.dollars(50), f"elsewhere-{dues.ref}")
    with pytest.raises(Refusal), transaction():
        contributions.refund_payment(payment, None, "Rabais", seen=0, by=manager)
    fulfil(dues.attempts[0].session_ref)
    fresh(dues)
    assert [(one.failed_at is None) for one in dues.payments[0].refunds] == [False, True]
    assert dues.payments[0].left.is_zero
