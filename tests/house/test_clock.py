"""Rule 8: time comes from `kit/clock.py`, so that freezing it freezes the whole house."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import Source, complain, sources

WALL_CLOCK = re.compile(
    r"\b(?:datetime|dt\.datetime|dt\.date|date|datetime\.datetime|datetime\.date)\.(?:now|utcnow|today)\(|\btime\.(?:time|time_ns|localtime|gmtime|ctime|strftime)\("
    r"|\bfunc\.(?:now|current_timestamp|current_date)\b|\bCURRENT_(?:TIMESTAMP|DATE)\b|\bserver_default=.*now\("
)

FREE = ("certif/kit/clock.py", "certif/trust/check_certificate.py")
"""The clock itself, and a program that is given away: on the machine of others it has only theirs."""


def test_only_the_clock_reads_the_wall_clock() -> None:
    complain([complaint for source in sources() for complaint in own_time(source)])


def test_migrations_give_no_instant_of_their_own() -> None:
    from tests.house.sources import ROOT, read

    complain([complaint for path in sorted((ROOT / "migrations").rglob("*.py")) for complaint in own_time(read(path))])


@pytest.mark.parametrize(
    "line",
    [
        "dt.datetime.now(dt.UTC)",
        "datetime.utcnow()",
        "date.today()",
        "dt.date.today()",
        "time.time()",
        "select(func.now())",
        "DEFAULT CURRENT_TIMESTAMP",
    ],
)
def test_another_clock_is_seen(line: str) -> None:
    assert own_time(Source("certif/employers/actions.py", f"x = {line}"))
    assert own_time(Source("certif/kit/clock.py", f"x = {line}")) == []


@pytest.mark.parametrize(
    "line", ["clock.now()", "clock.today()", "time.monotonic()", "time.perf_counter()", "dt.datetime.fromisoformat(x)"]
)
def test_asking_the_clock_or_measuring_a_duration_is_free(line: str) -> None:
    assert own_time(Source("certif/employers/actions.py", f"x = {line}")) == []


def own_time(source: Source) -> list[str]:
    """Complain of a second way to know the time."""
    if source.place in FREE:
        return []
    lines = enumerate(source.text.splitlines(), 1)
    return [
        f"{source.place}:{number}: ask clock.now() or clock.today(): {line.strip()}" for number, line in lines if WALL_CLOCK.search(line)
    ]
