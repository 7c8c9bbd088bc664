"""What a jury judges: what the phase before kept, or all that stands approved where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from certif.campaigns import Campaign, Phase, Quota, Unit
from certif.kit import clock
from certif.kit.db import db
from certif.nominations import Boss, Nomination, NominationReading, NominationWithdrawal, ReadingOutcome
from certif.selections.jury_model import JuryEntry
from certif.selections.model import PhaseClosing, Pick
from certif.territory import Mrc, PartnerKind, partners, territory_of


@dataclass(frozen=True)
class ToJudge:
    """A boss, or a duo, and its cell of the quota."""

    boss_id: int
    nomination_id: int | None
    cell: str


def entries_to_judge(campaign: Campaign, phase: Phase) -> list[ToJudge]:
    """Give what comes before a jury today; nothing while the phase before is not closed, or nominations still come."""
    definition = campaign.definition
    before = definition.phase_before(phase)
    if before is not None:
        here = PhaseClosing.campaign_id == campaign.id, PhaseClosing.phase == before.id, Pick.is_kept.is_(True)
        kept = db.session.execute(select(Pick.boss_id, Pick.nomination_id, Pick.cell).join(PhaseClosing).where(*here).order_by(Pick.id))
        return [ToJudge(*row) for row in kept.tuples()]
    if not campaign.is_over:
        return []
    cells = _cells(campaign)
    if definition.unit is Unit.DUO:
        duos = select(Nomination.boss_id, Nomination.id, Boss.mrc_id).join(Boss, Nomination.boss_id == Boss.id)
        found = db.session.execute(duos.where(Nomination.campaign_id == campaign.id, is_approved()).order_by(Nomination.id))
        return [ToJudge(boss, nomination, cells.get(mrc, "")) for boss, nomination, mrc in found.tuples()]
    named = select(Nomination.id).where(Nomination.boss_id == Boss.id, is_approved()).exists()
    bosses = db.session.execute(select(Boss.id, Boss.mrc_id).where(Boss.campaign_id == campaign.id, named).order_by(Boss.id))
    return [ToJudge(boss, None, cells.get(mrc, "")) for boss, mrc in bosses.tuples()]


def is_approved() -> ColumnElement[bool]:
    """Give the condition that a nomination was read, approved last, and not taken back."""
    last = (
        select(NominationReading.outcome)
        .where(NominationReading.nomination_id == Nomination.id)
        .order_by(NominationReading.number.desc())
        .limit(1)
        .correlate(Nomination)
        .scalar_subquery()
    )
    gone = select(NominationWithdrawal.id).where(NominationWithdrawal.nomination_id == Nomination.id).correlate(Nomination).exists()
    return and_(last == ReadingOutcome.APPROVED.value, ~gone)


def is_standing() -> ColumnElement[bool]:
    """Give the condition that an entry of a jury still has approved words: nothing is judged of what was withdrawn, or merged away."""
    alone = and_(JuryEntry.nomination_id.is_(None), Nomination.boss_id == JuryEntry.boss_id)
    theirs = or_(Nomination.id == JuryEntry.nomination_id, alone)
    return select(Nomination.id).where(theirs, is_approved()).correlate(JuryEntry).exists()


def _cells(campaign: Campaign) -> dict[int, str]:
    """Give the cell of each MRC, by its id; nothing where the quota is the whole contest."""
    quota = campaign.definition.quota
    if quota is Quota.MRC:
        return {mrc.id: mrc.slug for mrc in db.session.scalars(select(Mrc))}
    if quota is Quota.WHOLE:
        return {}
    day = min(campaign.closes_on, clock.today())
    theirs = [(body.ref, territory_of(body, day)) for body in partners(PartnerKind.CJE, campaign.program.region, day)]
    widest_first = sorted(theirs, key=lambda one: -len(one[1]))  # the smallest territory has the last word
    return {mrc.id: ref for ref, territory in widest_first for mrc in territory}
