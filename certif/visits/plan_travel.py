"""How long the road takes between two meetings, about: there is no road map here, only a point for each MRC.

A straight line is lengthened by a third and driven at 70 km/h, with what it takes to park and to walk in; inside one MRC, and where an MRC
is not known, a fixed time is kept. Source: a rule of the house, on the side of caution; the points are approximate.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

from certif.kit import clock
from certif.kit.languages import _, format_day
from certif.territory import Mrc, mrc_points
from certif.visits.model import Visit
from certif.visits.queries import day_of, hour_of, name_of

NEARBY_MINUTES = 20
"""What is kept free between two meetings in one MRC, or where nobody knows how far they are."""

MOST_TRIED = 7
"""Up to how many meetings every order is tried; of more, the nearest is always next."""

_DETOUR, _SPEED, _ARRIVAL_MINUTES, _EARTH_KM = 4 / 3, 70, 10, 6371


def kilometres_between(one: Mrc | None, other: Mrc | None) -> int | None:
    """Give how far it is by road, about; None where an MRC is not known."""
    points = mrc_points()
    if one is None or other is None or one.slug not in points or other.slug not in points:
        return None
    here, there = points[one.slug], points[other.slug]
    north, east = math.radians(there.latitude - here.latitude), math.radians(there.longitude - here.longitude)
    middle = math.cos(math.radians((here.latitude + there.latitude) / 2))
    return round(_DETOUR * _EARTH_KM * math.hypot(north, east * middle))


def minutes_between(one: Mrc | None, other: Mrc | None) -> int:
    """Give how long to keep for the road between two places, in whole five minutes, never less than `NEARBY_MINUTES`."""
    far = kilometres_between(one, other)
    if not far:
        return NEARBY_MINUTES
    return max(NEARBY_MINUTES, 5 * math.ceil((far * 60 / _SPEED + _ARRIVAL_MINUTES) / 5))


def complaint(who: str, mine: Visit, other: Visit) -> str | None:
    """Say what is wrong between two meetings of one person, or nothing: they overlap, or the road takes longer than there is."""
    named = {"who": who, "name": name_of(other), "day": format_day(day_of(other)), "hour": hour_of(other.starts_at)}
    if other.starts_at < mine.ends_at and mine.starts_at < other.ends_at:
        return str(_("%(who)s a déjà « %(name)s » à ce moment-là (%(day)s, %(hour)s).", **named))
    first, second = (mine, other) if mine.starts_at < other.starts_at else (other, mine)
    left, needed = int((second.starts_at - first.ends_at).total_seconds()) // 60, minutes_between(first.mrc, second.mrc)
    if left >= needed or day_of(first) != day_of(second):
        return None
    return str(_(
        "%(who)s n’aura que %(left)s minutes entre ce rendez-vous et « %(name)s » (%(hour)s) : la route en demande environ %(needed)s.",
        **named, left=left, needed=needed,
    ))  # fmt: skip


def shortest(visits: Sequence[Visit]) -> list[Visit]:
    """Give meetings in the order that takes the least time on the road; of two that take as long, the one that keeps the hours."""
    in_time = sorted(visits, key=lambda visit: (visit.starts_at, visit.id))
    if len(in_time) <= MOST_TRIED:
        return list(min(itertools.permutations(in_time), key=road_minutes))
    order, left = [in_time[0]], in_time[1:]
    while left:
        here = order[-1].mrc
        nearest = min(left, key=lambda visit: minutes_between(here, visit.mrc))
        left.remove(nearest)
        order.append(nearest)
    return order


def road_minutes(visits: Iterable[Visit]) -> int:
    """Give how long the road takes through meetings, in this order."""
    return sum(minutes_between(one.mrc, other.mrc) for one, other in itertools.pairwise(visits))


def is_late(before: Visit, after: Visit) -> bool:
    """Whether who comes from one meeting is late at the other, the road counted."""
    return (after.starts_at - before.ends_at).total_seconds() < 60 * minutes_between(before.mrc, after.mrc)


def has_begun(visit: Visit) -> bool:
    """Whether the hour of a meeting has come."""
    return visit.starts_at <= clock.now()


def is_past(visit: Visit) -> bool:
    """Whether a meeting is over."""
    return visit.ends_at <= clock.now()
