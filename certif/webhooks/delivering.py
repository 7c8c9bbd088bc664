"""Messages leave by jobs: each attempt outside of any unit of work, noted in another, and the next one later and later.

A message may arrive twice, where a kill fell between its arrival and the note of it: its name tells the receiver.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, exists, select

from certif.accounts import User, staff_of
from certif.kit import audit, clock, outbox
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db, let_go, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import enqueue, job, recurring
from certif.kit.languages import _l
from certif.kit.web import absolute_url
from certif.webhooks.actions import secrets_of
from certif.webhooks.messages import DELIVER
from certif.webhooks.model import End, Webhook, WebhookAttempt, WebhookHalt, WebhookMessage
from certif.webhooks.queries import is_still_theirs
from certif.webhooks.reaching import Came, post
from certif.webhooks.signing import signed_headers

PAUSES = tuple(dt.timedelta(minutes=one) for one in (1, 5, 30, 120, 300, 600, 840, 1200, 1440))
"""How long after each attempt the next one is made: ten in three days. Source: Standard Webhooks, retry schedule."""
KEPT = dt.timedelta(days=90)
GONE = 410
AGENT = "Certif-Webhooks/1"

audit.declare("webhook_halted", _l("Les envois à l’adresse « %(label)s » sont arrêtés : elle ne répond plus."), "label", "why")


@job(DELIVER, outward=True)
def deliver(message: str, by: str = SYSTEM.ref) -> None:
    """Try to deliver a message. Takes: `by`, who asked for it again; those attempts have no other after them."""
    row = db.session.scalar(select(WebhookMessage).where(WebhookMessage.ref == message))
    is_again = by != SYSTEM.ref
    if row is None or not row.webhook.is_told or (row.is_delivered and not is_again) or not is_still_theirs(row.webhook):
        return
    url, body, at = row.webhook.url, row.body.encode(), clock.now()
    try:
        headers = signed_headers(row.ref, body, at, secrets_of(row.webhook))
    except Refusal:
        headers = None
    let_go()  # nothing is held while the receiver is asked
    sent = {"Content-Type": "application/json", "User-Agent": AGENT, "Connection": "close"}
    came = Came(End.SECRET, None, 0) if headers is None else post(url, body, {**sent, **headers})
    with transaction():
        _note(row.ref, came, by, at)


def _note(ref: str, came: Came, by: str, at: dt.datetime) -> None:
    """Write what came of an attempt, and what follows from it."""
    webhook = lock(db.session.scalars(select(Webhook).join(WebhookMessage).where(WebhookMessage.ref == ref)).one())
    message = lock(db.session.scalars(select(WebhookMessage).where(WebhookMessage.ref == ref)).one())
    number = len(message.attempts) + 1
    said = {"end": came.end.value, "status": came.status, "milliseconds": came.milliseconds}
    message.attempts.append(WebhookAttempt(number=number, asked_by=by, made_at=at, **said))
    db.session.flush()
    if came.end == End.DELIVERED:
        return
    by_itself = sum(one.asked_by == SYSTEM.ref for one in message.attempts)
    if came.status == GONE:
        _halt(webhook, "gone")
    elif by == SYSTEM.ref and by_itself <= len(PAUSES):
        enqueue(DELIVER, once=f"webhook {ref} {by_itself + 1}", due_at=clock.now() + PAUSES[by_itself - 1], message=ref)
    elif by == SYSTEM.ref and not _has_answered_since(webhook, message.made_at):
        _halt(webhook, "failing")


def _has_answered_since(webhook: Webhook, since: dt.datetime) -> bool:
    theirs = WebhookMessage.webhook_id == webhook.id, WebhookAttempt.end == End.DELIVERED.value, WebhookAttempt.made_at >= since
    found = exists().where(WebhookAttempt.message_id == WebhookMessage.id, *theirs)
    return bool(db.session.scalar(select(found)))


def _halt(webhook: Webhook, why: str) -> None:
    """Send nothing there any more, and write to whoever registered it; once."""
    if not webhook.is_told:
        return
    webhook.halts.append(WebhookHalt(why=why, halted_at=clock.now()))
    audit.record("webhook_halted", webhook, by=SYSTEM, label=webhook.label, why=why)
    for person in _people(webhook):
        outbox.queue(
            "webhooks/webhook_halted", person.email, language=person.language, scope=webhook.scope, webhook=webhook, why=why,
            url=absolute_url("webhooks.show_webhook", ref=webhook.ref, language=person.language),
        )  # fmt: skip


def _people(webhook: Webhook) -> list[User]:
    """Give who is written to: whoever registered it, or those who manage the program once that person is gone."""
    return [webhook.owner] if is_still_theirs(webhook) else staff_of(webhook.program, (Role.MANAGER,))


@recurring("forget_webhook_messages", every=dt.timedelta(days=1), retention=True)
def forget_webhook_messages() -> None:
    """Forget what addresses were told, as its model says."""
    with transaction():
        old = select(WebhookMessage.id).where(WebhookMessage.made_at < clock.now() - KEPT)
        db.session.execute(delete(WebhookAttempt).where(WebhookAttempt.message_id.in_(old)))
        db.session.execute(delete(WebhookMessage).where(WebhookMessage.made_at < clock.now() - KEPT))
