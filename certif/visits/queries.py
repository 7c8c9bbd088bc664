"""Questions about meetings: who may see them, whose they are, on which day they are, what they are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption
from werkzeug.exceptions import NotFound

from certif.accounts import User
from certif.imports import KEEPERS
from certif.kit import clock
from certif.kit.access import STAFF, Actor, Role
from certif.kit.db import db
from certif.kit.languages import format_instant, language
from certif.territory import Partner, territory_of
from certif.visits.model import VISIT_KINDS, Visit, VisitCancellation, VisitGoer, VisitKind


def visible_visits(actor: Actor) -> ColumnElement[bool]:
    """Give the condition under which staff see a `Visit`: those of their programs; for a partner, those of the territory it serves, and
    those to which the person goes."""
    whole = actor.program_ids(*KEEPERS)
    if whole is None:
        return true()
    seen: list[ColumnElement[bool]] = [Visit.program_id.in_(whole)]
    for grant in actor.grants:
        if grant.role is Role.PARTNER and grant.partner_id is not None:
            served = [mrc.id for mrc in territory_of(db.session.get_one(Partner, grant.partner_id))]
            seen.append(and_(Visit.program_id == grant.program_id, or_(Visit.mrc_id.in_(served), _goes(actor.user_id))))
    return or_(*seen)


def visit_of(actor: Actor, ref: str) -> Visit:
    """Give the meeting named `ref` to whoever may see it. Refuses (404) any other."""
    found = db.session.scalar(select(Visit).where(Visit.ref == ref, visible_visits(actor)).options(*together()))
    if found is None:
        raise NotFound
    return found


def may_report(actor: Actor, visit: Visit) -> bool:
    """Whether this person may say what became of a meeting now: its day has come, and nobody said it yet."""
    has_come = visit.starts_at < clock.midnight(clock.today() + dt.timedelta(days=1))
    return has_come and visit.cancellation is None and visit.report is None and actor.holds(visit.program_id, *STAFF)


def may_change(actor: Actor, visit: Visit) -> bool:
    """Whether this person may move, cancel or change a meeting: the team of the program, whoever planned it, and whoever goes."""
    return (
        actor.holds(visit.program_id, *KEEPERS)
        or visit.planned_by == actor.ref
        or any(goer.user_id == actor.user_id for goer in visit.goers)
    )


def visit_to_change(actor: Actor, ref: str) -> Visit:
    """Give the meeting named `ref` to whoever may change it. Refuses (404) any other."""
    found = visit_of(actor, ref)
    if not may_change(actor, found):
        raise NotFound
    return found


def visits_between(start: dt.datetime, end: dt.datetime, *conditions: ColumnElement[bool]) -> Sequence[Visit]:
    """Give the meetings that stand and touch the time from `start` to `end`, those first that begin first.

    Takes: `conditions`, `visible_visits(actor)` or `goes(user)` among them; no meeting lasts longer than a fortnight.
    """
    here = Visit.starts_at < end, Visit.starts_at > start - dt.timedelta(days=14), Visit.ends_at > start, is_standing()
    return db.session.scalars(select(Visit).where(*here, *conditions).order_by(Visit.starts_at, Visit.id).options(*together())).all()


def visits_on(user: User, day: dt.date) -> Sequence[Visit]:
    """Give the meetings to which a person goes on a day in Québec, those first that begin first; those cancelled are left out."""
    return visits_between(clock.midnight(day), clock.midnight(day + dt.timedelta(days=1)), goes(user))


def goes(user: User) -> ColumnElement[bool]:
    """Give the condition that a person goes to a `Visit`."""
    return _goes(user.id)


def is_standing() -> ColumnElement[bool]:
    """Give the condition that a `Visit` is not cancelled."""
    return ~exists().where(VisitCancellation.visit_id == Visit.id)


def together() -> tuple[ExecutableOption, ...]:
    """Give what is read along with meetings that are shown: what they are about, who goes, whether they stand and were reported."""
    one = joinedload
    return (
        one(Visit.program), one(Visit.prospect), one(Visit.employer), one(Visit.partner), one(Visit.mrc), one(Visit.cancellation),
        one(Visit.report), selectinload(Visit.goers).joinedload(VisitGoer.user),
    )  # fmt: skip


def name_of(visit: Visit) -> str:
    """Give what a meeting is called: its title, else whom it is about, else its kind."""
    about = visit.employer.name if visit.employer else visit.prospect.name if visit.prospect else None
    return visit.title or about or (visit.partner.name if visit.partner else str(VISIT_KINDS[VisitKind(visit.kind)]))


def is_all_day(visit: Visit) -> bool:
    """Whether a meeting takes whole days: from one midnight in Québec to another."""
    return all(at.astimezone(clock.TORONTO).time() == dt.time() for at in (visit.starts_at, visit.ends_at))


def day_of(visit: Visit) -> dt.date:
    """Give the day on which a meeting begins, in Québec."""
    return visit.starts_at.astimezone(clock.TORONTO).date()


def hour_of(at: dt.datetime) -> str:
    """Write the hour of an instant in Québec: `14 h 05` or `2:05 p.m.`."""
    return format_instant(at).rsplit(", ", 1)[1] if language() == "en" else format_instant(at).split(", ", 1)[1]


def _goes(user_id: int | None) -> ColumnElement[bool]:
    return Visit.id.in_(select(VisitGoer.visit_id).where(VisitGoer.user_id == user_id))
