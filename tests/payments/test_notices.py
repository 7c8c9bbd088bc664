"""Notices: only those of our own endpoint's secret, over these very bytes, of these five minutes."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import json

import pytest

from certif.kit import clock
from certif.kit.errors import Refusal
from certif.payments import StripeGateway, sign
from certif.payments.sandbox import objects

SECRET = "whsec_ours"
BODY = json.dumps(
    objects.event("checkout.session.completed", {"object": "checkout.session", "id": "cs_test_1", "payment_intent": "pi_1"}, None, None),
    indent=2,
).encode()


def now() -> int:
    return int(clock.now().timestamp())


def read(body: bytes, signature: str, key: str = "sk_test_x"):
    return StripeGateway(key, SECRET).read_notice(body, signature)


def v0(body: bytes) -> str:
    return sign(body, SECRET, now()).replace("v1=", "v0=")


FORGED = {
    "unsigned": lambda: (BODY, ""),
    "only words": lambda: (BODY, "bonjour"),
    "no instant": lambda: (BODY, sign(BODY, SECRET, now()).split(",")[1]),
    "no signature": lambda: (BODY, f"t={now()}"),
    "empty signature": lambda: (BODY, f"t={now()},v1="),
    "wrong secret": lambda: (BODY, sign(BODY, "whsec_theirs", now())),
    "another endpoint's secret": lambda: (BODY, sign(BODY, "whsec_ours_too", now())),
    "empty secret": lambda: (BODY, sign(BODY, "", now())),
    "301 s late": lambda: (BODY, sign(BODY, SECRET, now() - 301)),
    "301 s early": lambda: (BODY, sign(BODY, SECRET, now() + 302)),
    "instant changed": lambda: (BODY, sign(BODY, SECRET, now() - 400).replace(str(now() - 400), str(now()))),
    "two instants": lambda: (BODY, f"t={now()}," + sign(BODY, SECRET, now())),
    "no number": lambda: (BODY, sign(BODY, SECRET, now()).replace("t=", "t=+")),
    "arabic digits": lambda: (BODY, "t=١,v1=0"),
    "v0 only": lambda: (BODY, v0(BODY)),
    "two wrong v1": lambda: (BODY, f"t={now()},v1={'0' * 64},v1={'1' * 64}"),
    "serialised again": lambda: (json.dumps(json.loads(BODY)).encode(), sign(BODY, SECRET, now())),
    "a space more": lambda: (BODY + b" ", sign(BODY, SECRET, now())),
    "gzip": lambda: (gzip.compress(BODY), sign(BODY, SECRET, now())),
    "gzip, signed": lambda: (gzip.compress(BODY), sign(gzip.compress(BODY), SECRET, now())),
    "2 MB": lambda: (BODY + b" " * 2_000_000, sign(BODY + b" " * 2_000_000, SECRET, now())),
    "no JSON": lambda: (b"bonjour", sign(b"bonjour", SECRET, now())),
    "a list": lambda: (b"[]", sign(b"[]", SECRET, now())),
    "too deep": lambda: (b"[" * 50_000, sign(b"[" * 50_000, SECRET, now())),
    "no event": lambda: (b'{"object":"charge"}', sign(b'{"object":"charge"}', SECRET, now())),
    "real money": lambda: (LIVE, sign(LIVE, SECRET, now())),
    "accents in the signature": lambda: (BODY, f"t={now()},v1=é"),
}
LIVE = BODY.replace(b'"livemode": false', b'"livemode": true')


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_notice_is_refused(name):
    with pytest.raises(Refusal):
        read(*FORGED[name]())


@pytest.mark.parametrize("age", [0, 299, -299])
def test_a_genuine_notice_is_read(age):
    notice = read(BODY, sign(BODY, SECRET, now() - age))
    assert (notice.kind, notice.session_ref, notice.payment_ref) == ("checkout.session.completed", "cs_test_1", "pi_1")


def test_one_good_signature_among_several_is_enough():
    assert read(BODY, f"t={now()},v0=0,v1={'0' * 64}," + sign(BODY, SECRET, now()).split(",")[1]).event_id.startswith("evt_")


def test_a_live_notice_is_for_a_live_key():
    assert read(LIVE, sign(LIVE, SECRET, now()), "sk_live_x").livemode
    with pytest.raises(Refusal):
        read(BODY, sign(BODY, SECRET, now()), "sk_live_x")


def test_the_instant_is_the_one_of_the_house_clock():
    import datetime as dt

    signature = sign(BODY, SECRET, now())
    with clock.frozen(clock.now() + dt.timedelta(minutes=6)), pytest.raises(Refusal):
        read(BODY, signature)


def test_without_the_defence_a_forged_notice_would_be_read(monkeypatch):
    """The twin: the same bytes pass once the comparison always agrees, so it is the comparison that refuses."""
    monkeypatch.setattr(hmac, "compare_digest", lambda one, other: True)
    assert read(*FORGED["wrong secret"]()).kind
    assert read(*FORGED["serialised again"]()).kind


def test_without_the_tolerance_an_old_notice_would_be_read(monkeypatch):
    monkeypatch.setattr("certif.payments.notices.TOLERANCE_S", 10**9)
    assert read(*FORGED["301 s late"]()).kind
    assert read(*FORGED["301 s early"]()).kind


def test_our_signature_is_the_one_the_library_makes():
    from stripe import WebhookSignature

    assert sign(BODY, SECRET, 1_700_000_000) == WebhookSignature.generate_signature_header(BODY.decode(), SECRET, 1_700_000_000)
    assert hashlib.sha256  # the library reads ours too
    WebhookSignature.verify_header(BODY, sign(BODY, SECRET, now()), SECRET, 300)
