"""Questions about promises that fall due: whose they are, and which are late."""

from __future__ import annotations

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.certification import Certification, Milestone, overdue, visible_to
from certif.employers import employers_of
from certif.kit.access import Actor
from certif.kit.db import db

PAGE = 25


def my_milestone(actor: Actor, ref: str) -> Milestone:
    """Give a milestone to the people of its employer. Refuses (404) any other."""
    mine = [employer.id for employer in employers_of(actor)]
    found = db.session.scalar(select(Milestone).join(Certification).where(Milestone.ref == ref, Certification.employer_id.in_(mine)))
    if found is None:
        raise NotFound
    return found


def overdue_milestones(actor: Actor, after: str | None) -> list[Milestone]:
    """Give a page of the promises that are late and that this person may see, the oldest first; one more tells that others follow.

    Takes: `after`, the ref of the last one seen.
    """
    query = (
        _overdue(select(Milestone), actor)
        .options(joinedload(Milestone.certification).joinedload(Certification.employer))
        .options(joinedload(Milestone.certification).joinedload(Certification.program))
        .options(joinedload(Milestone.certification).joinedload(Certification.version))
    )
    last = db.session.execute(select(Milestone.due_on, Milestone.id).where(Milestone.ref == after)).one_or_none() if after else None
    if last is not None:
        query = query.where(tuple_(Milestone.due_on, Milestone.id) > tuple_(*last))
    return list(db.session.scalars(query.order_by(Milestone.due_on, Milestone.id).limit(PAGE + 1)))


def count_overdue(actor: Actor) -> int:
    """Count the promises that are late and that this person may see."""
    return db.session.scalar(_overdue(select(func.count(Milestone.id)), actor)) or 0


def _overdue(query: Select[tuple[Milestone]] | Select[tuple[int]], actor: Actor) -> Select[tuple[Milestone]]:
    joined = query.select_from(Milestone).join(Certification, Certification.id == Milestone.certification_id)
    return joined.where(visible_to(actor), overdue())  # type: ignore[return-value]
