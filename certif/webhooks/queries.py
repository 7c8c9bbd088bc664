"""Questions about webhooks: whose they are, and what each was told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, true
from werkzeug.exceptions import NotFound

from certif.accounts import actor_of, staff_of
from certif.galas import PREPARERS, Gala, gala_of, organises
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.programs import Program
from certif.webhooks.model import Webhook, WebhookMessage

KEEPERS = (Role.ADMIN, Role.MANAGER)
"""Who registers the addresses of a whole program."""


def webhook_of(actor: Actor, ref: str) -> Webhook:
    """Give a webhook to those who keep it: of a gala, whoever prepares it; of a program, whoever manages it. Refuses (404) any other."""
    found = db.session.scalar(select(Webhook).where(Webhook.ref == ref))
    if found is None:
        raise NotFound
    if found.gala is not None:
        gala_of(actor, found.gala.ref)
    elif not actor.holds(found.program_id, *KEEPERS):
        raise NotFound
    return found


def message_of(actor: Actor, ref: str) -> WebhookMessage:
    """Give a message to those who keep its webhook. Refuses (404) any other."""
    found = db.session.scalar(select(WebhookMessage).where(WebhookMessage.ref == ref))
    if found is None:
        raise NotFound
    webhook_of(actor, found.webhook.ref)
    return found


def webhooks_of_gala(gala: Gala) -> Sequence[Webhook]:
    """Give the addresses that a gala tells, those removed left out, the oldest first."""
    mine = Webhook.gala_id == gala.id, Webhook.ended_at.is_(None)
    return db.session.scalars(select(Webhook).where(*mine).order_by(Webhook.id)).all()


def webhooks_kept_by(actor: Actor, after: str | None) -> Slice[Webhook]:
    """Give the addresses told by this person’s programs and by their galas, the newest first."""
    held = actor.program_ids(*KEEPERS)
    mine = Webhook.program_id.in_(held) if held is not None else true()
    found = select(Webhook, Webhook.registered_at.label("since"), Webhook.ref).where(mine, Webhook.ended_at.is_(None))
    page = cut(found, Webhook.registered_at.expression, Webhook.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Webhook for row in page.rows], page.next)


def messages_of(webhook: Webhook, after: str | None) -> Slice[WebhookMessage]:
    """Give a page of what an address was told, the newest first."""
    found = select(WebhookMessage, WebhookMessage.made_at.label("since"), WebhookMessage.ref).where(WebhookMessage.webhook_id == webhook.id)
    page = cut(found, WebhookMessage.made_at.expression, WebhookMessage.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.WebhookMessage for row in page.rows], page.next)


def count_standing(program: Program, gala: Gala | None) -> int:
    """Count the addresses of a gala, or those of a whole program."""
    mine = Webhook.gala_id == gala.id if gala else Webhook.gala_id.is_(None)
    found = select(func.count()).select_from(Webhook).where(Webhook.program_id == program.id, mine, Webhook.ended_at.is_(None))
    return db.session.scalar(found) or 0


def is_still_theirs(webhook: Webhook) -> bool:
    """Whether whoever registered it could still do so today: it tells nothing on behalf of someone who left."""
    owner, gala = webhook.owner, webhook.gala
    if owner.disabled_at is not None:
        return False
    team = staff_of(webhook.program, PREPARERS if gala else KEEPERS)
    return owner in team or (gala is not None and organises(actor_of(owner), gala))
