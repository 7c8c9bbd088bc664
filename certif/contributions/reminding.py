"""Whoever opened a page at the gateway and left it without paying is written to, once, some hours later."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from certif.contributions.gateway_model import CheckoutReminder
from certif.contributions.model import CheckoutAttempt, Contribution, Payment
from certif.kit import audit, clock, outbox
from certif.kit.access import SYSTEM
from certif.kit.db import db, lock, transaction
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _l

audit.declare("checkout_reminded", _l("Un rappel a été envoyé : la page de paiement avait été ouverte, puis quittée."))

PATIENCE = dt.timedelta(hours=4)
TOO_LATE = dt.timedelta(hours=72)
"""After that the person has gone on to something else; staff may still remind them."""


@recurring("remind_abandoned_checkouts", every=dt.timedelta(minutes=30))
def remind_abandoned_checkouts() -> None:
    """Write to those who left the page of the gateway without paying: the last page that was opened counts, and each contribution once."""
    with transaction():
        waiting = abandoned()
    for attempt_id in waiting:
        with transaction():
            _remind(db.session.get_one(CheckoutAttempt, attempt_id))


def abandoned() -> list[int]:
    """Give the attempts that ended nowhere, the oldest first."""
    later = aliased(CheckoutAttempt)
    opened_again = exists().where(later.contribution_id == CheckoutAttempt.contribution_id, later.id > CheckoutAttempt.id)
    reminded = exists().where(CheckoutReminder.contribution_id == CheckoutAttempt.contribution_id)
    found = (
        select(CheckoutAttempt.id)
        .join(Contribution, Contribution.id == CheckoutAttempt.contribution_id)
        .where(CheckoutAttempt.opened_at <= clock.now() - PATIENCE, CheckoutAttempt.opened_at > clock.now() - TOO_LATE)
        .where(CheckoutAttempt.session_ref.is_not(None), ~Contribution.is_settled)
        .where(~exists().where(Payment.contribution_id == Contribution.id).correlate(Contribution))  # what was given back is no forgetting
        .where(~opened_again.correlate(CheckoutAttempt), ~reminded.correlate(CheckoutAttempt))
    )
    return list(db.session.scalars(found.order_by(CheckoutAttempt.id)))


def _remind(attempt: CheckoutAttempt) -> None:
    contribution = lock(attempt.contribution)
    if contribution.is_settled:
        return  # paid in the meantime
    row = {"contribution_id": contribution.id, "attempt_id": attempt.id, "reminded_at": clock.now()}
    if insert_new(CheckoutReminder, [row], CheckoutReminder.id):
        audit.record("checkout_reminded", contribution, by=SYSTEM)
        outbox.queue(
            "contributions/checkout_abandoned", attempt.email, language=attempt.language, scope=contribution.scope,
            contribution=contribution, url=attempt.back_url,
        )  # fmt: skip
