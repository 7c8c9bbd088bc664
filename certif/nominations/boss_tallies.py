"""How many nominations stand for each boss: changed in the same transaction as what changes it, or counted anew."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update

from certif.kit.db import db
from certif.kit.inserting import insert_new
from certif.nominations.model import Boss, BossTally, Nomination, NominationWithdrawal, ReadingOutcome


def counts_now() -> ColumnElement[bool]:
    """Give the condition that a `Nomination` stands: neither withdrawn nor set aside."""
    withdrawn = exists().where(NominationWithdrawal.nomination_id == Nomination.id).correlate(Nomination)
    return and_(or_(Nomination.outcome.is_(None), Nomination.outcome != ReadingOutcome.SET_ASIDE.value), ~withdrawn)


def shift_tally(boss_id: int, by_how_many: int) -> None:
    """Count more, or less, for a boss."""
    changed = update(BossTally).where(BossTally.boss_id == boss_id).values(count=BossTally.count + by_how_many)
    db.session.execute(changed, execution_options={"synchronize_session": False})


def retally(boss: Boss, *, is_merged: bool = False) -> int:
    """Count the nominations of a boss anew, in its own MRC; one that was merged counts none. Gives: how many."""
    counted = select(func.count()).select_from(Nomination).where(Nomination.boss_id == boss.id, counts_now())
    count = 0 if is_merged else db.session.scalar(counted) or 0
    row = {"boss_id": boss.id, "campaign_id": boss.campaign_id, "mrc_id": boss.mrc_id, "count": count}
    insert_new(BossTally, [row], BossTally.boss_id)
    changed = update(BossTally).where(BossTally.boss_id == boss.id).values(count=count, mrc_id=boss.mrc_id)
    db.session.execute(changed, execution_options={"synchronize_session": "fetch"})
    return count
