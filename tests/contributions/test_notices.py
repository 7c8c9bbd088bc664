"""The gateway's notices, as they come by the web: what is forged is not heard, what is genuine has its effect once."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif import contributions, payments
from certif.app import create_app
from certif.contributions import Contribution, GatewayEvent, Payment, Receipt
from certif.kit import clock
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.payments.sandbox import objects
from tests import paying
from tests.contributions.conftest import ask
from tests.contributions.test_cards import fresh, pay, start
from tests.databases import FILLED, scratch_database, settings_for
from tests.factories import make_program

ADDRESS = "/paiements/avis"


def event(session_ref: str, **changes) -> bytes:
    """Write what the gateway would say when a session is paid."""
    thing = {"object": "checkout.session", "id": session_ref, "payment_status": "paid", "amount_total": 5000, "currency": "cad"}
    return json.dumps({**objects.event("checkout.session.completed", thing, None, None), **changes}, indent=2).encode()


def now() -> int:
    return int(clock.now().timestamp())


def signed(body: bytes, app: Flask, at: int | None = None, secret: str | None = None) -> str:
    gateway = payments.gateway_for(app.config["SETTINGS"])
    return payments.sign(body, secret or gateway.webhook_secret, now() if at is None else at)


def post(app: Flask, body: bytes, signature: str, **headers: str) -> int:
    db.session.rollback()
    headers = {"Stripe-Signature": signature, "Content-Type": "application/json; charset=utf-8", **headers}
    return app.test_client().post(ADDRESS, data=body, headers=headers, base_url="http://127.0.0.1:8000").status_code


@pytest.fixture
def paid(dues: Contribution, till) -> Contribution:
    """Somebody paid, and we have not heard of it."""
    pay(till, start(dues))
    return dues


def test_a_genuine_notice_pays_once_however_often_it_comes(app, paid):
    body = event(paid.attempts[0].session_ref)
    assert [post(app, body, signed(body, app)) for _ in range(3)] == [204, 204, 204]
    assert len(fresh(paid).payments) == 1


FORGED = {
    "unsigned": lambda body, app: (body, ""),
    "wrong secret": lambda body, app: (body, signed(body, app, secret="whsec_other")),
    "late": lambda body, app: (body, signed(body, app, now() - 301)),
    "early": lambda body, app: (body, signed(body, app, now() + 302)),
    "v0": lambda body, app: (body, signed(body, app).replace("v1=", "v0=")),
    "two v1": lambda body, app: (body, f"t={now()},v1={'0' * 64},v1={'1' * 64}"),
    "serialised again": lambda body, app: (json.dumps(json.loads(body)).encode(), signed(body, app)),
    "gzip": lambda body, app: (gzip.compress(body), signed(body, app)),
    "2 MB": lambda body, app: (body + b" " * 2_000_000, signed(body + b" " * 2_000_000, app)),
    "live": lambda body, app: (live := body.replace(b'"livemode": false', b'"livemode": true'), signed(live, app)),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_notice_is_refused_and_nothing_is_paid(app, paid, name):
    assert post(app, *FORGED[name](event(paid.attempts[0].session_ref), app)) in {400, 413}
    assert not fresh(paid).payments
    assert db.session.scalar(select(GatewayEvent.id)) is None


def test_without_the_signature_check_the_forged_one_would_pay(app, paid, monkeypatch):
    """The twin: with the comparison off, the same forged notice pays, since the money is really there."""
    monkeypatch.setattr("hmac.compare_digest", lambda one, other: True)
    assert post(app, *FORGED["wrong secret"](event(paid.attempts[0].session_ref), app)) == 204
    assert len(fresh(paid).payments) == 1


def test_a_notice_that_lies_is_not_believed(app, dues, till):
    body = event(start(dues).session_ref)
    assert post(app, body, signed(body, app)) == 204
    assert not fresh(dues).payments


def test_a_gateway_that_is_down_makes_the_notice_come_again(app, paid, till):
    body = event(paid.attempts[0].session_ref)
    till.misbehave(down=100)
    assert post(app, body, signed(body, app)) == 503
    assert db.session.scalar(select(GatewayEvent.id)) is None
    till.misbehave(lose_webhooks=1)
    assert post(app, body, signed(body, app)) == 204
    assert len(fresh(paid).payments) == 1


def test_a_notice_is_only_posted_and_has_one_address(app, dues):
    assert app.test_client().get(ADDRESS, base_url="http://127.0.0.1:8000").status_code == 405
    assert app.test_client().post("/en" + ADDRESS, base_url="http://127.0.0.1:8000").status_code in {404, 405}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """An application whose database is its own, so that several requests may race."""
    with scratch_database(tmp_path, FILLED) as url:
        app = create_app(settings_for(url, tmp_path, PORT="8000"))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.mark.parametrize("is_the_same", [True, False])
def test_fifty_notices_at_once_make_one_payment_one_receipt_one_letter(site, is_the_same):
    with paying.a_till(site) as till:
        dues = ask(make_program())
        pay(till, start(dues))
        session_ref = dues.attempts[0].session_ref
        same = event(session_ref)
        db.session.remove()
        statuses: list[int] = []
        barrier = threading.Barrier(50)

        def give_notice() -> None:
            body = same if is_the_same else event(session_ref)
            signature = signed(body, site)
            barrier.wait()
            with site.app_context():
                statuses.append(post(site, body, signature))
                db.session.remove()

        threads = [threading.Thread(target=give_notice) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(statuses) <= {204, 503}, statuses
    assert 204 in statuses
    counts = [db.session.scalar(select(func.count()).select_from(table)) for table in (Payment, Receipt)]
    assert counts == [1, 1]
    sent = select(func.count()).select_from(Letter).where(Letter.name == "contributions/contribution_received")
    assert db.session.scalar(sent) == 1
    db.session.rollback()
    with paying.a_till(site):
        contributions.reconcile_contributions()
    assert db.session.scalar(select(func.count()).select_from(Payment)) == 1
