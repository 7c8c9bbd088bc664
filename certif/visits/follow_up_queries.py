"""Questions about follow-ups: whose they are, what is due, what stands about a meeting, a prospect or an employer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.employers import Employer
from certif.imports import Prospect
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import PAGE, Cursor, Slice, read_cursor
from certif.visits.model import FollowUp, Visit
from certif.visits.report_queries import SHOWN, seen_by


def follow_ups_to_do(actor: Actor, after: str | None, *, of_all: bool = False) -> Slice[FollowUp]:
    """Give what is to be done by this person, or by everyone whose meetings they see (`of_all`), what is due first."""
    wanted = [FollowUp.done_at.is_(None), seen_by(actor)]
    if not of_all:
        wanted.append(FollowUp.user_id == actor.user_id)
    cursor = read_cursor(after)
    if cursor is not None:
        day = cursor.at.astimezone(clock.TORONTO).date()
        wanted.append(tuple_(FollowUp.due_on, FollowUp.ref) > (day, cursor.ref))
    found = select(FollowUp).join(Visit).where(*wanted).options(joinedload(FollowUp.visit), joinedload(FollowUp.user))
    rows = db.session.scalars(found.order_by(FollowUp.due_on, FollowUp.ref).limit(PAGE + 1)).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Slice(rows[:PAGE], str(Cursor(clock.midnight(last.due_on), last.ref)) if last else None)


def follow_up_seen(actor: Actor, ref: str) -> FollowUp:
    """Give the follow-up named `ref` to whoever sees its meeting. Refuses (404) any other."""
    found = db.session.scalar(select(FollowUp).join(Visit).where(FollowUp.ref == ref, seen_by(actor)))
    if found is None:
        raise NotFound
    return found


def follow_ups_about(subject: Visit | Prospect | Employer, actor: Actor) -> Sequence[FollowUp]:
    """Give the follow-ups of a meeting, or of those with a prospect or an employer that this person sees: what is to be done first, then
    what was, forty at most."""
    if isinstance(subject, Visit):
        about = FollowUp.visit_id == subject.id
    else:
        about = Visit.prospect_id == subject.id if isinstance(subject, Prospect) else Visit.employer_id == subject.id
    found = select(FollowUp).join(Visit).where(about, seen_by(actor)).options(joinedload(FollowUp.visit), joinedload(FollowUp.user))
    return db.session.scalars(found.order_by(FollowUp.done_at.is_not(None), FollowUp.due_on, FollowUp.id).limit(SHOWN)).all()


def is_late(follow_up: FollowUp, today: dt.date | None = None) -> bool:
    """Whether a follow-up should have been done already."""
    return follow_up.done_at is None and follow_up.due_on < (today or clock.today())
