"""An evening as calendars take it: when and where, and nothing of who is honoured."""

from __future__ import annotations

from certif.galas.evening import begins_at, ends_at
from certif.galas.model import Gala
from certif.galas.queries import cancellation_of, name_of
from certif.kit import calendars
from certif.kit.calendars import ICS, Happening

__all__ = ["ICS", "calendar_of"]


def calendar_of(gala: Gala) -> str:
    """Give the evening as a calendar of one event."""
    evening = Happening(
        f"gala-{gala.ref}", name_of(gala), f"{gala.place}, {gala.address}", begins_at(gala), ends_at(gala), gala.planned_at,
        is_cancelled=cancellation_of(gala) is not None,
    )  # fmt: skip
    return calendars.calendar_of([evening])
