"""The row of a boss, found or made: two students who name the same place at the same instant name one boss."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from certif.employers import name_key
from certif.kit import clock, tokens
from certif.kit.db import db
from certif.kit.inserting import insert_new
from certif.nominations.boss_queries import is_merged, standing_boss
from certif.nominations.model import Boss, BossTally
from certif.nominations.nominate_queries import Spot


def boss_for(campaign_id: int, spot: Spot, person: str) -> tuple[int, int, str]:
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


def _known(campaign_id: int, spot: Spot) -> tuple[int, int, str] | None:
    """Look for a boss. One that was merged counts for the one that it was merged into."""
    wanted = select(Boss.id, Boss.person, is_merged()).where(Boss.campaign_id == campaign_id, _is_it(spot))
    found = db.session.execute(wanted).first()
    if found is None:
        return None
    boss_id, person, was_merged = found
    return boss_id, standing_boss(db.session.get_one(Boss, boss_id)).id if was_merged else boss_id, person


def _is_it(spot: Spot) -> ColumnElement[bool]:
    if spot.establishment_id is not None:
        return Boss.establishment_id == spot.establishment_id
    return and_(Boss.establishment_id.is_(None), Boss.name_key == name_key(spot.name), Boss.mrc_id == spot.mrc_id)
