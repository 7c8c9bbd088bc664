"""Questions about plans: which objectives outreach may be counted under."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from certif.kit.db import db
from certif.plans.model import ActionPlan, Objective
from certif.programs import Program


def objectives_on(program: Program, on: dt.date) -> Sequence[Objective]:
    """Give the objectives of the plans of a program that run on a day, in the order of their codes."""
    running = ActionPlan.program_id == program.id, ActionPlan.from_on <= on, ActionPlan.until_on >= on
    found = select(Objective).join(ActionPlan, ActionPlan.id == Objective.plan_id).where(*running)
    return db.session.scalars(found.order_by(ActionPlan.from_on, Objective.code)).all()
