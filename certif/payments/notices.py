"""Telling a genuine notice from a forged one: an HMAC over the raw body, with an instant in it."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from certif.kit import clock
from certif.kit.errors import Refusal
from certif.kit.languages import _
from certif.payments.records import PaymentNotice

TOLERANCE_S = 300
LARGEST_BODY = 64 * 1024


def sign(body: bytes, secret: str, at: int) -> str:
    """Give the value of `Stripe-Signature` for `body`.

    Takes: `at`, seconds since 1970.
    """
    return f"t={at},v1={_mac(body, secret, str(at))}"


def read(raw_body: bytes, signature: str, secret: str, *, livemode: bool) -> PaymentNotice:
    """Read a notice, if it is genuine.

    Takes: `raw_body`, the bytes as they came; `signature`, the header `Stripe-Signature`; `livemode`, whether real money is expected.
    Refuses: a body over 64 KiB; no fitting `v1` signature; an instant more than 300 s away, before or after;
    a body that is no event; the other mode's event.
    Source: docs.stripe.com/webhooks, "Verify webhook signatures manually".
    """
    if len(raw_body) > LARGEST_BODY:
        raise _refusal()
    at, signatures = _parts(signature)
    expected = _mac(raw_body, secret, at).encode()
    # Every candidate is compared, so that time tells nothing.
    genuine = [hmac.compare_digest(expected, candidate.encode()) for candidate in signatures]
    if not any(genuine) or abs(clock.now().timestamp() - int(at)) > TOLERANCE_S:
        raise _refusal()
    notice = _notice(raw_body)
    if notice.livemode is not livemode:
        raise _refusal()
    return notice


def _parts(signature: str) -> tuple[str, list[str]]:
    pairs = [part.strip().partition("=") for part in signature.split(",")]
    instants = [value for name, _sign, value in pairs if name == "t"]
    if len(instants) != 1 or not (instants[0].isascii() and instants[0].isdecimal() and len(instants[0]) <= 12):
        raise _refusal()
    return instants[0], [value for name, _sign, value in pairs if name == "v1"]


def _mac(body: bytes, secret: str, at: str) -> str:
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()


def _notice(raw_body: bytes) -> PaymentNotice:
    try:
        event: Any = json.loads(raw_body)
        thing = event["data"]["object"]
        is_event = event["object"] == "event" and isinstance(event["livemode"], bool)
        event_id, kind, thing_kind = event["id"], event["type"], thing["object"]
        thing_ref, payment_ref = thing["id"], thing.get("payment_intent")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _refusal() from None
    if not is_event or not all(isinstance(text, str) and 0 < len(text) <= 255 for text in (event_id, kind, thing_ref)):
        raise _refusal()
    if thing_kind == "payment_intent":
        payment_ref = thing_ref
    return PaymentNotice(
        event_id=event_id,
        kind=kind,
        session_ref=thing_ref if thing_kind == "checkout.session" else None,
        payment_ref=payment_ref if isinstance(payment_ref, str) else None,
        livemode=event["livemode"],
    )


def _refusal() -> Refusal:
    return Refusal(_("Cet avis de paiement n’est pas authentique."))
