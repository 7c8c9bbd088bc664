"""What a jury judges: what the phase before kept, or all that stands approved where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from certif.campaigns import Campaign, Phase
from certif.nominations import Nomination
from certif.selections.jury_model import JuryEntry
from certif.selections.phase_entries import entries_of, standing


@dataclass(frozen=True)
class ToJudge:
    """A boss, or a duo, and its cell of the quota."""

    boss_id: int
    nomination_id: int | None
    cell: str


def entries_to_judge(campaign: Campaign, phase: Phase) -> list[ToJudge]:
    """Give what a jury looks at today, in an order that follows from no name."""
    found = [ToJudge(one.boss.id, one.nomination.id if one.nomination else None, one.cell) for one in entries_of(campaign, phase)]
    return sorted(found, key=lambda one: (one.boss_id, one.nomination_id or 0))


def is_standing() -> ColumnElement[bool]:
    """Give the condition that an entry of a jury still has approved words: nothing is judged of what was withdrawn, or merged away."""
    alone = and_(JuryEntry.nomination_id.is_(None), Nomination.boss_id == JuryEntry.boss_id)
    theirs = or_(Nomination.id == JuryEntry.nomination_id, alone)
    return select(Nomination.id).where(theirs, standing(is_read=True)).correlate(JuryEntry).exists()
