"""Contributing by card: a page at the gateway, and one way to believe what came of it, whoever says that something happened."""

from __future__ import annotations

import logging

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif import payments
from certif.contributions.gateway_model import GatewayEvent, PaymentDispute
from certif.contributions.model import CheckoutAttempt, Contribution, Payment
from certif.contributions.queries import methods_for
from certif.contributions.receiving import close_pages, receive
from certif.contributions.refunds import note_refunds
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import checkpoint, db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, speaking
from certif.kit.web import absolute_url
from certif.payments import Collected, PaymentNotice
from certif.programs import PaymentMethod

_TELLING = ("checkout.session.", "charge.", "payment_intent.succeeded", "refund.")
_log = logging.getLogger("certif.contributions")

audit.declare("contribution_disputed", _l("Le paiement par carte est contesté auprès de la banque."))
audit.declare("payment_set_aside", _l("Un paiement par carte ne correspond pas à ce qui était demandé : il n’a pas été retenu."), "fault")


def start_checkout(contribution: Contribution, *, language: str, back_url: str, by: Actor) -> str:
    """Open the page where a contribution is given by card, or find the one that is open.

    Takes: `language` of the page, `"fr"` or `"en"`; `back_url`, where a person goes who gives up.
    Gives: the address to send the person to. They come back to `contributions.confirm_payment`.
    Refuses: a contribution already settled; a program, or a site, that takes no cards. `Unavailable` in at most 10 s when the gateway
    is down: the next try asks for the same page.
    """
    lock(contribution)
    if contribution.is_settled:
        raise Refusal(_("Cette contribution est déjà réglée."))
    if PaymentMethod.CARD not in methods_for(contribution):
        raise Refusal(_("Ce programme n’accepte pas cette façon de contribuer."))
    attempt = _attempt(contribution, language, back_url, by)
    if attempt.url is not None:
        return attempt.url
    amount, email, key = attempt.amount, attempt.email, attempt.idempotency_key
    with speaking(language):
        description = _("Contribution symbolique – %(program)s", program=contribution.program.name)
    landing = f"{absolute_url('contributions.confirm_payment', language=language)}?session={{CHECKOUT_SESSION_ID}}"
    order_ref = contribution.ref
    checkpoint()
    checkout = payments.open_checkout(
        order_ref=order_ref, amount=amount, description=description, success_url=landing, cancel_url=back_url,
        email=email, language=language, idempotency_key=key,
    )  # fmt: skip
    db.session.expire_all()
    lock(attempt)
    attempt.session_ref, attempt.url, attempt.expires_at = checkout.ref, checkout.url, checkout.expires_at
    return checkout.url


def fulfil(session_ref: str, *, by: Actor) -> Payment | None:
    """Ask the gateway where a session stands, and keep what was paid. The one way, for the notice, the landing page and the reconciliation.

    Gives: the payment, also when it was already kept; None while there is none.
    Refuses (`NotFound`) a session that the gateway does not know. `Unavailable` when it does not answer.
    """
    checkpoint()
    return _take(payments.read_checkout(session_ref), by=by)


def take_notice(notice: PaymentNotice, *, by: Actor) -> None:
    """Do once what a genuine notice calls for: look at the gateway what happened, and keep it together with the notice.

    `Unavailable` when the gateway does not answer: it will give notice again.
    """
    if _is_known(notice):
        return
    checkpoint()
    collected = _told_of(notice)
    db.session.expire_all()
    attempt = _attempt_of(collected) if collected else None
    if attempt is not None:
        lock(attempt.contribution)  # a second delivery of the same notice waits here, then sees the first
        if _is_known(notice):
            return
    db.session.add(GatewayEvent(event_id=notice.event_id, kind=notice.kind, received_at=clock.now()))
    db.session.flush()
    if collected is not None:
        _take(collected, by=by)


def _attempt(contribution: Contribution, language: str, back_url: str, by: Actor) -> CheckoutAttempt:
    """Give the attempt to use: the one under way in this language for what is due, or a new one. Pages opened otherwise are closed."""
    due = contribution.due
    email = by.email or contribution.employer.contact_email
    found = next(
        (
            one
            for one in contribution.attempts
            if one.may_be_used and (one.email, one.language, one.back_url, one.amount) == (email, language, back_url, due)
        ),
        None,
    )
    if found is None:
        found = CheckoutAttempt(email=email, language=language, back_url=back_url, cents=due.cents, opened_at=clock.now(), opened_by=by.ref)
        contribution.attempts.append(found)
        db.session.flush()
        close_pages(contribution, but=found)
    return found


def _is_known(notice: PaymentNotice) -> bool:
    return db.session.scalar(select(GatewayEvent.id).where(GatewayEvent.event_id == notice.event_id)) is not None


def _told_of(notice: PaymentNotice) -> Collected | None:
    """Ask the gateway about what a notice speaks of: its own words are never believed."""
    if not notice.kind.startswith(_TELLING):
        return None
    try:
        if notice.session_ref is not None:
            return payments.read_checkout(notice.session_ref)
        return payments.find_checkout(notice.payment_ref) if notice.payment_ref is not None else None
    except NotFound:
        return None


def _attempt_of(collected: Collected) -> CheckoutAttempt | None:
    """Give our attempt that a session came from: by its name, or by our key when its name was never written down."""
    found = db.session.scalar(select(CheckoutAttempt).where(CheckoutAttempt.session_ref == collected.session_ref))
    if found is None:
        ref = collected.attempt_key.removeprefix("checkout-")
        found = db.session.scalar(select(CheckoutAttempt).where(CheckoutAttempt.ref == ref, CheckoutAttempt.session_ref.is_(None)))
    return found


def _take(collected: Collected, *, by: Actor) -> Payment | None:
    """Keep what the gateway says of a session, whatever was known before: told twice, late or in another order, the end is the same."""
    db.session.expire_all()
    attempt = _attempt_of(collected)
    if attempt is None:
        _log.info("a session of nobody", extra={"session_ref": collected.session_ref})
        return None
    contribution = lock(attempt.contribution)
    lock(attempt)
    attempt.session_ref = collected.session_ref
    if collected.status == "expired":
        attempt.closed_at = attempt.closed_at or clock.now()
    if collected.status != "paid":
        return None
    if (fault := _fault(collected, attempt)) is not None:
        _set_aside(attempt, fault, by)
        return None
    attempt.closed_at = attempt.closed_at or clock.now()
    payment = _payment(collected, contribution, by)
    note_refunds(payment, collected.refunds, by=by)
    if collected.is_disputed and payment.dispute is None:
        payment.dispute = PaymentDispute(noticed_at=clock.now())
        audit.record("contribution_disputed", contribution, by=by)
    return payment


def _payment(collected: Collected, contribution: Contribution, by: Actor) -> Payment:
    found = db.session.scalar(select(Payment).where(Payment.gateway_ref == collected.payment_ref))
    if found is not None:
        return found
    payment = Payment(
        method=PaymentMethod.CARD.value,
        cents=collected.amount.cents,
        currency=collected.currency,
        is_test=not collected.livemode,
        gateway_ref=collected.payment_ref,
        received_on=(collected.paid_at or clock.now()).astimezone(clock.TORONTO).date(),
        recorded_at=clock.now(),
        recorded_by=by.ref,
    )
    return receive(contribution, payment, by=by)


def _fault(collected: Collected, attempt: CheckoutAttempt) -> str | None:
    """Say in what a session differs from what we asked: then its money is not for this contribution."""
    asked = (attempt.contribution.ref, attempt.amount, payments.CURRENCY, payments.is_live(), True)
    told = (collected.order_ref, collected.amount, collected.currency, collected.livemode, collected.payment_ref is not None)
    names = ("order", "amount", "currency", "mode", "payment")
    return next((name for name, one, other in zip(names, asked, told, strict=True) if one != other), None)


def _set_aside(attempt: CheckoutAttempt, fault: str, by: Actor) -> None:
    if attempt.closed_at is None:
        attempt.closed_at = clock.now()
        audit.record("payment_set_aside", attempt.contribution, by=by, fault=fault)
        _log.error("a payment does not fit its contribution: %s", fault, extra={"session_ref": attempt.session_ref})
