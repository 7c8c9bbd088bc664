"""Questions about plans: whose they are, who pays, and which objectives outreach may be counted under."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import folded
from certif.kit.paging import Slice, cut, read_cursor
from certif.plans.model import ActionPlan, Funder, Objective
from certif.programs import Program, programs_of

READERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who of the region reads plans."""
DECIDERS = (Role.ADMIN, Role.MANAGER)
"""Who writes them."""


def objectives_on(program: Program, on: dt.date) -> Sequence[Objective]:
    """Give the objectives of the plans of a program that run on a day, in the order of their codes."""
    running = ActionPlan.program_id == program.id, ActionPlan.from_on <= on, ActionPlan.until_on >= on
    found = select(Objective).join(ActionPlan, ActionPlan.id == Objective.plan_id).where(*running)
    return db.session.scalars(found.order_by(ActionPlan.from_on, Objective.code)).all()


def plans_of(actor: Actor, after: str | None) -> Slice[ActionPlan]:
    """Give the plans of this person's programs, the last made first."""
    mine = ActionPlan.program_id.in_([one.id for one in programs_of(actor, *READERS)])
    shown = joinedload(ActionPlan.program), joinedload(ActionPlan.funder)
    found = select(ActionPlan, ActionPlan.made_at.label("since"), ActionPlan.ref).where(mine).options(*shown)
    page = cut(found, ActionPlan.made_at.expression, ActionPlan.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.ActionPlan for row in page.rows], page.next)


def plan_of(actor: Actor, ref: str, *roles: Role) -> ActionPlan:
    """Give a plan to those who hold one of `roles` in its program (any reader by default). Refuses (404) any other."""
    found = db.session.scalar(select(ActionPlan).where(ActionPlan.ref == ref))
    if found is None or not actor.holds(found.program_id, *(roles or READERS)):
        raise NotFound
    return found


def objective_of(actor: Actor, ref: str, *roles: Role) -> Objective:
    """Give an objective to those who hold one of `roles` in its program (any reader by default). Refuses (404) any other."""
    found = db.session.scalar(select(Objective).where(Objective.ref == ref).options(joinedload(Objective.plan)))
    if found is None or not actor.holds(found.plan.program_id, *(roles or READERS)):
        raise NotFound
    return found


def funder_of(actor: Actor, ref: str, *roles: Role) -> Funder:
    """Give a funder to those who hold one of `roles` in its program (any reader by default). Refuses (404) any other."""
    found = db.session.scalar(select(Funder).where(Funder.ref == ref))
    if found is None or not actor.holds(found.program_id, *(roles or READERS)):
        raise NotFound
    return found


def funders_of(*programs: Program) -> list[Funder]:
    """Give the funders of programs, archived ones too, by name."""
    found = db.session.scalars(
        select(Funder).where(Funder.program_id.in_([one.id for one in programs])).options(joinedload(Funder.program))
    )
    return sorted(found, key=lambda one: folded(one.name))


def objectives_of(*plans: ActionPlan) -> Sequence[Objective]:
    """Give the objectives of plans, in the order of their codes."""
    found = select(Objective).where(Objective.plan_id.in_([one.id for one in plans]))
    return db.session.scalars(found.order_by(Objective.plan_id, Objective.code, Objective.id)).all()


def objectives_in(*programs: Program) -> Sequence[Objective]:
    """Give the objectives of every plan of programs, the newest plan first, each with its plan and its funder."""
    mine = ActionPlan.program_id.in_([one.id for one in programs])
    found = select(Objective).join(ActionPlan, ActionPlan.id == Objective.plan_id).where(mine)
    shown = joinedload(Objective.plan).joinedload(ActionPlan.funder)
    return db.session.scalars(found.order_by(ActionPlan.from_on.desc(), Objective.plan_id, Objective.code).options(shown)).all()
