"""The numbers behind the limits: by fixed windows, swept away once they are over, and without a thread."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

from certif.kit import clock
from certif.kit.limits import SWEEP_SECONDS, Counters

NOON = dt.datetime(2026, 11, 3, 17, tzinfo=dt.UTC)


def test_a_window_starts_with_the_first_and_ends_in_its_time() -> None:
    counters = Counters()
    with clock.frozen(NOON):
        assert [counters.incr("a", 60), counters.incr("a", 60), counters.incr("b", 60)] == [1, 2, 1]
        assert (counters.get("a"), counters.get_expiry("a")) == (2, NOON.timestamp() + 60)
    with clock.frozen(NOON + dt.timedelta(seconds=59)):
        assert counters.incr("a", 60) == 3
    with clock.frozen(NOON + dt.timedelta(seconds=60)):
        assert counters.get("a") == 0
        assert counters.incr("a", 60) == 1


def test_what_is_over_is_swept_away() -> None:
    with clock.frozen(NOON):
        counters = Counters()
        for number in range(100):
            counters.incr(f"network {number}", 1)
    with clock.frozen(NOON + dt.timedelta(seconds=SWEEP_SECONDS + 1)):
        counters.incr("late", 60)
        assert counters.reset() == 1


def test_nothing_is_lost_between_many_at_once_and_no_thread_is_started() -> None:
    counters, before = Counters(), threading.active_count()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _each: counters.incr("a", 3600), range(2_000)))
    assert counters.get("a") == 2_000
    assert threading.active_count() == before


def test_a_key_may_be_forgotten_alone() -> None:
    counters = Counters()
    counters.incr("a", 3600)
    counters.incr("b", 3600)
    counters.clear("a")
    assert (counters.get("a"), counters.get("b"), counters.check()) == (0, 1, True)
