"""What an address is told: which row may be read anew, and where. Never a name, an answer or a figure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from certif.galas import Gala
from certif.kit import clock, tokens
from certif.kit.inserting import insert_new
from certif.kit.jobs import enqueue
from certif.kit.web import absolute_url
from certif.portraits import PortraitRelease
from certif.webhooks.kinds import Kind
from certif.webhooks.model import Webhook, WebhookMessage

DELIVER = "deliver_webhook"


def of_gala(gala: Gala, kind: Kind, changed: Iterable[str]) -> dict[str, Any]:
    """Say that something of a gala may be read anew."""
    name = "api.read_gala" if kind == Kind.GALA_CHANGED else "api.read_laureates"
    return {"program": gala.program.slug, "gala": gala.ref, "changed": sorted(set(changed)), "url": absolute_url(name, ref=gala.ref)}


def of_release(release: PortraitRelease, changed: Iterable[str]) -> dict[str, Any]:
    """Say that a portrait may be read anew."""
    program = release.program
    asked = {"region": program.region.code, "annee": release.school_year, "programme": program.slug}
    return {
        "program": program.slug, "school_year": release.school_year, "release": release.number, "changed": sorted(set(changed)),
        "url": absolute_url("portraits.export_json", **asked),
    }  # fmt: skip


def write_message(
    webhook: Webhook, kind: Kind, about: Gala | PortraitRelease | Webhook, data: dict[str, Any], *, at: dt.datetime, entry: int | None
) -> str | None:
    """Tell an address of something, in this unit of work; it is sent once that is committed.

    Takes: `about`, the row it speaks of; `at`, when that happened; `entry`, the entry of the journal that says so, None for a test.
    Gives: the name of the message; None where it was told before.
    """
    body = json.dumps({"type": kind.value, "timestamp": at.isoformat(), "data": data}, ensure_ascii=False)
    row = {
        "ref": tokens.ref(), "webhook_id": webhook.id, "entry_id": entry, "kind": kind.value,
        "subject": f"{type(about).__name__}:{about.ref}", "body": body, "made_at": clock.now(),
    }  # fmt: skip
    made = insert_new(WebhookMessage, [row], WebhookMessage.ref)
    if made:
        enqueue(DELIVER, once=f"webhook {made[0]} 1", message=made[0])
    return made[0] if made else None
