"""Questions about signs of stuffing: of one boss, with its picture; and of a contest, those kept by a job that looks at what is new."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, false, select, tuple_

from certif.campaigns import Campaign
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db, transaction
from certif.kit.inserting import insert_into, insert_new
from certif.kit.jobs import recurring
from certif.kit.paging import PAGE, Slice
from certif.nominations.boss_queries import seen_mrcs
from certif.nominations.desk_model import BossSign, SignWatch
from certif.nominations.model import Boss, Nomination, NominationTrace, NominatorContact
from certif.nominations.signs_finding import Finding, Trace, find_signs
from certif.territory import Mrc

MOST_DRAWN, _MOST_READ = 60, 500
_BEHIND = dt.timedelta(minutes=5)
_LOOKED_AT = dt.timedelta(days=45)
_BATCH = 200


@dataclass(frozen=True)
class Traced:
    """A nomination of a boss, with what is known of how it came."""

    nomination: Nomination
    trace: Trace


def traced_of(boss: Boss) -> list[Traced]:
    """Give the last nominations of a boss, in the order in which they came, 500 at most; those that were withdrawn aside."""
    found = (
        select(Nomination, NominationTrace.network_digest, NominationTrace.words_digest, NominatorContact.email)
        .outerjoin(NominationTrace, NominationTrace.nomination_id == Nomination.id)
        .outerjoin(NominatorContact, NominatorContact.nomination_id == Nomination.id)
        .where(Nomination.boss_id == boss.id)
        .order_by(Nomination.nominated_at.desc(), Nomination.id.desc())
        .limit(_MOST_READ)
    )
    rows = [row for row in reversed(db.session.execute(found).all()) if row.Nomination.withdrawal is None]
    return [Traced(row.Nomination, _trace(number, row)) for number, row in enumerate(rows, 1)]


def signs_of(traced: Sequence[Traced]) -> Finding:
    """Give what these nominations share."""
    return find_signs([one.trace for one in traced])


def suspects_of(campaign: Campaign, actor: Actor, after: str | None) -> Slice[Any]:
    """Give the bosses of a contest that show signs, those with the most nominations first: rows of a `BossSign`, its `Boss`, its `mrc`."""
    found = (
        select(BossSign, Boss, Mrc.name.label("mrc"))
        .join(Boss, Boss.id == BossSign.boss_id)
        .join(Mrc, Mrc.id == Boss.mrc_id)
        .where(BossSign.campaign_id == campaign.id, *_seen(actor, campaign))
        .order_by(BossSign.count.desc(), BossSign.boss_id.desc(), BossSign.kind.desc())
    )
    here = _read_place(campaign, after)
    if here is not None:
        found = found.where(tuple_(BossSign.count, BossSign.boss_id, BossSign.kind) < here)
    rows = db.session.execute(found.limit(PAGE + 1)).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Slice(rows[:PAGE], f"{last.BossSign.kind}.{last.Boss.ref}" if last is not None else None)


@recurring("watch_signs", every=dt.timedelta(minutes=10))
def watch_signs() -> None:
    """Look at the bosses that were named since the last time, in the contests that run or have just ended."""
    recent = select(Campaign.id).where(Campaign.closes_on >= clock.today() - _LOOKED_AT, Campaign.published_at.is_not(None))
    for campaign_id in db.session.scalars(recent).all():
        _watch(campaign_id)


def note_signs(boss: Boss) -> Finding:
    """Keep what the nominations of a boss show, in place of what was kept."""
    finding = signs_of(traced_of(boss))
    most: Counter[str] = Counter()
    for sign in finding.signs:
        most[sign.kind.value] = max(most[sign.kind.value], len(sign.numbers))
    db.session.execute(delete(BossSign).where(BossSign.boss_id == boss.id))
    rows = [{"boss_id": boss.id, "kind": kind, "campaign_id": boss.campaign_id, "count": count} for kind, count in most.items()]
    insert_new(BossSign, rows, BossSign.boss_id)
    return finding


def _watch(campaign_id: int) -> None:
    at = clock.now() - _BEHIND  # what is being written now is looked at the next time
    with transaction():
        since = db.session.scalar(select(SignWatch.watched_until).where(SignWatch.campaign_id == campaign_id))
    named = select(Nomination.boss_id).where(Nomination.campaign_id == campaign_id, Nomination.nominated_at <= at).distinct()
    ids = sorted(db.session.scalars(named.where(Nomination.nominated_at > since) if since is not None else named))
    for first in range(0, len(ids), _BATCH):
        with transaction():
            for boss in db.session.scalars(select(Boss).where(Boss.id.in_(ids[first : first + _BATCH]))).all():
                note_signs(boss)
    with transaction():
        row = {"campaign_id": campaign_id, "watched_until": at}
        insert = insert_into(SignWatch)
        db.session.execute(
            insert.values(**row).on_conflict_do_update(index_elements=["campaign_id"], set_={"watched_until": at})
        )  # fmt: skip


def _trace(number: int, row: Any) -> Trace:
    said, domain = row.Nomination, (row.email or "").rpartition("@")[2].lower()
    return Trace(number, said.nominated_at, said.way, said.school, row.network_digest or "", row.words_digest or "", domain)


def _seen(actor: Actor, campaign: Campaign) -> list[ColumnElement[bool]]:
    mrcs = seen_mrcs(actor, campaign.program_id)
    return [] if mrcs is None else [Boss.mrc_id.in_(mrcs) if mrcs else false()]


def _read_place(campaign: Campaign, after: str | None) -> tuple[int, int, str] | None:
    kind, _dot, ref = (after or "").partition(".")
    wanted = select(BossSign.count, BossSign.boss_id, BossSign.kind).join(Boss, Boss.id == BossSign.boss_id)
    row = db.session.execute(wanted.where(Boss.ref == ref, BossSign.kind == kind, BossSign.campaign_id == campaign.id)).first()
    return (row[0], row[1], row[2]) if row is not None else None
