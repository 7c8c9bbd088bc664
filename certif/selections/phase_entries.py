"""Where a phase starts from: all that students named, or what the phase before kept; and in which cell each is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign, Phase, PhaseKind, Quota, Unit, Winner
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.nominations import Boss, Nomination, NominationReading, NominationWithdrawal, ReadingOutcome
from certif.selections.model import PhaseClosing, Pick, ResultRelease
from certif.territory import Mrc, PartnerKind, partners, territory_of

PRIZE = "prix-"


@dataclass(frozen=True)
class Entry:
    """A boss, or a duo, that a phase looks at. `ref`: that of the nomination for a duo, else that of the boss."""

    ref: str
    boss: Boss
    nomination: Nomination | None
    cell: str

    @property
    def name(self) -> str:
        """The place of work, and its town."""
        return f"{self.boss.name} ({self.boss.municipality})"


def steps_of(campaign: Campaign) -> list[Phase]:
    """Give the phases of a contest, then the draws of prizes among all who nominated, which stand beside them."""
    definition = campaign.definition
    drawn = [
        Phase(f"{PRIZE}{number}", PhaseKind.DRAW, prize.name, definition.closes_on, definition.closes_on, (Role.MANAGER,), keeps=1)
        for number, prize in enumerate(definition.prizes, 1)
        if prize.to is Winner.NOMINATOR
    ]
    return [*definition.phases, *drawn]


def step_called(campaign: Campaign, name: str) -> Phase:
    """Give the phase of an id. Refuses: an id that the contest has not (not found)."""
    found = next((one for one in steps_of(campaign) if one.id == name), None)
    if found is None:
        raise NotFound
    return found


def is_prize(phase: Phase) -> bool:
    """Whether it only draws a prize among those who nominated."""
    return phase.id.startswith(PRIZE)


def before(campaign: Campaign, phase: Phase) -> Phase | None:
    """Give the phase whose kept entries this one starts from."""
    return None if is_prize(phase) else campaign.definition.phase_before(phase)


def closing_of(campaign: Campaign, phase: Phase | str) -> PhaseClosing | None:
    """Give how a phase was closed, or None while it is not."""
    name = phase if isinstance(phase, str) else phase.id
    return db.session.scalar(select(PhaseClosing).where(PhaseClosing.campaign_id == campaign.id, PhaseClosing.phase == name))


def is_released(campaign: Campaign) -> bool:
    """Whether the results are told to everyone."""
    return bool(db.session.scalar(select(exists().where(ResultRelease.campaign_id == campaign.id))))


def picks_of(closing: PhaseClosing) -> list[Pick]:
    """Give the picks of a closing with what they speak of, by cell and rank."""
    whole = joinedload(Pick.boss).joinedload(Boss.mrc), joinedload(Pick.nomination)
    found = select(Pick).where(Pick.closing_id == closing.id).options(*whole).order_by(Pick.cell, Pick.rank, Pick.id)
    return list(db.session.scalars(found))


def ref_of(pick: Pick) -> str:
    """Give the ref by which a pick's entry is known."""
    return pick.nomination.ref if pick.nomination else pick.boss.ref


def entries_of(campaign: Campaign, phase: Phase) -> list[Entry]:
    """Give what a phase looks at, by name; nothing while the phase before is not closed, or nominations still come."""
    if is_prize(phase):
        return _one_each(campaign)
    earlier = before(campaign, phase)
    if earlier is None:
        return _from_nominations(campaign) if campaign.is_over else []
    closing = closing_of(campaign, earlier)
    kept = [pick for pick in picks_of(closing) if pick.is_kept] if closing else []
    return _by_name(Entry(ref_of(pick), pick.boss, pick.nomination, pick.cell) for pick in kept)


def standing(*, is_read: bool) -> ColumnElement[bool]:
    """Give the condition that a nomination was not taken back and, `is_read`, that its words were approved; else, not set aside."""
    last = (
        select(NominationReading.outcome)
        .where(NominationReading.nomination_id == Nomination.id)
        .order_by(NominationReading.number.desc())
        .limit(1)
        .correlate(Nomination)
        .scalar_subquery()
    )
    is_good = last == ReadingOutcome.APPROVED.value if is_read else last.is_distinct_from(ReadingOutcome.SET_ASIDE.value)
    return is_good & ~exists().where(NominationWithdrawal.nomination_id == Nomination.id)


def _from_nominations(campaign: Campaign) -> list[Entry]:
    duo, cell_of = campaign.definition.unit is Unit.DUO, cells_of(campaign)
    found = select(Nomination, Boss).join(Boss, Boss.id == Nomination.boss_id).options(joinedload(Boss.mrc))
    rows = db.session.execute(found.where(Nomination.campaign_id == campaign.id, standing(is_read=True))).all()
    if duo:
        return _by_name(Entry(one.ref, boss, one, cell_of(boss.mrc)) for one, boss in rows)
    bosses = {boss.id: boss for _one, boss in rows}
    return _by_name(Entry(boss.ref, boss, None, cell_of(boss.mrc)) for boss in bosses.values())


def _one_each(campaign: Campaign) -> list[Entry]:
    """Give one nomination of each person: the first. Whoever named several bosses has one ticket like the others."""
    if not campaign.is_over:
        return []
    found = select(Nomination).where(Nomination.campaign_id == campaign.id, standing(is_read=False)).order_by(Nomination.id.desc())
    found = found.options(joinedload(Nomination.boss))
    firsts = {one.nominator_key: one for one in db.session.scalars(found)}
    return _by_name(Entry(one.ref, one.boss, one, "") for one in firsts.values())


def cells_of(campaign: Campaign) -> Callable[[Mrc], str]:
    """Give what says in which cell a place is counted: none, its MRC, or the youth employment centre that serves it that year.

    Where several serve an MRC, the one with the smallest territory; where none does, the cell without a name.
    """
    quota = campaign.definition.quota
    if quota is Quota.WHOLE:
        return lambda _mrc: ""
    if quota is Quota.MRC:
        return lambda mrc: mrc.slug
    day = min(campaign.closes_on, clock.today())
    served: dict[int, str] = {}
    theirs = [(partner.ref, territory_of(partner, day)) for partner in partners(PartnerKind.CJE, campaign.program.region, day)]
    for ref, territory in sorted(theirs, key=lambda one: len(one[1])):
        for mrc in territory:
            served.setdefault(mrc.id, ref)
    return lambda mrc: served.get(mrc.id, "")


def _by_name(entries: Any) -> list[Entry]:
    return sorted(entries, key=lambda one: (one.boss.name_key, one.ref))
