"""The row of a boss, found or made: two students who name the same place at the same instant name one boss."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Row, and_, func, select, update

from certif.employers import name_key
from certif.kit import clock, tokens
from certif.kit.db import db
from certif.kit.inserting import insert_new
from certif.nominations.model import Boss, BossTally, Nomination
from certif.nominations.nominate_queries import Spot


def boss_for(campaign_id: int, spot: Spot, person: str) -> Row[tuple[int, int, str]]:
    """Give the boss that is named: its number, that of the boss it counts for today, and the name of the person it bears."""
    known = _known(campaign_id, spot)
    if known is not None:
        return known
    new = {
        "ref": tokens.ref(), "campaign_id": campaign_id, "establishment_id": spot.establishment_id, "name": spot.name,
        "name_key": name_key(spot.name), "municipality": spot.municipality, "mrc_id": spot.mrc_id, "sector": spot.sector, "person": person,
        "named_at": clock.now(),
    }  # fmt: skip
    for boss_id in insert_new(Boss, [new], Boss.id):
        tally = {"boss_id": boss_id, "campaign_id": campaign_id, "mrc_id": spot.mrc_id, "count": 0}
        insert_new(BossTally, [tally], BossTally.boss_id)
    found = _known(campaign_id, spot)
    assert found is not None, "it was inserted, here or by whoever came first"
    return found


def count_for(boss_id: int, change: int) -> None:
    """Count more, or fewer, nominations that stand for a boss."""
    tally = update(BossTally).where(BossTally.boss_id == boss_id).values(count=BossTally.count + change)
    db.session.execute(tally, execution_options={"synchronize_session": False})


def _known(campaign_id: int, spot: Spot) -> Row[tuple[int, int, str]] | None:
    """Look for a boss. What was merged since counts where its nominations were moved."""
    moved = select(Nomination.boss_id).where(Nomination.named_id == Boss.id).order_by(Nomination.id.desc()).limit(1).scalar_subquery()
    wanted = select(Boss.id, func.coalesce(moved, Boss.id), Boss.person).where(Boss.campaign_id == campaign_id, _is_it(spot))
    return db.session.execute(wanted).first()


def _is_it(spot: Spot) -> ColumnElement[bool]:
    if spot.establishment_id is not None:
        return Boss.establishment_id == spot.establishment_id
    return and_(Boss.establishment_id.is_(None), Boss.name_key == name_key(spot.name), Boss.mrc_id == spot.mrc_id)
