"""The sandbox's objects have the keys and the types that the gateway publishes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import requests

from certif.kit.money import Money
from tests.payments.conftest import KEY, opened, press

SHAPES = json.loads((Path(__file__).parent / "stripe_shapes.json").read_text())
FREE = {"metadata", "fraud_details", "payment_method_options", "last_payment_error", "details", "object"}
"""What has other keys for each use: our marks, the fraud reports, the card's options, an error; `event.data.object` is any thing."""


def faults(ours: object, published: object, where: str) -> list[str]:
    """Say where an object differs from what is published: a key too few, a key too many, another type."""
    if ours is None or published is None:
        return []
    if type(ours) is not type(published):
        return [f"{where} is {type(ours).__name__}, published as {type(published).__name__}"]
    if isinstance(ours, list) and isinstance(published, list):
        return [
            fault for one in ours for fault in (faults(one, published[0], f"{where}[]") if published and where != "refunds.data" else [])
        ]
    if not isinstance(ours, dict) or not isinstance(published, dict) or where.rsplit(".", 1)[-1] in FREE:
        return []
    odd = [f"{where}.{key} {'is missing' if key in published else 'is unknown'}" for key in sorted(ours.keys() ^ published.keys())]
    return odd + [fault for key in ours.keys() & published.keys() for fault in faults(ours[key], published[key], f"{where}.{key}")]


@pytest.fixture
def things(gateway, base) -> list[dict]:
    """Every thing of a life: paid, declined, expired, refunded; and every event of it."""
    paid, declined, closed = (opened(gateway, key) for key in "abc")
    press(paid.url, "pay")
    press(declined.url, "decline")
    gateway.expire_checkout(closed.ref)
    gateway.refund(gateway.read_checkout(paid.ref).payment_ref, Money.dollars(20), "refund-1")
    found = []
    for path in ("checkout/sessions", "payment_intents", "charges", "refunds", "events"):
        answer = requests.get(f"{base}/v1/{path}?limit=100", headers={"Authorization": f"Bearer {KEY}"}, timeout=5)
        assert answer.headers["Request-Id"].startswith("req_")
        assert answer.json()["object"] == "list"
        found += answer.json()["data"]
    return found


def test_every_object_has_the_published_shape(things):
    assert {one["object"] for one in things} == {"checkout.session", "payment_intent", "charge", "refund", "event"}
    wrong = {fault for one in things for fault in faults(one, SHAPES[one["object"]], one["object"])}
    wrong |= {
        fault
        for one in things
        if one["object"] == "event"
        for fault in faults(one["data"]["object"], SHAPES[one["data"]["object"]["object"]], one["type"])
    }
    assert not wrong


_EVERY = "id object created "
MUST_HAVE = {
    "checkout.session": _EVERY + "livemode mode status payment_status amount_total currency expires_at success_url payment_method_types",
    "payment_intent": _EVERY + " livemode amount amount_received currency status payment_method_types client_secret",
    "charge": _EVERY + " livemode amount amount_captured amount_refunded currency status paid captured refunded disputed payment_intent",
    "refund": _EVERY + " amount currency status charge payment_intent",
    "event": _EVERY + " livemode type data request",
}


def test_what_is_never_null_is_not(things):
    assert not [(one["object"], name) for one in things for name in MUST_HAVE[one["object"]].split() if one[name] is None]


def test_a_key_too_many_too_few_or_of_another_type_would_be_seen(things):
    """The twin: the comparison finds each kind of difference."""
    charge = next(one for one in things if one["object"] == "charge")
    assert faults({**charge, "more": 1}, SHAPES["charge"], "charge") == ["charge.more is unknown"]
    assert faults({key: value for key, value in charge.items() if key != "paid"}, SHAPES["charge"], "charge") == ["charge.paid is missing"]
    assert faults({**charge, "paid": "yes"}, SHAPES["charge"], "charge") == ["charge.paid is str, published as bool"]


def test_errors_look_like_the_gateways(base):
    headers = {"Authorization": f"Bearer {KEY}"}
    wrong = requests.post(f"{base}/v1/checkout/sessions", {"mode": "payment", "nonsense": "1"}, headers=headers, timeout=5)
    assert (wrong.status_code, wrong.json()["error"]["type"], wrong.json()["error"]["param"]) == (400, "invalid_request_error", "nonsense")
    missing = requests.get(f"{base}/v1/charges/ch_none", headers=headers, timeout=5)
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "resource_missing")
    assert requests.get(f"{base}/v1/charges", timeout=5).status_code == 401


@pytest.mark.parametrize(
    "form",
    [
        "a[b]=1&a=2",
        "a=2&a[b]=1",
        "a" + "[b]" * 50 + "=1",
        "&".join(f"a[{n}]=1" for n in range(500)),
        "line_items=x&mode=payment&success_url=x",
        "line_items[0]=x&mode=payment&success_url=x",
        "line_items[0][price_data][unit_amount]=1e3&mode=payment&success_url=x",
        "line_items[0][price_data][unit_amount]=-5&line_items[0][price_data][currency]=cad&line_items[0][price_data][product_data][name]=x&mode=payment&success_url=x",
        "mode=payment&success_url=x&line_items[0][price_data][unit_amount]=5000&line_items[0][price_data][currency]=1&line_items[0][price_data][product_data][name]=x",
        "%ff=%00",
    ],
)
def test_absurd_forms_are_refused_in_the_gateways_words(base, form):
    answer = requests.post(
        f"{base}/v1/checkout/sessions",
        form,
        headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-www-form-urlencoded"},
        timeout=5,
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]
