"""The gateway down, hanging, slow, talking nonsense, failing after it charged: an answer soon, and never two charges."""

from __future__ import annotations

import datetime as dt
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
import stripe

from certif.kit.errors import Unavailable
from certif.kit.money import Money
from certif.payments import StripeGateway
from certif.payments import stripe_calls as gateway_module
from tests.payments.conftest import KEY, SECRET, opened, press, token_of
from tests.payments.test_paying import charges

SOONEST_END_S = 10


@contextmanager
def talking(words: bytes, drip_s: float = 0) -> Iterator[str]:
    """Something at an address that is no gateway: it says these words to whoever connects, all at once or drop by drop."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    end = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            try:
                connection.recv(65536)
                for byte in words if drip_s else []:
                    connection.sendall(bytes([byte]))
                    if end.wait(drip_s):
                        return
                if not drip_s:
                    connection.sendall(words)
                if not words:
                    end.wait(30)
            except OSError:
                pass

    def accept() -> None:
        while not end.is_set():
            try:
                connection, _address = listening.accept()
            except TimeoutError:
                continue
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        end.set()
        thread.join()
        listening.close()


def http(body: bytes, status: str = "200 OK", kind: str = "application/json") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


NONSENSE = {
    "html": http(b"<html>bonjour", kind="text/html"),
    "no http": b"bonjour\r\n\r\n",
    "empty": http(b""),
    "a list": http(b"[]"),
    "null": http(b"null"),
    "a number": http(b"12"),
    "another object": http(b'{"object":"charge","id":"ch_1"}'),
    "a session without facts": http(b'{"object":"checkout.session","id":"cs_1"}'),
    "a session of texts": http(
        b'{"object":"checkout.session","id":"cs_1","payment_intent":null,"payment_status":"paid","metadata":{},"client_reference_id":null,'
        b'"amount_total":"5000","currency":"cad","livemode":false,"status":"complete","created":"x"}'
    ),
    "an error that is none": http(b'{"error":[]}', "400 Bad Request"),
    "bytes": http(bytes(range(256))),
    "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{",
    "elsewhere": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "500": http(b"oops", "500 Internal Server Error"),
    "503": http(b'{"error":{"type":"api_error"}}', "503 Service Unavailable"),
    "429": http(b'{"error":{"type":"rate_limit"}}', "429 Too Many Requests"),
}


def at(base: str) -> StripeGateway:
    return StripeGateway(KEY, SECRET, base, is_sandbox=True)


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_unavailable_and_never_a_raw_exception(name):
    with talking(NONSENSE[name]) as base:
        started = time.monotonic()
        for ask in (lambda: at(base).read_checkout("cs_1"), lambda: opened(at(base)), lambda: at(base).refund("pi_1", Money(1), "k")):
            with pytest.raises(Unavailable):
                ask()
        assert time.monotonic() - started < SOONEST_END_S


def test_a_gateway_that_is_not_there_is_unavailable_soon():
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        address = f"http://127.0.0.1:{reserved.getsockname()[1]}"
    started = time.monotonic()
    with pytest.raises(Unavailable):
        at(address).read_checkout("cs_1")
    assert time.monotonic() - started < SOONEST_END_S


def test_a_gateway_that_hangs_is_unavailable_within_ten_seconds():
    with talking(b"") as base:
        started = time.monotonic()
        with pytest.raises(Unavailable):
            at(base).read_checkout("cs_1")
        assert time.monotonic() - started < SOONEST_END_S


def test_a_gateway_that_drips_is_unavailable_within_ten_seconds():
    with talking(http(b" " * 500), drip_s=0.2) as base:
        started = time.monotonic()
        with pytest.raises(Unavailable):
            at(base).read_checkout("cs_1")
        assert time.monotonic() - started < SOONEST_END_S


def test_without_the_deadline_dripping_would_last(monkeypatch):
    """The twin: with a longer deadline the same drip is still going on after ten seconds' worth of patience."""
    monkeypatch.setattr(gateway_module, "LONGEST_ANSWER_S", 12)
    with talking(http(b" " * 500), drip_s=0.2) as base:
        started = time.monotonic()
        with pytest.raises(Unavailable):
            at(base).read_checkout("cs_1")
        assert time.monotonic() - started > SOONEST_END_S


@pytest.mark.parametrize("mode", ["down", "garbage", "error_after_charge"])
def test_a_sandbox_told_to_misbehave_is_unavailable_then_recovers_with_the_same_page(gateway, sandbox, mode):
    sandbox.misbehave(**{mode: 100})
    with pytest.raises(Unavailable):
        opened(gateway)
    sandbox.misbehave()
    if mode == "error_after_charge":
        with pytest.raises(Unavailable):  # the first answer is given again, as the protocol says
            opened(gateway)
        assert opened(gateway, "attempt-2").url
    else:
        opened(gateway)
    sessions = len(gateway.recent_sessions(dt.datetime.fromtimestamp(0, dt.UTC)))
    assert sessions == (2 if mode == "error_after_charge" else 1)


def test_a_slow_gateway_is_waited_for(gateway, sandbox):
    sandbox.misbehave(slow=400)
    started = time.monotonic()
    assert opened(gateway).url
    assert time.monotonic() - started > 0.4


def client(base: str, **more: object) -> stripe.StripeClient:
    return stripe.StripeClient(
        KEY, base_addresses={"api": base}, http_client=stripe.RequestsClient(timeout=8, session=requests.Session()), **more
    )  # type: ignore[arg-type]


CHARGE = {"amount": 5000, "currency": "cad", "payment_method": "pm_card_visa", "confirm": True}


def test_an_error_after_the_charge_then_a_retry_with_the_same_key_charges_once(base, sandbox):
    sandbox.misbehave(error_after_charge=100)
    for _ in range(3):
        with pytest.raises(stripe.APIError):
            client(base, max_network_retries=2).v1.payment_intents.create(CHARGE, {"idempotency_key": "charge-1"})
    sandbox.misbehave()
    with pytest.raises(stripe.APIError):
        client(base).v1.payment_intents.create(CHARGE, {"idempotency_key": "charge-1"})
    assert len(charges(base)) == 1


def test_without_the_key_the_same_retries_would_charge_again(base, sandbox):
    """The twin: another key each time, and the card is charged each time."""
    sandbox.misbehave(error_after_charge=100)
    for number in range(3):
        with pytest.raises(stripe.APIError):
            client(base).v1.payment_intents.create(CHARGE, {"idempotency_key": f"charge-{number}"})
    assert len(charges(base)) == 3


def test_a_person_who_pays_again_after_an_error_is_charged_once(gateway, base, sandbox):
    checkout = opened(gateway)
    sandbox.misbehave(error_after_charge=100)
    token = token_of(checkout.url)
    assert press(checkout.url, "pay", token).status_code == 500
    sandbox.misbehave()
    assert press(checkout.url, "pay", token).headers["Location"].endswith(checkout.ref)
    assert "Déjà payé" in requests.get(checkout.url, timeout=5).text
    assert len(charges(base)) == 1
    assert gateway.read_checkout(checkout.ref).status == "paid"


def test_other_facts_under_the_same_key_are_refused(base):
    client(base).v1.payment_intents.create(CHARGE, {"idempotency_key": "charge-1"})
    with pytest.raises(stripe.StripeError) as told:
        client(base).v1.payment_intents.create({**CHARGE, "amount": 4999}, {"idempotency_key": "charge-1"})
    assert told.value.http_status == 400
    assert isinstance(told.value, stripe.IdempotencyError)


def test_a_key_in_flight_is_refused_until_it_is_done(base, sandbox):
    sandbox.misbehave(slow=800)
    first = threading.Thread(target=lambda: client(base).v1.payment_intents.create(CHARGE, {"idempotency_key": "charge-1"}))
    first.start()
    time.sleep(0.3)
    with pytest.raises(stripe.StripeError) as told:
        client(base).v1.payment_intents.create(CHARGE, {"idempotency_key": "charge-1"})
    assert told.value.http_status == 409
    first.join()
    replayed = client(base).v1.payment_intents.create(CHARGE, {"idempotency_key": "charge-1"})
    assert replayed.status == "succeeded"
    assert len(charges(base)) == 1


def test_half_the_answers_may_fail_and_nobody_is_charged_twice(gateway, base, sandbox):
    """Thirty payments while half of the answers are errors: each page is charged once, and each is found paid."""
    sandbox.misbehave(error_after_charge=50, down=20)
    paid = []
    for number in range(30):
        for attempt in range(12):
            try:
                checkout = opened(gateway, f"attempt-{number}-{attempt}")
                break
            except Unavailable:
                continue
        token = token_of(checkout.url)
        while press(checkout.url, "pay", token).status_code == 500:
            pass
        paid.append(checkout.ref)
    sandbox.misbehave()
    with sandbox.store.unit() as unit:
        succeeded = [one for one in unit.every("charge") if one["status"] == "succeeded"]
    assert len(succeeded) == len(paid) == len({one["payment_intent"] for one in succeeded})
    assert {gateway.read_checkout(ref).status for ref in paid} == {"paid"}
