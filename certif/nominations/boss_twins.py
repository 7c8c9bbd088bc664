"""Bosses that may be one are found beside the requests, each once: it is compared with the few that share a key with it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased, joinedload

from certif.campaigns import Campaign
from certif.employers import Banner, Employer, Establishment
from certif.kit.access import Actor
from certif.kit.db import db, transaction
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.paging import PAGE, Slice
from certif.nominations.boss_likeness import LEAST_SCORE, Likened, keys_of, likeness
from certif.nominations.boss_queries import is_merged, seen_mrcs
from certif.nominations.desk_model import BossApart, BossKey, BossTwin, pair_of
from certif.nominations.model import Boss

_BATCH, _LATE, _SHARING, _COMPARED = 100, 500, 30, 30
"""How many bosses a unit of work takes; how far back one saved late is looked for; how many are read of a key; how many are compared."""


@recurring("find_twins", every=dt.timedelta(minutes=1))
def find_twins() -> None:
    """Compare the bosses that were not compared yet."""
    while True:
        with transaction():
            newest = db.session.scalar(select(func.max(BossKey.boss_id))) or 0
            is_known = exists().where(BossKey.boss_id == Boss.id)
            waiting = select(Boss).where(Boss.id > newest - _LATE, ~is_known).order_by(Boss.id).limit(_BATCH)
            found = db.session.scalars(waiting).all()
            for boss in found:
                compare(boss)
        if len(found) < _BATCH:
            return


def compare(boss: Boss) -> None:
    """Find the bosses that may be the same as one, anew: what was found before is forgotten."""
    forget_twins(boss)
    db.session.execute(delete(BossKey).where(BossKey.boss_id == boss.id))
    this = _likened([boss])[boss.id]
    keys = sorted(keys_of(this))
    db.session.flush()
    insert_new(BossKey, [{"boss_id": boss.id, "key": key, "campaign_id": boss.campaign_id} for key in keys], BossKey.key)
    others = _sharing(boss, keys)
    likened = _likened(others)
    rows: list[dict[str, Any]] = []
    for other in others:
        score, reasons = likeness(this, likened[other.id])
        if score >= LEAST_SCORE and not _is_apart(boss, other):
            rows.append({"campaign_id": boss.campaign_id, **pair_of(boss, other), "score": score, "reasons": reasons})
    insert_new(BossTwin, rows, BossTwin.id)


def forget_twins(boss: Boss, other: Boss | None = None) -> None:
    """Show a boss no more beside those that it looks like; or beside one of them."""
    mine = or_(BossTwin.one_id == boss.id, BossTwin.other_id == boss.id)
    if other is not None:
        pair = pair_of(boss, other)
        mine = and_(BossTwin.one_id == pair["one_id"], BossTwin.other_id == pair["other_id"])
    db.session.execute(delete(BossTwin).where(mine))


def twins_of(campaign: Campaign, actor: Actor, after: str | None) -> Slice[BossTwin]:
    """Give the pairs that may be one, the likeliest first; both where this person has a say. `after`: the cursor of the page before."""
    found = (
        select(BossTwin)
        .options(joinedload(BossTwin.one).joinedload(Boss.mrc), joinedload(BossTwin.other).joinedload(Boss.mrc))
        .where(BossTwin.campaign_id == campaign.id)
        .order_by(BossTwin.score.desc(), BossTwin.id.desc())
    )
    mrcs = seen_mrcs(actor, campaign.program_id)
    if mrcs is not None:
        inside = select(Boss.id).where(Boss.mrc_id.in_(mrcs))
        found = found.where(BossTwin.one_id.in_(inside), BossTwin.other_id.in_(inside))
    here = _read_pair(campaign, after)
    if here is not None:
        found = found.where(tuple_(BossTwin.score, BossTwin.id) < here)
    rows = db.session.scalars(found.limit(PAGE + 1)).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Slice(rows[:PAGE], f"{last.one.ref}.{last.other.ref}" if last is not None else None)


def like(boss: Boss) -> Sequence[BossTwin]:
    """Give the pairs that one boss is in, the likeliest first, ten at most."""
    mine = or_(BossTwin.one_id == boss.id, BossTwin.other_id == boss.id)
    found = select(BossTwin).where(mine).order_by(BossTwin.score.desc(), BossTwin.id).limit(10)
    return db.session.scalars(found.options(joinedload(BossTwin.one), joinedload(BossTwin.other))).all()


def _sharing(boss: Boss, keys: list[str]) -> Sequence[Boss]:
    """Give the bosses that share the most keys with one; of a key that very many share, only some are read."""
    shared = BossKey.campaign_id == boss.campaign_id, BossKey.boss_id != boss.id
    parts = [select(BossKey.boss_id).where(*shared, BossKey.key == key).limit(_SHARING).subquery() for key in keys]
    counted = Counter(db.session.scalars(union_all(*(select(part.c.boss_id) for part in parts))))
    nearest = [boss_id for boss_id, _count in counted.most_common(_COMPARED)]
    return db.session.scalars(select(Boss).where(Boss.id.in_(nearest), ~is_merged())).all()


def _likened(bosses: Sequence[Boss]) -> dict[int, Likened]:
    banners = _banners(bosses)
    return {
        one.id: Likened(one.name_key, one.municipality, one.mrc_id, one.person, banners.get(one.id), one.establishment_id) for one in bosses
    }


def _banners(bosses: Sequence[Boss]) -> dict[int, int]:
    """Give the brand of each boss: that of its employer, or one whose name begins its own."""
    known = [one.establishment_id for one in bosses if one.establishment_id is not None]
    of_employers = select(Establishment.id, Employer.banner_id).join(Employer, Employer.id == Establishment.employer_id)
    registered = _pairs(of_employers.where(Establishment.id.in_(known))) if known else {}
    starts = {one.id: _starts(one.name_key) for one in bosses}
    named = select(Banner.name_key, Banner.id).where(Banner.name_key.in_({start for found in starts.values() for start in found}))
    brands = _pairs(named)
    found: dict[int, int] = {}
    for one in bosses:
        brand = registered.get(one.establishment_id or 0) or next((brands[start] for start in starts[one.id] if start in brands), None)
        if brand is not None:
            found[one.id] = brand
    return found


def _pairs(wanted: Any) -> dict[Any, Any]:
    return dict(db.session.execute(wanted).tuples().all())


def _starts(name_key: str) -> list[str]:
    words = name_key.split()
    return [" ".join(words[:count]) for count in range(min(4, len(words)), 0, -1)]


def _is_apart(boss: Boss, other: Boss) -> bool:
    return db.session.scalar(select(BossApart.id).filter_by(**pair_of(boss, other))) is not None


def _read_pair(campaign: Campaign, after: str | None) -> tuple[int, int] | None:
    one, _dot, other = (after or "").partition(".")
    first, second = aliased(Boss), aliased(Boss)
    wanted = (
        select(BossTwin.score, BossTwin.id)
        .join(first, first.id == BossTwin.one_id)
        .join(second, second.id == BossTwin.other_id)
        .where(first.ref == one, second.ref == other, BossTwin.campaign_id == campaign.id)
    )
    row = db.session.execute(wanted).first() if other else None
    return (row.score, row.id) if row is not None else None
