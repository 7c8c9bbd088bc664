"""Paying in tests: by hand, as staff record it, or by card, at the sandbox on a real loopback socket, as a person clicks through it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from certif import contributions, payments
from certif.contributions import Contribution, Payment
from certif.kit import clock
from certif.kit.access import Actor
from certif.payments import Sandbox
from certif.programs import PaymentMethod
from tests.pages import Page, Visitor


def by_cheque(contribution: Contribution, *, by: Actor, number: str = "101") -> Payment:
    """Record a cheque that came today."""
    return contributions.record_offline_payment(
        contribution, method=PaymentMethod.CHEQUE, received_on=clock.today(), reference=number, by=by
    )


@contextmanager
def a_till(app: Flask) -> Iterator[Sandbox]:
    """Serve the sandbox of this application on a socket of its own, and let the application reach it there.

    Its pages are clicked through at the application's own address: both share one file. No notice is delivered unless a test does it.
    """
    before = app.config["SETTINGS"]
    sandbox = payments.sandbox_for(before)
    assert sandbox is not None
    sandbox.misbehave(lose_webhooks=1)
    with payments.serving(sandbox) as address:
        app.config["SETTINGS"] = dataclasses.replace(before, stripe_api_base=address)
        try:
            yield sandbox
        finally:
            app.config["SETTINGS"] = before


def by_card(visitor: Visitor, page: Page, *, press: str = "pay") -> Page:
    """From the page of the gateway, press a button and come back."""
    return page.fill(press)
