"""What can happen to a day on the road: put in order by hand, and recalled the evening before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, select

from certif.accounts import User
from certif.kit import audit, clock, outbox
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _l
from certif.kit.web import absolute_url
from certif.visits.calendar_day import route_of
from certif.visits.calendar_model import DayReminder, RouteStop
from certif.visits.model import Visit, VisitGoer
from certif.visits.plan_travel import shortest
from certif.visits.queries import hour_of, is_all_day, is_standing, name_of, visits_on

audit.declare("route_ordered", _l("%(by)s a mis en ordre sa journée du %(day)s."), "day")
audit.declare("day_recalled", _l("Rappel de la journée du %(day)s envoyé."), "day")

EVENING = 17
"""From which hour, in Québec, the next day is recalled."""


def step_in_route(user: User, day: dt.date, visit: Visit, *, up: bool, by: Actor) -> None:
    """Put a meeting of a day one place higher or lower in the order of somebody who goes. At the end of the list it stays."""
    lock(user)
    order = [stop.visit for stop in route_of(user, day)]
    here = order.index(visit)
    there = max(here - 1, 0) if up else min(here + 1, len(order) - 1)
    order[here], order[there] = order[there], order[here]
    _keep_order(user, day, order, by)


def take_shortest_route(user: User, day: dt.date, *, by: Actor) -> None:
    """Put the meetings of a day in the order that takes the least time on the road."""
    lock(user)
    _keep_order(user, day, shortest(visits_on(user, day)), by)


def forget_route(user: User, day: dt.date, *, by: Actor) -> None:
    """Take the meetings of a day in the order of their hours again."""
    lock(user)
    _keep_order(user, day, [], by)


@recurring("recall_tomorrow", every=dt.timedelta(minutes=30))
def recall_tomorrow() -> None:
    """Write to everyone who goes somewhere tomorrow, once, from the evening on."""
    if clock.now().astimezone(clock.TORONTO).hour < EVENING:
        return
    day = clock.today() + dt.timedelta(days=1)
    hours = Visit.starts_at >= clock.midnight(day), Visit.starts_at < clock.midnight(day + dt.timedelta(days=1)), is_standing()
    found = select(VisitGoer.user_id).join(Visit, Visit.id == VisitGoer.visit_id).where(*hours).distinct()
    for key in sorted(db.session.scalars(found)):
        with transaction():
            _recall(db.session.get_one(User, key), day)


def _keep_order(user: User, day: dt.date, order: Sequence[Visit], by: Actor) -> None:
    ids = [visit.id for visit in visits_on(user, day)]
    db.session.execute(delete(RouteStop).where(RouteStop.user_id == user.id, RouteStop.visit_id.in_(ids)))
    db.session.add_all(RouteStop(user_id=user.id, visit_id=visit.id, position=place) for place, visit in enumerate(order, 1))
    audit.record("route_ordered", user, by=by, day=day.isoformat())


def _recall(user: User, day: dt.date) -> None:
    if user.disabled_at is not None:
        return
    if insert_new(DayReminder, [{"user_id": user.id, "day": day, "reminded_at": clock.now()}], DayReminder.id):
        outbox.queue(
            "visits/day_ahead", user.email, language=user.language, scope=None, day=day, stops=route_of(user, day), name_of=name_of,
            hour_of=hour_of, is_all_day=is_all_day, url=absolute_url("visits.show_day", language=user.language),
        )  # fmt: skip
        audit.record("day_recalled", user, by=SYSTEM, day=day.isoformat())
