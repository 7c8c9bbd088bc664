"""Webhooks follow the journal, as the directory does: no act knows of them, and nothing is told that was not committed.

What happens within a few seconds to the same row is one message: it says what changed, and whoever receives it reads the row anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from certif.campaigns import Campaign
from certif.galas import Gala, GalaCampaign
from certif.kit.db import db, transaction
from certif.kit.following import AT_ONCE, entries_after, hold_mark, last_entry
from certif.kit.jobs import recurring
from certif.portraits import PortraitRelease
from certif.selections import Laureate
from certif.webhooks.kinds import TOLD, Kind
from certif.webhooks.messages import of_gala, of_release, write_message
from certif.webhooks.model import Webhook
from certif.webhooks.queries import is_still_theirs

EVERY = dt.timedelta(seconds=10)
MARK = "webhooks"


@dataclass
class _Change:
    """What happened to one row since the last mark."""

    entry: int
    at: dt.datetime
    words: set[str] = field(default_factory=set)


@recurring("fold_webhooks", every=EVERY)
def fold() -> None:
    """Tell addresses what the journal says since."""
    while _fold_some():
        pass


def _fold_some() -> bool:
    """Read some entries of the journal. Gives: whether there may be more."""
    with transaction():
        mark = hold_mark(MARK, first=last_entry())  # the first time: nothing of before is told
        entries = entries_after(mark)
        if entries:
            for (kind, subject), change in _changes(entries).items():
                _tell(kind, subject, change)
            mark.entry_id = entries[-1].id
    return len(entries) == AT_ONCE


def _changes(entries: Iterable[Any]) -> dict[tuple[Kind, Gala | PortraitRelease], _Change]:
    found: dict[tuple[Kind, Gala | PortraitRelease], _Change] = {}
    for entry in entries:
        if entry.event not in TOLD:
            continue
        kind, word = TOLD[entry.event]
        for subject in _subjects(entry.subject):
            change = found.setdefault((kind, subject), _Change(entry.id, entry.at))
            change.entry, change.at = entry.id, entry.at
            change.words.add(word)
    return found


def _subjects(name: str) -> Iterator[Gala | PortraitRelease]:
    """Give the rows that an entry lets others read anew."""
    kind, ref = name.split(":", 1)
    if kind == "PortraitRelease":
        yield from db.session.scalars(select(PortraitRelease).where(PortraitRelease.ref == ref))
    elif kind == "Gala":
        yield from db.session.scalars(select(Gala).where(Gala.ref == ref))
    elif kind in {"Campaign", "Laureate"}:
        named = select(Campaign.id).where(Campaign.ref == ref)
        of_laureate = select(Laureate.campaign_id).where(Laureate.ref == ref)
        honoured = select(GalaCampaign.gala_id).where(GalaCampaign.campaign_id.in_(named if kind == "Campaign" else of_laureate))
        yield from db.session.scalars(select(Gala).where(Gala.id.in_(honoured)).order_by(Gala.id))


def _tell(kind: Kind, subject: Gala | PortraitRelease, change: _Change) -> None:
    gala = subject if isinstance(subject, Gala) else None
    is_hidden = kind == Kind.LAUREATES_CHANGED and gala is not None and gala.is_under_embargo
    data = of_gala(gala, kind, change.words) if gala else of_release(subject, change.words)  # type: ignore[arg-type]
    for webhook in _listening(kind, subject.program_id, gala):
        if (webhook.sees_embargoed or not is_hidden) and webhook.registered_at <= change.at and is_still_theirs(webhook):
            write_message(webhook, kind, subject, data, at=change.at, entry=change.entry)


def _listening(kind: Kind, program_id: int, gala: Gala | None) -> list[Webhook]:
    of_all = Webhook.gala_id.is_(None)
    mine = of_all if gala is None else or_(of_all, Webhook.gala_id == gala.id)
    found = select(Webhook).where(Webhook.program_id == program_id, mine, Webhook.ended_at.is_(None)).order_by(Webhook.id)
    return [one for one in db.session.scalars(found) if kind.value in one.kinds and one.is_told]
