"""A day on the road as it is shown: one meeting after the other, and the road between them."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from sqlalchemy import select

from certif.accounts import User
from certif.kit.db import db
from certif.visits.calendar_model import RouteStop
from certif.visits.model import Visit
from certif.visits.plan_travel import is_late, kilometres_between, minutes_between, road_minutes, shortest
from certif.visits.queries import visits_on


@dataclass(frozen=True)
class Stop:
    """One meeting of a day. `minutes` and `kilometres`, the road from the one before, None for the first, and where nobody knows;
    `is_late`, whether who comes from there comes too late."""

    visit: Visit
    minutes: int | None = None
    kilometres: int | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Saving:
    """What the shortest order would take, and what this one takes, in minutes on the road."""

    now: int
    shortest: int

    @property
    def minutes(self) -> int:
        """How many minutes would be saved."""
        return self.now - self.shortest


def route_of(user: User, day: dt.date) -> list[Stop]:
    """Give the meetings of somebody on a day: in the order that they chose, those that they did not order last; else by their hours."""
    visits = list(visits_on(user, day))
    chosen = select(RouteStop.visit_id, RouteStop.position).where(
        RouteStop.user_id == user.id, RouteStop.visit_id.in_([visit.id for visit in visits])
    )
    places = dict(db.session.execute(chosen).tuples().all()) if visits else {}
    visits.sort(key=lambda visit: (places.get(visit.id, len(places) + 1), visit.starts_at, visit.id))
    return stops_of(visits)


def stops_of(visits: list[Visit]) -> list[Stop]:
    """Give meetings, in this order, each with the road from the one before."""
    found = [Stop(visit) for visit in visits[:1]]
    for before, after in itertools.pairwise(visits):
        far = kilometres_between(before.mrc, after.mrc)
        found.append(Stop(after, minutes_between(before.mrc, after.mrc), far, is_late(before, after)))
    return found


def saving_of(stops: list[Stop]) -> Saving:
    """Give what the order of a day takes on the road, and what the shortest would."""
    visits = [stop.visit for stop in stops]
    return Saving(road_minutes(visits), road_minutes(shortest(visits)))
