"""What a portrait tells, beside what others published of the same: share by share, with whose figure it is and how sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from certif.portraits.benchmarks import Benchmark, benchmarks_of
from certif.portraits.figures import Share, share_of, spoken
from certif.portraits.measures import HOURS
from certif.portraits.model import PortraitRelease
from certif.portraits.reading import BANDS, label_of
from certif.portraits.telling import Told

WORKS = ("works", "yes")


@dataclass(frozen=True)
class Compared:
    """One share: ours, None where it is withheld, between the bounds it has; and that of others."""

    label: str
    ours: Share | None
    theirs: Benchmark


def compared(release: PortraitRelease) -> list[Compared]:
    """Give what a release tells that others published too: who works, and how many hours, in the bands of the Institut."""
    return list(_compared(release.told))


def _compared(told: Told) -> Iterator[Compared]:
    yield Compared(label_of(*WORKS), share_of(told, *WORKS), benchmarks_of(WORKS[0])[WORKS[1]])
    known, words = benchmarks_of(HOURS.name), told["words"][HOURS.name]
    names = {**words["replies"], **words["together"]}
    for band in BANDS:
        yield Compared(spoken(names[band]), share_of(told, HOURS.name, band), known[band])
