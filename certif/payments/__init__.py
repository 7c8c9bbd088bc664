"""Collecting money, without knowing from whom or what for.

A gateway is Stripe when the site has a key, and otherwise the sandbox that speaks like it, on this machine, where no card is ever charged.
Whatever happens at the gateway is asked again there before it is believed; a notice only says where to look.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from functools import lru_cache

from certif.kit.money import Money
from certif.kit.settings import Settings, settings
from certif.payments.notices import LARGEST_BODY, TOLERANCE_S, sign
from certif.payments.records import Checkout, CheckoutStatus, Collected, PaymentNotice, RefundMade, RefundStatus
from certif.payments.sandbox import Sandbox, serving
from certif.payments.stripe_gateway import CURRENCY, StripeGateway

__all__ = [
    "CURRENCY",
    "LARGEST_BODY",
    "SANDBOX_MOUNT",
    "TOLERANCE_S",
    "Checkout",
    "CheckoutStatus",
    "Collected",
    "PaymentNotice",
    "RefundMade",
    "RefundStatus",
    "Sandbox",
    "StripeGateway",
    "expire_checkout",
    "find_checkout",
    "gateway_for",
    "is_live",
    "is_sandbox",
    "open_checkout",
    "read_checkout",
    "read_notice",
    "recent_sessions",
    "refund",
    "sandbox_for",
    "serving",
    "sign",
    "takes_cards",
]

SANDBOX_MOUNT = "/bac-a-sable"
NOTICES_PATH = "/paiements/avis"


def gateway_for(chosen: Settings) -> StripeGateway:
    """Give the gateway that these settings choose: Stripe when there is a key, else the sandbox of this machine."""
    if chosen.stripe_secret_key:
        return _gateway(chosen.stripe_secret_key, chosen.stripe_webhook_secret or "", chosen.stripe_api_base, is_sandbox=False)
    base = chosen.stripe_api_base or f"http://127.0.0.1:{chosen.port}{SANDBOX_MOUNT}"
    return _gateway(_derived("sk_test_", chosen), _derived("whsec_", chosen), base, is_sandbox=True)


def sandbox_for(chosen: Settings) -> Sandbox | None:
    """Give the sandbox to mount under `SANDBOX_MOUNT`; none when the site has a key, or is no demo."""
    if chosen.stripe_secret_key or not chosen.is_demo:
        return None
    gateway = gateway_for(chosen)
    return Sandbox(
        chosen.data_dir / "sandbox.sqlite3",
        key=gateway.key,
        webhook_secret=gateway.webhook_secret,
        webhook_url=f"http://127.0.0.1:{chosen.port}{NOTICES_PATH}",
        webhook_host=chosen.host,
        public_base=chosen.public_base_url + SANDBOX_MOUNT,
    )


def takes_cards() -> bool:
    """Whether paying by card can be offered: a real site without a key lives on cheques, transfers and cash."""
    chosen = settings()
    return bool(chosen.stripe_secret_key) or chosen.is_demo


def is_sandbox() -> bool:
    """Whether no card is ever charged: pages must say so."""
    return gateway_for(settings()).is_sandbox


def is_live() -> bool:
    """Whether real money moves."""
    return gateway_for(settings()).livemode


def open_checkout(
    *, order_ref: str, amount: Money, description: str, success_url: str, cancel_url: str, email: str, language: str, idempotency_key: str
) -> Checkout:
    """Open a page where an order can be paid by card.

    Takes: `amount` above zero; `success_url`, where `{CHECKOUT_SESSION_ID}` becomes the session's name; `language`, `"fr"` or `"en"`;
    `idempotency_key`, the same for a second try of the same thing.
    Gives: the page; the same page for the same key and facts.
    Refuses: what the gateway refuses. `Unavailable` within 10 s when it is down, hangs or answers garbage.
    """
    return gateway_for(settings()).open_checkout(
        order_ref=order_ref,
        amount=amount,
        description=description,
        success_url=success_url,
        cancel_url=cancel_url,
        email=email,
        language=language,
        idempotency_key=idempotency_key,
    )


def read_checkout(session_ref: str) -> Collected:
    """Ask the gateway where a session stands, always anew. Refuses (`NotFound`) a session it does not know."""
    return gateway_for(settings()).read_checkout(session_ref)


def find_checkout(payment_ref: str) -> Collected | None:
    """Ask which session a payment belongs to, if any."""
    return gateway_for(settings()).find_checkout(payment_ref)


def recent_sessions(since: dt.datetime) -> list[Collected]:
    """Ask for every session opened since then, oldest first: what is paid is found even when no notice ever came."""
    return gateway_for(settings()).recent_sessions(since)


def expire_checkout(session_ref: str) -> None:
    """Close a page that was not paid."""
    gateway_for(settings()).expire_checkout(session_ref)


def refund(payment_ref: str, amount: Money, idempotency_key: str) -> RefundMade:
    """Give money back: all of it or a part.

    Gives: the refund; the same one for the same key.
    Refuses: more than what is left of the payment.
    """
    return gateway_for(settings()).refund(payment_ref, amount, idempotency_key)


def read_notice(raw_body: bytes, signature: str) -> PaymentNotice:
    """Read a notice, if it is genuine: signed over these very bytes, less than 300 s from now, of the mode we are in."""
    return gateway_for(settings()).read_notice(raw_body, signature)


@lru_cache(maxsize=8)
def _gateway(key: str, webhook_secret: str, api_base: str | None, *, is_sandbox: bool) -> StripeGateway:
    return StripeGateway(key, webhook_secret, api_base, is_sandbox=is_sandbox)


def _derived(prefix: str, chosen: Settings) -> str:
    """Give a secret of the sandbox: each site has its own, and keeps it."""
    return prefix + hmac.new(chosen.secret_key.encode(), b"certif.payments.sandbox " + prefix.encode(), hashlib.sha256).hexdigest()
