"""Questions about periods, targets and trials: whose they are, and what may be asked of the figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.plans import ActionPlan
from certif.programs import Program, programs_of
from certif.reports.model import PilotEvaluation, ReportPeriod, Target
from certif.territory import Mrc, mrcs, school_year_of

READERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who of the region reads figures."""
DECIDERS = (Role.ADMIN, Role.MANAGER)
"""Who sets targets, locks periods, signs and approves."""


def periods_of(actor: Actor, after: str | None) -> Slice[ReportPeriod]:
    """Give the periods of this person's programs, the last opened first."""
    mine = ReportPeriod.program_id.in_([one.id for one in programs_of(actor, *READERS)])
    shown = joinedload(ReportPeriod.program), selectinload(ReportPeriod.locks)
    found = select(ReportPeriod, ReportPeriod.opened_at.label("since"), ReportPeriod.ref).where(mine).options(*shown)
    page = cut(found, ReportPeriod.opened_at.expression, ReportPeriod.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.ReportPeriod for row in page.rows], page.next)


def newest_periods(*programs: Program) -> Sequence[ReportPeriod]:
    """Give the periods that may be asked for, the newest first, a hundred at most."""
    mine = ReportPeriod.program_id.in_([one.id for one in programs])
    found = select(ReportPeriod).where(mine).options(joinedload(ReportPeriod.program))
    return db.session.scalars(found.order_by(ReportPeriod.from_on.desc(), ReportPeriod.until_on.desc(), ReportPeriod.id).limit(100)).all()


def period_of(actor: Actor, ref: str, *roles: Role) -> ReportPeriod:
    """Give a period to those who hold one of `roles` in its program (any reader by default). Refuses (404) any other."""
    found = db.session.scalar(select(ReportPeriod).where(ReportPeriod.ref == ref))
    if found is None or not actor.holds(found.program_id, *(roles or READERS)):
        raise NotFound
    return found


def targets_of(period: ReportPeriod) -> Sequence[Target]:
    """Give what a period aims at: the whole first, then MRC, then objectives."""
    found = select(Target).where(Target.period_id == period.id).options(joinedload(Target.mrc), joinedload(Target.objective))
    return sorted(db.session.scalars(found), key=lambda one: (one.mrc_id or 0, one.objective_id or 0, one.indicator))


def target_of(actor: Actor, ref: str) -> Target:
    """Give a target to those who may set it. Refuses (404) any other."""
    found = db.session.scalar(select(Target).where(Target.ref == ref).options(joinedload(Target.period)))
    if found is None or not actor.holds(found.period.program_id, *DECIDERS):
        raise NotFound
    return found


def targets_under(plan: ActionPlan) -> Sequence[Target]:
    """Give what periods aim at under the objectives of a plan, the oldest period first."""
    found = select(Target).join(Target.objective).join(Target.period).where(Target.objective.has(plan_id=plan.id))
    shown = joinedload(Target.period), joinedload(Target.objective)
    return db.session.scalars(found.options(*shown).order_by(ReportPeriod.from_on, Target.id)).all()


def evaluation_of(plan: ActionPlan) -> PilotEvaluation | None:
    """Give what is written of a trial; None before anything is."""
    return db.session.scalar(select(PilotEvaluation).where(PilotEvaluation.plan_id == plan.id))


def mrcs_of(*programs: Program) -> list[Mrc]:
    """Give the MRC of programs: those they are limited to, else all those of their regions."""
    found: list[Mrc] = []
    for program in programs:
        found += [one for one in (program.mrcs or mrcs(program.region)) if one not in found]
    return found


def usual_days(today: dt.date) -> tuple[dt.date, dt.date]:
    """Give the days that are shown when nobody asks for others: the school year under way, or so far."""
    first = int(school_year_of(today)[:4])
    return dt.date(first, 7, 1), dt.date(first + 1, 6, 30)
