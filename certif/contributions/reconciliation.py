"""What the gateway knows and we do not: notices that never came, answers that were lost, pages left open."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif import payments
from certif.contributions import cards
from certif.contributions.model import CheckoutAttempt, Refund
from certif.contributions.queries import open_attempts, unanswered_refunds
from certif.contributions.refunds import complete_refund
from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.kit.jobs import job, recurring

EVERY = dt.timedelta(minutes=10)
_CLOCKS_DIFFER = dt.timedelta(minutes=5)
_LONGEST_PAGE = dt.timedelta(hours=25)


@recurring("reconcile_contributions", every=EVERY)
def reconcile_contributions() -> None:
    """Find at the gateway what was paid although no notice came, and what was asked although no answer came. Idle, it asks nothing."""
    with transaction():
        waiting = open_attempts()
        since = waiting[0].opened_at - _CLOCKS_DIFFER if waiting else None
        ours = {attempt.session_ref for attempt in waiting} | {attempt.idempotency_key for attempt in waiting}
        refund_ids = [refund.id for refund in unanswered_refunds()]
    if since is not None:
        ended = [one for one in payments.recent_sessions(since) if one.status != "open" and {one.session_ref, one.attempt_key} & ours]
        for one in ended:
            with transaction():
                cards.fulfil(one.session_ref, by=SYSTEM)
        _close_old_pages()
    for refund_id in refund_ids:
        with transaction():
            complete_refund(db.session.get_one(Refund, refund_id), by=SYSTEM)


@job("close_checkout_page")
def close_checkout_page(attempt: str) -> None:
    """Close a page at the gateway that nobody should pay any more; when it was paid in the meantime, keep that."""
    with transaction():
        row = db.session.scalar(select(CheckoutAttempt).where(CheckoutAttempt.ref == attempt))
        session_ref = row.session_ref if row is not None and row.closed_at is None else None
    if session_ref is None:
        return
    try:
        payments.expire_checkout(session_ref)
    except NotFound:
        return  # the gateway forgot it: it cannot be paid
    with transaction():
        cards.fulfil(session_ref, by=SYSTEM)


def _close_old_pages() -> None:
    """Stop waiting for pages that can no longer be paid, and that the gateway did not speak of."""
    with transaction():
        for attempt in open_attempts():
            if clock.now() > attempt.opened_at + _LONGEST_PAGE:
                attempt.closed_at = clock.now()
