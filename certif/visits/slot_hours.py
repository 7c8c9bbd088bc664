"""Which hours of somebody are free, by a rule: on which days, from when to when, how long, and how far from other meetings."""

from __future__ import annotations

import datetime as dt

from certif.kit import clock
from certif.visits.plan_travel import minutes_between
from certif.visits.queries import goes, visits_between
from certif.visits.slot_model import SlotOffer

NOTICE = dt.timedelta(hours=12)
"""How long beforehand an hour may be chosen at the latest."""

MOST_SHOWN = 200


def free_hours(offer: SlotOffer) -> list[dt.datetime]:
    """Give when the hours begin that are still free, in UTC, in order."""
    length, own = dt.timedelta(minutes=offer.minutes), dt.timedelta(minutes=offer.buffer_minutes)
    last = clock.midnight(offer.until_on + dt.timedelta(days=1))
    taken = []
    for visit in visits_between(clock.midnight(offer.from_on) - dt.timedelta(hours=12), last + dt.timedelta(hours=12), goes(offer.user)):
        room = max(own, dt.timedelta(minutes=minutes_between(offer.mrc, visit.mrc)))
        taken.append((visit.starts_at - room, visit.ends_at + room))
    found = [
        hour
        for hour in _hours(offer)
        if hour >= clock.now() + NOTICE and not any(start < hour + length and hour < end for start, end in taken)
    ]
    return found[:MOST_SHOWN]


def _hours(offer: SlotOffer) -> list[dt.datetime]:
    """Give every hour of the rule: one after the other with the buffer between, on the chosen days, as clocks in Québec show them."""
    first, last = (dt.time.fromisoformat(text) for text in (offer.from_hour, offer.until_hour))
    found = []
    for number in range((offer.until_on - offer.from_on).days + 1):
        day = offer.from_on + dt.timedelta(days=number)
        if str(day.isoweekday()) not in offer.weekdays:
            continue
        here, end = (dt.datetime.combine(day, time, clock.TORONTO).astimezone(dt.UTC) for time in (first, last))
        while here + dt.timedelta(minutes=offer.minutes) <= end:
            found.append(here)
            here += dt.timedelta(minutes=offer.minutes + offer.buffer_minutes)
    return found
