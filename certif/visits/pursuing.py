"""Where each prospect stands, counted from the rows that say what happened, and folded into one row that lists and boards read.

`follow` counts one anew, and is called by every act that changes something of it. What rooms to the left do is caught up by a job.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, insert, or_, select, true

from certif.accounts import Grant
from certif.imports import Prospect, also_bounds, also_news, also_touched, is_certified, is_registered
from certif.kit import clock
from certif.kit.access import SYSTEM, Granted, Role
from certif.kit.db import db, lock
from certif.kit.inserting import insert_new
from certif.visits.contact_cadence import Tried, cadences_of, day_after, pace_of, tries_of
from certif.visits.contact_model import Approach, Cadence
from certif.visits.counter_model import CounterSitting
from certif.visits.model import Visit, VisitCancellation, VisitReport
from certif.visits.pursuit_model import (
    AgentTerritory,
    Assignment,
    DecisionKind,
    Origin,
    Pursuit,
    PursuitDecision,
    PursuitStage,
    Sighting,
)
from certif.visits.reservation_model import ReservedProspect


@dataclass(frozen=True)
class Fold:
    """Where a prospect stands, by the names of the columns of `Pursuit`."""

    program_id: int
    stage: str
    user_id: int | None
    is_by_hand: bool
    mrc_id: int | None
    postal_code: str | None
    origin: str
    due_at: dt.datetime | None
    attempts: int
    last_contact_at: dt.datetime | None
    reservation_id: int | None
    touched_at: dt.datetime


@dataclass(frozen=True)
class _Told:
    """What the rows say of many prospects, by their ids."""

    tries: dict[int, list[Tried]]
    decisions: dict[int, list[PursuitDecision]]
    planned: dict[int, dt.datetime]
    given: dict[int, tuple[int | None, bool]]
    held: dict[int, int]
    seen: dict[int, int | None]
    cadences: dict[int, list[Cadence]]


def follow(prospect: Prospect) -> Pursuit:
    """Count anew where a prospect stands, and write it down. The caller holds the prospect (`lock`). Gives: its row."""
    follow_all([prospect.id])
    return db.session.scalars(select(Pursuit).where(Pursuit.prospect_id == prospect.id)).one()


def follow_visited(visit: Visit) -> None:
    """Count anew where the prospect of a meeting stands, if it is about one: it was planned, moved, cancelled or told of."""
    if visit.prospect is not None:
        follow(lock(visit.prospect))


def follow_all(prospect_ids: Sequence[int]) -> None:
    """Count anew where these prospects stand; those that nobody follows yet are given to whoever covers their ground."""
    db.session.flush()
    _welcome(prospect_ids)
    folds = recount(prospect_ids)
    asked = select(Pursuit).where(Pursuit.prospect_id.in_(folds)).execution_options(populate_existing=True)
    there = {row.prospect_id: row for row in db.session.scalars(asked)}
    for prospect_id, row in there.items():
        for name, value in asdict(folds[prospect_id]).items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    missing = [prospect_id for prospect_id in folds if prospect_id not in there]
    refs = dict(db.session.execute(select(Prospect.id, Prospect.ref).where(Prospect.id.in_(missing))).tuples().all()) if missing else {}
    insert_new(Pursuit, [{"ref": refs[one], "prospect_id": one, **asdict(folds[one])} for one in missing], Pursuit.prospect_id)
    db.session.flush()


def recount(prospect_ids: Sequence[int]) -> dict[int, Fold]:
    """Count from the rows where prospects stand today, by their ids: the same few statements for one as for hundreds."""
    asked = select(Prospect, is_registered().label("is_registered"), is_certified().label("is_certified"))
    rows = db.session.execute(asked.where(Prospect.id.in_(prospect_ids))).all()
    told = _told_of(prospect_ids, {row.Prospect.program_id for row in rows})
    return {row.Prospect.id: _folded(row.Prospect, row.is_registered, row.is_certified, told) for row in rows}


def _folded(prospect: Prospect, is_known: bool, is_done: bool, told: _Told) -> Fold:
    tries, decisions = told.tries.get(prospect.id, []), told.decisions.get(prospect.id, [])
    stage = _stage(is_known, is_done, tries, decisions)
    user_id, is_by_hand = told.given.get(prospect.id, (None, False))
    due_on = _due_on(stage, tries, decisions, told.planned.get(prospect.id), told.cadences.get(prospect.program_id, []))
    touched = [prospect.noted_at, *(one.at for one in tries), *(one.decided_at for one in decisions)]
    return Fold(
        program_id=prospect.program_id, stage=stage.value, user_id=user_id, is_by_hand=is_by_hand, mrc_id=prospect.mrc_id,
        postal_code=prospect.postal_code, origin=_origin(prospect, told).value, due_at=clock.midnight(due_on) if due_on else None,
        attempts=len(tries), last_contact_at=max((one.met_at for one in tries), default=None),
        reservation_id=told.held.get(prospect.id), touched_at=max(touched),
    )  # fmt: skip


def _stage(is_known: bool, is_done: bool, tries: Sequence[Tried], decisions: Sequence[PursuitDecision]) -> PursuitStage:
    last = decisions[-1] if decisions else None
    if is_done:
        return PursuitStage.CERTIFIED
    if is_known:
        return PursuitStage.APPLIED
    if any(one.kind == DecisionKind.STOP for one in decisions) or (last is not None and last.kind == DecisionKind.NEVER):
        return PursuitStage.NEVER
    if last is not None and last.until_on is not None and last.until_on > clock.today():
        return PursuitStage.LATER
    return PursuitStage.SENSITISED if any(one.has_reached for one in tries) else PursuitStage.PROSPECT


def _due_on(
    stage: PursuitStage,
    tries: Sequence[Tried],
    decisions: Sequence[PursuitDecision],
    planned: dt.datetime | None,
    cadences: Sequence[Cadence],
) -> dt.date | None:
    """Give the day on which it is somebody's turn: that of a visit that awaits its report, else what the last thing that happened says."""
    if stage in {PursuitStage.APPLIED, PursuitStage.CERTIFIED, PursuitStage.NEVER}:
        return None
    last = decisions[-1] if decisions else None
    if stage is PursuitStage.LATER and last is not None:
        return last.until_on
    if planned is not None:
        return planned.astimezone(clock.TORONTO).date()
    if last is not None and (not tries or last.decided_at > tries[-1].at):
        return last.until_on or last.decided_at.astimezone(clock.TORONTO).date()
    return day_after(tries, cadences)


def _origin(prospect: Prospect, told: _Told) -> Origin:
    if prospect.id in told.seen:
        return Origin.STREET if told.seen[prospect.id] is None else Origin.REFERRAL
    return Origin.FILE if prospect.intake_id else Origin.PLATFORM


def _told_of(ids: Sequence[int], program_ids: set[int]) -> _Told:
    decisions: dict[int, list[PursuitDecision]] = {}
    asked = select(PursuitDecision).where(PursuitDecision.prospect_id.in_(ids)).order_by(PursuitDecision.number)
    for row in db.session.scalars(asked):
        decisions.setdefault(row.prospect_id, []).append(row)
    given = select(Assignment.prospect_id, Assignment.user_id, Assignment.is_by_hand).where(Assignment.prospect_id.in_(ids))
    held = select(ReservedProspect.prospect_id, ReservedProspect.reservation_id)
    held = held.where(ReservedProspect.prospect_id.in_(ids), ReservedProspect.released_at.is_(None))
    seen = select(Sighting.prospect_id, func.max(Sighting.employer_id)).where(Sighting.prospect_id.in_(ids)).group_by(Sighting.prospect_id)
    return _Told(
        tries_of(ids), decisions, dict(db.session.execute(_awaited(ids)).tuples().all()),
        {one: (user_id, is_by_hand) for one, user_id, is_by_hand in db.session.execute(given.order_by(Assignment.id))},
        dict(db.session.execute(held).tuples().all()), dict(db.session.execute(seen).tuples().all()), cadences_of(list(program_ids)),
    )  # fmt: skip


def _awaited(ids: Sequence[int]) -> Select[Any]:
    """Give the first visit of each prospect that is neither called off nor reported."""
    is_over = exists().where(VisitReport.visit_id == Visit.id) | exists().where(VisitCancellation.visit_id == Visit.id)
    return select(Visit.prospect_id, func.min(Visit.starts_at)).where(Visit.prospect_id.in_(ids), ~is_over).group_by(Visit.prospect_id)


def _welcome(ids: Sequence[int]) -> None:
    """Give those whom nobody ever followed to whoever covers their ground: a postal code is finer than an MRC."""
    unknown = ~exists().where(Assignment.prospect_id == Prospect.id)
    asked = select(Prospect.id, Prospect.program_id, Prospect.mrc_id, Prospect.postal_code).where(Prospect.id.in_(ids), unknown)
    new = db.session.execute(asked).all()
    programs = {row.program_id for row in new}
    covered = select(AgentTerritory).where(AgentTerritory.program_id.in_(programs), AgentTerritory.ended_at.is_(None))
    places = {(one.program_id, one.mrc_id, one.postal_prefix): one.user_id for one in db.session.scalars(covered)} if new else {}
    rows = []
    for row in new:
        prefixes = [(row.program_id, None, (row.postal_code or "")[:length]) for length in (3, 2, 1)]
        user_id = next((places[key] for key in [*prefixes, (row.program_id, row.mrc_id, None)] if key in places), None)
        if user_id is not None:
            rows.append({"prospect_id": row.id, "user_id": user_id, "is_by_hand": False})
    if rows:
        said = {"assigned_at": clock.now(), "assigned_by": SYSTEM.ref}
        db.session.execute(insert(Assignment), [{**row, **said} for row in rows])


@also_touched
def has_history() -> ColumnElement[bool]:
    """Give the condition that somebody of the team did something with a `Prospect`."""
    tables: tuple[Any, ...] = (Approach, PursuitDecision, Sighting, ReservedProspect, Visit, CounterSitting)
    by_hand = exists().where(Assignment.prospect_id == Prospect.id, Assignment.is_by_hand)
    return or_(by_hand.correlate(Prospect), *(exists().where(one.prospect_id == Prospect.id).correlate(Prospect) for one in tables))


@also_news
def approached_since(limit: dt.datetime) -> Select[Any]:
    """Give which prospects were approached since an instant."""
    return select(Approach.prospect_id).where(Approach.approached_at >= limit)


@also_bounds
def given_to(grant: Granted) -> ColumnElement[bool]:
    """Give the condition that a partner may see a `Prospect` of its territory: any, or only those given to its people, as its program
    says."""
    if grant.program_id is None or not pace_of(grant.program_id).only_given:
        return true()
    theirs = Grant.role == Role.PARTNER, Grant.partner_id == grant.partner_id, Grant.program_id == grant.program_id
    people = select(Grant.user_id).where(Grant.in_force(), *theirs)
    return exists().where(Pursuit.prospect_id == Prospect.id, Pursuit.user_id.in_(people)).correlate(Prospect)
