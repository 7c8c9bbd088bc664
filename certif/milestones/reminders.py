"""Kind letters: one before the day of a promise, one after it. Each once; a job that runs late sends only the one that still fits."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, exists, select

from certif.certification import Certification, Milestone, waits
from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.kit.db import db, lock, transaction
from certif.kit.jobs import recurring
from certif.milestones.actions import remind
from certif.milestones.model import Kind, MilestoneReminder
from certif.programs import Program, is_paused_clause

DAYS_BEFORE = 21
LATEST_DAYS = 60
"""How long after the day it is still worth saying, after a pause for instance."""


@recurring("remind_of_milestones", every=dt.timedelta(hours=6))
def remind_of_milestones() -> None:
    """Send what is due, each in a transaction of its own. Programs that are paused send nothing."""
    for kind in Kind:
        for milestone_id in list(db.session.scalars(_due(kind))):
            with transaction():
                milestone = lock(db.session.get_one(Milestone, milestone_id))
                if db.session.scalar(_due(kind).where(Milestone.id == milestone.id)) is not None:
                    remind(milestone, kind, by=SYSTEM)


def _due(kind: Kind) -> Select[tuple[int]]:
    today, day = clock.today(), dt.timedelta(days=1)
    spans = {Kind.COMING: (today, today + DAYS_BEFORE * day), Kind.PASSED: (today - LATEST_DAYS * day, today - day)}
    told = exists().where(MilestoneReminder.milestone_id == Milestone.id, MilestoneReminder.kind == kind.value)
    return (
        select(Milestone.id)
        .join(Certification, Certification.id == Milestone.certification_id)
        .join(Program, Program.id == Certification.program_id)
        .where(Milestone.due_on.between(*spans[kind]), waits(), ~told, ~is_paused_clause())
        .order_by(Milestone.due_on, Milestone.id)
    )
