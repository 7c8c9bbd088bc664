"""Questions about what is known of a person, by their address."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, select
from werkzeug.exceptions import NotFound

from certif.accounts import folded_email
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.privacy.holdings import HOLDINGS, Holding
from certif.privacy.model import PrivacyRequest

MOST = 50
"""How many rows of one table are shown; all of them are in the copy."""


@dataclass(frozen=True)
class Found:
    """What one table knows of a person: how many rows, and the newest of them, as (column, value) pairs."""

    holding: Holding
    count: int
    rows: Sequence[Sequence[tuple[str, Any]]]


def table_of(holding: Holding) -> Table:
    """Give the table of a holding."""
    return db.metadata.tables[holding.table]


def held_of(email: str, *, most: int | None = MOST) -> list[Found]:
    """Give what is known of the person at an address, table by table."""
    found = []
    for holding in HOLDINGS:
        table = table_of(holding)
        here = func.lower(table.c[holding.address]) == folded_email(email)
        count = db.session.scalar(select(func.count()).select_from(table).where(here)) or 0
        if count:
            columns = [table.c[name] for name in holding.told]
            rows = db.session.execute(select(*columns).where(here).order_by(table.c.id.desc()).limit(most)).all()
            found.append(Found(holding, count, [list(zip(holding.told, row, strict=True)) for row in rows]))
    return found


def copy_of(email: str) -> str:
    """Give everything that is known of the person at an address, as JSON: one list a table, in words and in columns."""
    told = {
        one.holding.table: {
            "what": str(one.holding.label),
            "why": str(one.holding.why),
            "rows": [{name: _plain(value) for name, value in row} for row in one.rows],
        }
        for one in held_of(email, most=None)
    }
    return json.dumps({"address": folded_email(email), "on": clock.now().isoformat(), "held": told}, ensure_ascii=False, indent=2)


def requests_of(actor: Actor) -> Sequence[PrivacyRequest]:
    """Give what somebody asked, the newest first."""
    mine = select(PrivacyRequest).where(PrivacyRequest.user_id == actor.user_id)
    return db.session.scalars(mine.order_by(PrivacyRequest.time.desc())).all()


def waiting_requests() -> Sequence[PrivacyRequest]:
    """Give the requests that wait for an answer, those due first."""
    waiting = select(PrivacyRequest).where(PrivacyRequest.answered_at.is_(None))
    return db.session.scalars(waiting.order_by(PrivacyRequest.asked_at).limit(200)).all()


def request_named(ref: str) -> PrivacyRequest:
    """Give a request. Refuses (404) one that is not there."""
    found = db.session.scalar(select(PrivacyRequest).where(PrivacyRequest.ref == ref))
    if found is None:
        raise NotFound
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime | dt.date) else value
