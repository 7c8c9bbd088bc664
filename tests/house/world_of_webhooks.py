"""What stands behind the doors of addresses to tell: one of a gala, and a message that it was sent."""

from __future__ import annotations

import dataclasses
from typing import Any

from certif.kit.db import db
from certif.programs import Program
from certif.webhooks import WebhookMessage
from certif.webhooks.actions import try_webhook
from tests.factories import make_user, unit
from tests.galas.making import BOSS, make_gala
from tests.webhooks.receiving import make_webhook


def told(program: Program, secret: str) -> dict[str, dict[str, Any]]:
    """An evening that tells an address, by its organiser."""
    gala = make_gala(program, name_fr=f"Gala de {secret}")
    keeper = make_user()
    webhook, _secret = make_webhook(gala, "https://192.88.98.1/avis", by=dataclasses.replace(BOSS, user_id=keeper.id))
    with unit():
        try_webhook(webhook, by=BOSS)
    message = db.session.query(WebhookMessage).filter_by(webhook_id=webhook.id).one()
    of_the_gala = {f"webhooks.{name}": {"ref": gala.ref} for name in ("list_of_gala", "register_for_gala")}
    return {"webhooks.*": {"ref": webhook.ref, "slug": program.slug}, "webhooks.send_again": {"ref": message.ref}, **of_the_gala}
