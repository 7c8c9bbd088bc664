"""Stripe: what is asked of it, and its answers in our words. The sandbox is reached by the same code, at another address."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from certif.kit.errors import Refusal
from certif.kit.money import Money
from certif.payments import notices
from certif.payments.records import Checkout, CheckoutStatus, Collected, PaymentNotice, RefundMade, RefundStatus

if TYPE_CHECKING:
    import stripe

Answer = TypeVar("Answer")
_log = logging.getLogger("certif.payments")

CURRENCY = "cad"
_LOCALES = {"fr": "fr-CA", "en": "en"}
_EVERYTHING = "payment_intent.latest_charge.refunds"
_REFUND_STATUS: dict[str, RefundStatus] = {"succeeded": "done", "failed": "failed", "canceled": "failed"}


class StripeGateway:
    """An account at Stripe, or at the sandbox that speaks like it.

    Takes: `key`, the secret key; `webhook_secret`, of our one endpoint; `api_base`, another address than Stripe's;
    `is_sandbox`, no money moves.
    Gives: an answer, or `Unavailable`, in at most 10 s for each call.
    """

    def __init__(self, key: str, webhook_secret: str, api_base: str | None = None, *, is_sandbox: bool = False) -> None:
        self.key = key
        self.webhook_secret = webhook_secret
        self.api_base = api_base
        self.is_sandbox = is_sandbox

    @property
    def livemode(self) -> bool:
        """Whether real money moves."""
        return self.key.startswith(("sk_live_", "rk_live_"))

    def open_checkout(
        self,
        *,
        order_ref: str,
        amount: Money,
        description: str,
        success_url: str,
        cancel_url: str,
        email: str,
        language: str,
        idempotency_key: str,
    ) -> Checkout:
        """Open a page where `amount` can be paid by card. Asked again with the same key and facts, gives the same page."""
        marks = {"order": order_ref, "attempt": idempotency_key}
        product = {"currency": CURRENCY, "unit_amount": amount.cents, "product_data": {"name": description}}
        params: Any = {
            "mode": "payment",
            "payment_method_types": ["card"],
            "line_items": [{"quantity": 1, "price_data": product}],
            "adaptive_pricing": {"enabled": False},  # the amount stays the one of the program, in Canadian dollars
            "client_reference_id": order_ref,
            "metadata": marks,
            "payment_intent_data": {"metadata": marks, "description": description},
            "customer_email": email,
            "locale": _LOCALES.get(language, "auto"),
            "success_url": success_url,
            "cancel_url": cancel_url,
        }
        return self._ask(
            lambda client: _checkout(client.v1.checkout.sessions.create(params, {"idempotency_key": idempotency_key}).to_dict())
        )

    def read_checkout(self, session_ref: str) -> Collected:
        """Ask the gateway where a session stands. Refuses (`NotFound`) a session that it does not know."""
        return self._ask(lambda client: _collected(client.v1.checkout.sessions.retrieve(session_ref, {"expand": [_EVERYTHING]}).to_dict()))

    def find_checkout(self, payment_ref: str) -> Collected | None:
        """Ask which session a payment belongs to; none when it belongs to no session."""
        params: Any = {"payment_intent": payment_ref, "limit": 1, "expand": [f"data.{_EVERYTHING}"]}
        return self._ask(lambda client: next((_collected(one.to_dict()) for one in client.v1.checkout.sessions.list(params).data), None))

    def recent_sessions(self, since: dt.datetime) -> list[Collected]:
        """Ask for every session opened since then, oldest first. Refunds are not among what is told: read a session for those."""
        params: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100, "expand": ["data.payment_intent"]}

        def call(client: stripe.StripeClient) -> list[Collected]:
            return [_collected(one.to_dict()) for one in client.v1.checkout.sessions.list(params).auto_paging_iter()]

        return self._ask(call)[::-1]

    def expire_checkout(self, session_ref: str) -> None:
        """Close a page that was not paid. A page already paid or closed stays as it is."""
        try:
            self._ask(lambda client: client.v1.checkout.sessions.expire(session_ref))
        except Refusal:
            _log.info("checkout not open any more", extra={"session_ref": session_ref})

    def refund(self, payment_ref: str, amount: Money, idempotency_key: str) -> RefundMade:
        """Give money back. Asked again with the same key, gives the same refund. Refuses more than what is left."""
        params: Any = {"payment_intent": payment_ref, "amount": amount.cents, "metadata": {"key": idempotency_key}}
        return self._ask(lambda client: _refund_made(client.v1.refunds.create(params, {"idempotency_key": idempotency_key}).to_dict()))

    def read_notice(self, raw_body: bytes, signature: str) -> PaymentNotice:
        """Read a notice that came by the web, if it is genuine."""
        return notices.read(raw_body, signature, self.webhook_secret, livemode=self.livemode)

    def _ask(self, call: Callable[[stripe.StripeClient], Answer]) -> Answer:
        from certif.payments import stripe_calls  # late, with the library: only who pays needs it

        return stripe_calls.ask(call, self.key, self.api_base, trusts_environment=not self.is_sandbox)


def _checkout(session: dict[str, Any]) -> Checkout:
    return Checkout(ref=_text(session["id"]), url=_text(session["url"]), expires_at=_instant(session["expires_at"]))


def _collected(session: dict[str, Any]) -> Collected:
    if session["object"] != "checkout.session":
        raise ValueError("not a session")
    payment = session["payment_intent"]
    intent: dict[str, Any] = payment if isinstance(payment, dict) else {}
    charge = intent.get("latest_charge")
    charge = charge if isinstance(charge, dict) else {}
    is_paid = session["payment_status"] == "paid"
    marks = session["metadata"] or {}
    return Collected(
        session_ref=_text(session["id"]),
        payment_ref=intent.get("id") or payment,
        order_ref=session["client_reference_id"] or "",
        attempt_key=marks.get("attempt", ""),
        amount=Money(intent["amount_received"] if is_paid and intent else session["amount_total"]),
        currency=_text(intent["currency"] if is_paid and intent else session["currency"]),
        livemode=session["livemode"] is True,
        status="paid" if is_paid else _status(session["status"]),
        created_at=_instant(session["created"]),
        paid_at=_instant(charge["created"]) if is_paid and charge else None,
        is_disputed=charge.get("disputed") is True,
        refunds=tuple(_refund_made(one) for one in (charge.get("refunds") or {}).get("data", [])),
    )


def _status(status: str) -> CheckoutStatus:
    statuses: dict[str, CheckoutStatus] = {"open": "open", "complete": "unpaid", "expired": "expired"}
    return statuses[status]


def _refund_made(refund: dict[str, Any]) -> RefundMade:
    return RefundMade(
        ref=_text(refund["id"]),
        key=(refund["metadata"] or {}).get("key", ""),
        amount=Money(refund["amount"]),
        status=_REFUND_STATUS.get(refund["status"], "pending"),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("not a text")
    return value


def _instant(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
