"""The row of a boss, found or made: two students who name the same place at the same instant name one boss."""

from __future__ import annotations

from sqlalchemy import Row, func, select, update

from certif.campaigns import Campaign
from certif.employers import Establishment, name_key
from certif.kit import clock, tokens
from certif.kit.db import db
from certif.kit.inserting import insert_new
from certif.nominations.model import Boss, BossTally, Nomination
from certif.nominations.nominate_queries import place_of
from certif.nominations.nominate_said import Said
from certif.territory import Mrc


def boss_for(campaign: Campaign, said: Said, mrc: Mrc, establishment: Establishment | None) -> Row[tuple[int, int, str]]:
    """Give the boss that is named: its number, that of the boss it counts for today, and the name of the person it bears."""
    known = _known(campaign, said, mrc, establishment)
    if known is not None:
        return known
    name = place_of(establishment) if establishment else said.name
    new = {
        "ref": tokens.ref(), "campaign_id": campaign.id, "establishment_id": establishment.id if establishment else None, "name": name,
        "name_key": name_key(name), "municipality": establishment.municipality if establishment else said.municipality, "mrc_id": mrc.id,
        "sector": establishment.employer.sector if establishment else None, "person": said.person, "named_at": clock.now(),
    }  # fmt: skip
    for boss_id in insert_new(Boss, [new], Boss.id):
        tally = {"boss_id": boss_id, "campaign_id": campaign.id, "mrc_id": mrc.id, "count": 0}
        insert_new(BossTally, [tally], BossTally.boss_id)
    found = _known(campaign, said, mrc, establishment)
    assert found is not None, "it was inserted, here or by whoever came first"
    return found


def count_for(boss_id: int, change: int) -> None:
    """Count more, or fewer, nominations that stand for a boss."""
    tally = update(BossTally).where(BossTally.boss_id == boss_id).values(count=BossTally.count + change)
    db.session.execute(tally, execution_options={"synchronize_session": "fetch"})


def _known(campaign: Campaign, said: Said, mrc: Mrc, establishment: Establishment | None) -> Row[tuple[int, int, str]] | None:
    """Look for a boss. What was merged since counts where its nominations were moved."""
    moved = select(Nomination.boss_id).where(Nomination.named_id == Boss.id).order_by(Nomination.id.desc()).limit(1).scalar_subquery()
    if establishment is not None:
        is_it = (Boss.establishment_id == establishment.id,)
    else:
        is_it = Boss.establishment_id.is_(None), Boss.name_key == name_key(said.name), Boss.mrc_id == mrc.id  # type: ignore[assignment]
    wanted = select(Boss.id, func.coalesce(moved, Boss.id), Boss.person).where(Boss.campaign_id == campaign.id, *is_it)
    return db.session.execute(wanted).first()
