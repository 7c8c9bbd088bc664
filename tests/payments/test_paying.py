"""Paying: the real library, a real socket, a person on the page."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.errors import Refusal
from certif.kit.money import Money
from certif.payments import Sandbox, StripeGateway, serving
from tests.payments.conftest import KEY, SECRET, Listener, listening, opened, press, token_of

FIFTY = Money.dollars(50)


def charges(base: str) -> list[dict]:
    listed = requests.get(f"{base}/v1/charges?limit=100", headers={"Authorization": f"Bearer {KEY}"}, timeout=5).json()
    return [one for one in listed["data"] if one["status"] == "succeeded"]


def test_a_page_that_nobody_paid_is_open(gateway):
    checkout = opened(gateway)
    told = gateway.read_checkout(checkout.ref)
    assert (told.status, told.amount, told.currency, told.order_ref, told.attempt_key) == ("open", FIFTY, "cad", "order-1", "attempt-1")
    assert told.payment_ref is None
    assert not told.livemode
    assert checkout.expires_at - clock.now() > dt.timedelta(hours=23)


def test_a_page_that_was_paid_says_how_much_and_sends_the_person_back(gateway):
    checkout = opened(gateway)
    back = press(checkout.url, "pay")
    assert back.status_code == 303
    assert back.headers["Location"] == f"http://127.0.0.1:1/certification/contribution?session={checkout.ref}"
    told = gateway.read_checkout(checkout.ref)
    assert (told.status, told.amount, told.currency) == ("paid", FIFTY, "cad")
    assert told.payment_ref
    assert told.paid_at is not None
    assert gateway.find_checkout(told.payment_ref) == told


def test_a_declined_card_pays_nothing_and_the_page_can_still_be_paid(gateway, base):
    checkout = opened(gateway)
    answer = press(checkout.url, "decline")
    assert "refusée" in answer.text
    assert gateway.read_checkout(checkout.ref).status == "open"
    press(checkout.url, "pay")
    assert gateway.read_checkout(checkout.ref).status == "paid"
    assert len(charges(base)) == 1


def test_an_abandoned_page_sends_the_person_back_and_can_still_be_paid(gateway):
    checkout = opened(gateway)
    assert press(checkout.url, "abandon").headers["Location"] == "http://127.0.0.1:1/certification/contribution"
    press(checkout.url, "pay")
    assert gateway.read_checkout(checkout.ref).status == "paid"


def test_a_page_expires_by_itself_after_a_day(gateway):
    checkout = opened(gateway)
    with clock.frozen(clock.now() + dt.timedelta(hours=25)):
        assert gateway.read_checkout(checkout.ref).status == "expired"
        assert "Page échue" in requests.get(checkout.url, timeout=5).text
    assert gateway.read_checkout(checkout.ref).status == "expired"


def test_a_page_that_we_close_cannot_be_paid(gateway, base):
    checkout = opened(gateway)
    gateway.expire_checkout(checkout.ref)
    gateway.expire_checkout(checkout.ref)
    press(checkout.url, "pay")
    assert gateway.read_checkout(checkout.ref).status == "expired"
    assert not charges(base)


def test_twenty_presses_at_once_charge_once(gateway, base):
    checkout = opened(gateway)
    barrier = threading.Barrier(20)

    def pressing() -> None:
        barrier.wait()
        press(checkout.url, "pay")

    threads = [threading.Thread(target=pressing) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(charges(base)) == 1


def test_the_same_key_opens_the_same_page(gateway):
    assert opened(gateway).ref == opened(gateway).ref


def test_another_key_opens_another_page(gateway):
    assert opened(gateway).ref != opened(gateway, "attempt-2").ref


def test_a_page_in_english_speaks_english(gateway):
    text = requests.get(opened(gateway, language="en").url, timeout=5).text
    assert '<html lang="en">' in text
    assert "$50.00" in text
    assert "Sandbox: no card is ever charged" in text


def test_hostile_words_are_shown_as_they_are(gateway):
    name = "Épicerie & fils <i> ᐃᓄᒃᑎᑐᑦ 🍎 \u202e"
    text = requests.get(opened(gateway, description=name).url, timeout=5).text
    assert "Épicerie &amp; fils &lt;i&gt; ᐃᓄᒃᑎᑐᑦ 🍎" in text


def test_the_page_needs_no_exception_to_the_strictest_policy(gateway):
    page = requests.get(opened(gateway).url, timeout=5)
    assert "default-src 'none'; style-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert "Bac à sable : aucune carte n’est débitée" in page.text


def test_a_press_that_did_not_come_from_the_page_does_nothing(gateway, base):
    checkout = opened(gateway)
    assert requests.post(checkout.url, data={"act": "pay"}, timeout=5).status_code == 400
    assert not charges(base)


def test_an_unknown_session_is_not_found(gateway):
    with pytest.raises(NotFound):
        gateway.read_checkout("cs_test_unknown")


def test_another_key_is_not_let_in(base):
    from certif.kit.errors import Unavailable

    with pytest.raises(Unavailable):
        opened(StripeGateway("sk_test_wrong", SECRET, base, is_sandbox=True))


def test_a_refund_in_parts_never_exceeds_the_payment(gateway):
    checkout = opened(gateway)
    press(checkout.url, "pay")
    payment_ref = gateway.read_checkout(checkout.ref).payment_ref
    first = gateway.refund(payment_ref, Money.dollars(20), "refund-1")
    assert first.status == "done"
    assert gateway.refund(payment_ref, Money.dollars(20), "refund-1") == first
    with pytest.raises(Refusal):
        gateway.refund(payment_ref, Money.dollars(31), "refund-2")
    gateway.refund(payment_ref, Money.dollars(30), "refund-3")
    with pytest.raises(Refusal):
        gateway.refund(payment_ref, Money(1), "refund-4")
    told = gateway.read_checkout(checkout.ref)
    assert sum(one.amount.cents for one in told.refunds) == 5000
    assert {one.key for one in told.refunds} == {"refund-1", "refund-3"}


def test_what_was_paid_is_found_when_every_notice_was_lost(gateway, sandbox, listener):
    sandbox.misbehave(lose_webhooks=1)
    since = clock.now()
    paid, left = opened(gateway), opened(gateway, "attempt-2")
    press(paid.url, "pay")
    time.sleep(0.3)
    assert not listener.notices
    assert [(one.session_ref, one.status) for one in gateway.recent_sessions(since)] == [(paid.ref, "paid"), (left.ref, "open")]


def test_many_sessions_are_all_found(gateway, sandbox):
    since = clock.now()
    with sandbox.store.unit() as unit:
        from certif.payments.sandbox import objects

        for _ in range(230):
            unit.put(objects.session({"success_url": "x"}, 5000, "cad", "http://127.0.0.1"))
    assert len(gateway.recent_sessions(since)) == 230
    assert not gateway.recent_sessions(since + dt.timedelta(hours=1))


def test_notices_are_delivered_signed_and_tried_again(gateway, listener):
    listener.refuses = 2
    checkout = opened(gateway)
    press(checkout.url, "pay")
    deadline = time.monotonic() + 10
    while len(listener.notices) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    told = [gateway.read_notice(body, signature) for body, signature in listener.notices]
    assert {one.kind for one in told} == {
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    }
    assert {one.session_ref for one in told} == {checkout.ref, None}
    assert len({one.payment_ref for one in told}) == 1


@pytest.mark.parametrize(("mode", "copies"), [({"duplicate_webhooks": 1}, 2), ({"reorder": 1}, 1), ({"delay": 300}, 1)])
def test_notices_can_come_twice_in_any_order_and_late(gateway, sandbox, listener, mode, copies):
    sandbox.misbehave(**mode)
    press(opened(gateway).url, "pay")
    deadline = time.monotonic() + 5
    while len(listener.notices) < 4 * copies and time.monotonic() < deadline:
        time.sleep(0.05)
    kinds = [gateway.read_notice(body, signature).kind for body, signature in listener.notices]
    assert sorted(kinds) == sorted([*set(kinds)] * copies)
    assert len(set(kinds)) == 4


def test_killed_and_started_again_the_sandbox_remembers(tmp_path: Path):
    with listening(Listener()) as one:
        make = lambda: Sandbox(tmp_path / "s.sqlite3", key=KEY, webhook_secret=SECRET, webhook_url=one.url)  # noqa: E731
        with serving(make()) as base:
            checkout = opened(StripeGateway(KEY, SECRET, base, is_sandbox=True))
        with serving(make()) as base:
            gateway = StripeGateway(KEY, SECRET, base, is_sandbox=True)
            assert gateway.read_checkout(checkout.ref).status == "open"
            press(f"{base}/c/pay/{checkout.ref}", "pay")
        with serving(make()) as base:
            assert StripeGateway(KEY, SECRET, base, is_sandbox=True).read_checkout(checkout.ref).status == "paid"


SERVER = """
import sys
from pathlib import Path
from werkzeug.serving import make_server
from certif.payments import Sandbox
sandbox = Sandbox(Path(sys.argv[1]), key=sys.argv[2], webhook_secret="whsec")
server = make_server("127.0.0.1", 0, sandbox, threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
"""


@contextmanager
def a_process(path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(path), KEY], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}", process
        finally:
            process.kill()


def test_killed_while_people_pay_nothing_acknowledged_is_lost_and_nobody_is_charged_twice(tmp_path: Path):
    acknowledged = []
    for round_number in range(4):
        with a_process(tmp_path / "s.sqlite3") as (base, process):
            gateway = StripeGateway(KEY, SECRET, base, is_sandbox=True)
            refs = [opened(gateway, f"attempt-{round_number}-{number}").ref for number in range(10)]
            pages = [(ref, token_of(f"{base}/c/pay/{ref}")) for ref in refs]
            threading.Timer(0.05, process.kill).start()
            for ref, token in pages:
                try:
                    if press(f"{base}/c/pay/{ref}", "pay", token).status_code == 303:
                        acknowledged.append(ref)
                except requests.ConnectionError:
                    break
    with a_process(tmp_path / "s.sqlite3") as (base, _process):
        gateway = StripeGateway(KEY, SECRET, base, is_sandbox=True)
        assert {gateway.read_checkout(ref).status for ref in acknowledged} <= {"paid"}
        paid = [one for one in gateway.recent_sessions(clock.now() - dt.timedelta(hours=1)) if one.status == "paid"]
        assert len(acknowledged) <= len(paid) == len(charges(base)) <= 40
