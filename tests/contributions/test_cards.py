"""Contributing by card, at the sandbox on a real socket: one way to believe a payment, told however often, in any order, or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif import contributions, payments
from certif.contributions import CheckoutAttempt, Contribution, Payment
from certif.contributions.reconciliation import close_checkout_page
from certif.kit import audit, clock
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import run_due
from certif.kit.money import Money
from certif.payments.sandbox import acts
from certif.payments.sandbox.acts import Desk
from certif.programs import PaymentMethod, Text
from tests.contributions.conftest import BACK, ask, owner
from tests.factories import make_program


def start(dues: Contribution, language: str = "fr", by=None) -> CheckoutAttempt:
    """Open the page of the gateway."""
    with transaction():
        contributions.start_checkout(dues, language=language, back_url=BACK, by=by or owner(dues))
    return dues.attempts[-1]


def pay(till, attempt: CheckoutAttempt, *, is_declined: bool = False) -> None:
    """Press a button of the page."""
    with till.store.unit() as unit:
        desk = Desk(unit, {})
        acts.pay_session(desk, acts.current_session(desk, attempt.session_ref), is_declined=is_declined)


def fulfil(session_ref: str) -> Payment | None:
    with transaction():
        return contributions.fulfil(session_ref, by=SYSTEM)


def change(till, kind: str, ref: str, **changes) -> None:
    """Let the gateway say something else of a thing."""
    with till.store.unit() as unit:
        unit.put({**unit.get(kind, ref), **changes})


def fresh(dues: Contribution) -> Contribution:
    db.session.expire_all()
    return dues


def test_a_page_is_opened_for_what_is_due_and_comes_back_to_us(dues, till):
    attempt = start(dues)
    assert attempt.url.startswith("http://127.0.0.1:8000/bac-a-sable/c/pay/cs_test_")
    told = payments.read_checkout(attempt.session_ref)
    assert (told.order_ref, told.amount, told.attempt_key) == (dues.ref, Money.dollars(50), attempt.idempotency_key)
    with till.store.unit() as unit:
        session = unit.get("checkout.session", attempt.session_ref)
    assert session["success_url"] == "http://127.0.0.1:8000/paiements/retour?session={CHECKOUT_SESSION_ID}"
    assert (session["cancel_url"], session["locale"], session["customer_email"]) == (BACK, "fr-CA", owner(dues).email)


def test_asked_again_it_is_the_same_page(dues, till):
    assert start(dues).url == start(dues).url
    assert len(dues.attempts) == 1


def test_in_the_other_language_it_is_another_page_and_the_first_is_closed(dues, till):
    first = start(dues)
    second = start(dues, "en")
    assert first.url != second.url
    run_due()
    assert payments.read_checkout(first.session_ref).status == "expired"
    assert payments.read_checkout(second.session_ref).status == "open"


def test_what_is_paid_is_kept_once_with_its_receipt_and_its_letter(dues, till, letters):
    attempt = start(dues)
    assert fulfil(attempt.session_ref) is None
    pay(till, attempt)
    first = fulfil(attempt.session_ref)
    again = [fulfil(attempt.session_ref) for _ in range(3)]
    assert {one.id for one in again} == {first.id}
    assert fresh(dues).is_settled
    assert (first.method, first.cents, first.currency, first.is_test) == ("card", 5000, "cad", True)
    assert first.receipt.number.endswith("-00001")
    assert len(letters.to(dues.employer.contact_email)) == 1


def test_a_declined_card_pays_nothing_and_an_abandoned_page_is_still_payable(dues, till):
    attempt = start(dues)
    pay(till, attempt, is_declined=True)
    assert fulfil(attempt.session_ref) is None
    pay(till, start(dues))
    assert fulfil(attempt.session_ref) is not None


def test_an_expired_page_is_left_and_another_is_opened(dues, till):
    first = start(dues)
    with clock.frozen(clock.now() + dt.timedelta(hours=25)):
        assert fulfil(first.session_ref) is None
        assert fresh(dues).attempts[0].closed_at is not None
        second = start(dues)
        assert second.session_ref != first.session_ref
        pay(till, second)
        assert fulfil(second.session_ref) is not None


def test_a_settled_contribution_opens_no_page(dues, till, manager):
    with transaction():
        contributions.waive_contribution(dues, "Motif", by=manager)
    with pytest.raises(Refusal):
        start(dues)


def test_a_program_without_cards_opens_no_page(app, till):
    dues = ask(make_program(instructions={PaymentMethod.CHEQUE: Text("Par la poste.", "By mail.")}))
    assert PaymentMethod.CARD not in contributions.methods_for(dues)
    with pytest.raises(Refusal):
        start(dues)


def test_a_waiver_closes_the_page_that_was_open(dues, till, manager):
    attempt = start(dues)
    with transaction():
        contributions.waive_contribution(dues, "Motif", by=manager)
    run_due()
    assert payments.read_checkout(attempt.session_ref).status == "expired"
    assert fresh(dues).attempts[0].closed_at is not None


def test_a_page_paid_before_it_could_be_closed_is_kept_all_the_same_and_seen_as_too_much(dues, till, manager):
    attempt = start(dues)
    with transaction():
        contributions.record_offline_payment(dues, method=PaymentMethod.CHEQUE, received_on=clock.today(), reference="101", by=manager)
    pay(till, attempt)
    close_checkout_page(attempt.ref)
    assert fresh(dues).overpaid == Money.dollars(50)
    assert len({payment.receipt.number for payment in dues.payments}) == 2


FOREIGN = {
    "nothing": {"amount_total": 0},
    "one cent": {"amount_total": 1},
    "a cent less": {"amount_total": 4999},
    "a cent more": {"amount_total": 5001},
    "american dollars": {"currency": "usd"},
    "yen": {"currency": "jpy"},
    "real money": {"livemode": True},
    "another order": {"client_reference_id": "another"},
    "no order": {"client_reference_id": None},
    "not paid": {"payment_status": "unpaid"},
}
OF_THE_INTENT = {"amount_total": "amount_received", "currency": "currency"}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_session_that_is_not_what_we_asked_pays_nothing(dues, till, name):
    attempt = start(dues)
    pay(till, attempt)
    change(till, "checkout.session", attempt.session_ref, **FOREIGN[name])
    payment_ref = payments.read_checkout(attempt.session_ref).payment_ref
    if seen := {OF_THE_INTENT[key]: value for key, value in FOREIGN[name].items() if key in OF_THE_INTENT}:
        change(till, "payment_intent", payment_ref, **seen)
    for _ in range(2):
        assert fulfil(attempt.session_ref) is None
    assert not fresh(dues).payments
    assert not dues.is_settled
    assert len([entry for entry in audit.history(dues) if entry.event == "payment_set_aside"]) == (0 if name == "not paid" else 1)


def test_had_it_been_what_we_asked_it_would_pay(dues, till):
    """The twin: the same steps, with nothing changed."""
    attempt = start(dues)
    pay(till, attempt)
    change(till, "checkout.session", attempt.session_ref)
    assert fulfil(attempt.session_ref) is not None


def test_a_session_of_nobody_pays_nothing(dues, till):
    checkout = payments.open_checkout(
        order_ref="x", amount=Money.dollars(50), description="x", success_url=BACK, cancel_url=BACK, email="x@exemple.com", language="fr",
        idempotency_key="of nobody",
    )  # fmt: skip
    with till.store.unit() as unit:
        desk = Desk(unit, {})
        acts.pay_session(desk, acts.current_session(desk, checkout.ref), is_declined=False)
    assert fulfil(checkout.ref) is None
    with pytest.raises(NotFound):
        fulfil("cs_test_unknown")
    assert db.session.scalar(select(Payment.id)) is None


def test_a_session_whose_name_was_never_written_down_is_found_by_our_key(dues, till):
    attempt = start(dues)
    session_ref = attempt.session_ref
    with transaction():
        db.session.get_one(CheckoutAttempt, attempt.id).session_ref = None
    pay(till, dataclasses.replace(payments.read_checkout(session_ref)))
    assert fulfil(session_ref) is not None
    assert fresh(dues).is_settled


def test_a_real_site_without_a_key_takes_no_cards(app, dues):
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(before, is_demo=False)
    try:
        assert PaymentMethod.CARD not in contributions.methods_for(dues)
        assert payments.sandbox_for(app.config["SETTINGS"]) is None
    finally:
        app.config["SETTINGS"] = before
    assert PaymentMethod.CARD in contributions.methods_for(dues)


def test_what_a_sponsor_covers_in_part_is_not_asked_by_card(dues, till):
    before = start(dues)
    with transaction():
        contributions.cover_contribution(dues, Money.dollars(20), payer=None, by=owner(dues))
    run_due()
    assert payments.read_checkout(before.session_ref).status == "expired", "the page for the whole amount is closed"
    attempt = start(fresh(dues))
    assert payments.read_checkout(attempt.session_ref).amount == Money.dollars(30)
    pay(till, attempt)
    assert fulfil(attempt.session_ref).amount == Money.dollars(30)
    assert fresh(dues).is_settled
    assert dues.overpaid.is_zero


def test_a_page_that_was_paid_before_it_could_be_closed_is_kept_and_seen_as_too_much(dues, till):
    attempt = start(dues)
    pay(till, attempt)
    with transaction():
        contributions.cover_contribution(dues, Money.dollars(50), payer=None, by=owner(dues))
    run_due()
    assert fresh(dues).received == Money.dollars(50) == dues.overpaid
    assert dues.is_settled
