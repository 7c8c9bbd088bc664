"""The only reader of the wall clock. Freezing it freezes the whole application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

TORONTO = ZoneInfo("America/Toronto")
"""The time zone of Québec's offices: days, deadlines and opening dates are counted in it."""

_frozen_at: dt.datetime | None = None


def now() -> dt.datetime:
    """Give this instant, aware, in UTC."""
    return _frozen_at or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Give the day it is in Québec."""
    return now().astimezone(TORONTO).date()


def midnight(day: dt.date) -> dt.datetime:
    """Give the first instant of `day` in Québec, in UTC."""
    return dt.datetime.combine(day, dt.time(), TORONTO).astimezone(dt.UTC)


@contextmanager
def frozen(at: dt.datetime) -> Iterator[None]:
    """Stop the clock at `at` (aware) for the whole process: for tests and rehearsals. May be nested."""
    global _frozen_at  # noqa: PLW0603 — one clock for every thread is the point
    if at.tzinfo is None:
        raise TypeError("an instant without a time zone")
    before, _frozen_at = _frozen_at, at.astimezone(dt.UTC)
    try:
        yield
    finally:
        _frozen_at = before
