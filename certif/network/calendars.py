"""The meetings of committees as calendars take them: when, where and the order of the day; nothing of who sits there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from certif.kit import calendars
from certif.kit.calendars import ICS, Happening
from certif.kit.clock import TORONTO
from certif.kit.web import absolute_url
from certif.network.committee_model import CommitteeMeeting

__all__ = ["ICS", "calendar_of"]

_LENGTH = dt.timedelta(hours=2)
"""How long a meeting is taken to be: nobody says when it ends."""


def calendar_of(meetings: Iterable[CommitteeMeeting], *, name: str = "") -> str:
    """Give meetings as a calendar, those cancelled too, so that whoever read them before takes them away."""
    return calendars.calendar_of([_happening(one) for one in meetings], name=name)


def _happening(meeting: CommitteeMeeting) -> Happening:
    hour, minute = meeting.starts_at.split(":")
    begins = dt.datetime.combine(meeting.held_on, dt.time(int(hour), int(minute)), TORONTO)
    off = meeting.cancelled_at
    return Happening(
        f"rencontre-{meeting.ref}", meeting.committee.name, meeting.place, begins, begins + _LENGTH, off or meeting.planned_at,
        sequence=1 if off else 0, is_cancelled=off is not None, note=meeting.agenda,
        url=str(absolute_url("network.show_meeting", ref=meeting.ref)),
    )  # fmt: skip
