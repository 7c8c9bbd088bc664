"""What a subscription reads: the meetings of one person, and nothing of those who are invited."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.accounts import Grant, User
from certif.kit import calendars, clock, tokens
from certif.kit.calendars import Happening
from certif.kit.db import db
from certif.kit.languages import _
from certif.kit.web import absolute_url
from certif.visits.feed_model import CalendarFeed
from certif.visits.invitation_letters import key_of
from certif.visits.model import VISIT_KINDS, Visit, VisitKind, VisitMove
from certif.visits.queries import goes, is_all_day, name_of, together

BEFORE, AFTER = dt.timedelta(days=92), dt.timedelta(days=400)
"""How far back and ahead a subscription reads."""

MOST = 2000


def feed_behind(token: str) -> CalendarFeed:
    """Give the subscription of a secret address, while it stands and its person still works here. Refuses (404) any other."""
    works = exists().where(Grant.user_id == CalendarFeed.user_id, Grant.in_force())
    standing = CalendarFeed.token_digest == tokens.digest(token), CalendarFeed.revoked_at.is_(None), User.disabled_at.is_(None), works
    found = db.session.scalar(select(CalendarFeed).join(CalendarFeed.user).where(*standing).options(joinedload(CalendarFeed.user)))
    if found is None:
        raise NotFound
    return found


def calendar_of(user: User) -> str:
    """Give the meetings of somebody as a calendar, those cancelled too, so that whoever read them before takes them away.

    The same meetings give the same bytes.
    """
    here = Visit.starts_at > clock.now() - BEFORE, Visit.starts_at < clock.now() + AFTER, goes(user)
    found = db.session.scalars(select(Visit).where(*here).order_by(Visit.starts_at, Visit.id).limit(MOST).options(*together())).all()
    moved = _last_moves([visit.id for visit in found])
    return calendars.calendar_of([_happening(visit, moved.get(visit.id)) for visit in found], name=str(_("Terrain Certif")))


def _happening(visit: Visit, moved_at: dt.datetime | None) -> Happening:
    off = visit.cancellation
    kind, name = str(VISIT_KINDS[VisitKind(visit.kind)]), name_of(visit)
    return Happening(
        key_of(visit), name if name == kind else _("%(kind)s : %(name)s", kind=kind, name=name),
        ", ".join(filter(None, (visit.place, visit.address))), visit.starts_at, visit.ends_at,
        off.cancelled_at if off else moved_at or visit.planned_at, sequence=visit.sequence, is_cancelled=off is not None,
        is_all_day=is_all_day(visit), url=str(absolute_url("visits.show_visit", ref=visit.ref, language="fr")),
    )  # fmt: skip


def _last_moves(ids: list[int]) -> dict[int, dt.datetime]:
    last = select(VisitMove.visit_id, func.max(VisitMove.moved_at)).where(VisitMove.visit_id.in_(ids)).group_by(VisitMove.visit_id)
    return dict(db.session.execute(last).tuples().all()) if ids else {}
