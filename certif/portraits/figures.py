"""What is read from a telling: shares and how sure they are, medians, weighted shares. From its rounded figures and nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from certif.kit.languages import language
from certif.portraits.asking import measure_in, measures_in
from certif.portraits.measures import HOURS_AT_MOST, Measure
from certif.portraits.telling import Told
from certif.portraits.withholding import WHOLE

_SURE = 1.96  # 95 % of a normal law

INDICATORS = (
    ("works", "yes"), ("hours", "16_plus"), ("hours", "18_plus"), ("weekdays", "11_plus"), ("latest", "after_22"), ("latest", "after_23"),
    ("missed", "ever"), ("adapts", "adapts"), ("success", "matters"), ("jobs", "more"),
)  # fmt: skip
"""The shares by which groups and years are compared: a measure, and an answer of it."""


@dataclass(frozen=True)
class Share:
    """One answer: `count` and `percent`, None where they are withheld; between `low` and `high` in 95 % of such samples."""

    name: str
    label: str
    count: int | None
    percent: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Figure:
    """One measure of one group. `since`: the number of the release from which it is told; `median`: hours, or the last band in words.

    `mean_between` and `median_between`: where they lie in 95 % of such samples; None where a band is withheld.
    """

    measure: Measure
    base: int
    since: int
    shares: tuple[Share, ...]
    together: tuple[Share, ...]
    mean: float | None
    median: str | None
    mean_between: tuple[float, float] | None
    median_between: tuple[str, str] | None

    def share(self, name: str) -> Share:
        """Give one of its answers, or of those told together."""
        return next(one for one in (*self.shares, *self.together) if one.name == name)


@dataclass(frozen=True)
class Group:
    """A group of a cut: its key, its name, and how many answered, None where it is withheld."""

    key: str
    name: str
    answers: int | None


def spoken(words: list[str]) -> str:
    """Give words that are kept in both languages, in the reader's."""
    return words[1] if language() == "en" else words[0]


def figure_of(told: Told, measure: str, cut: str = WHOLE, key: str = "", *, plausible: bool = False) -> Figure | None:
    """Give what is told of a measure for a group; None where it is withheld. `plausible`: without flagged answers."""
    row = told["figures"].get(measure, {}).get(cut, {}).get(key)
    if row is None or (plausible and row["plausible"] is None):
        return None
    since, row = row["from"], row["plausible"] if plausible else row
    words, about = told["words"][measure], measure_in(told, measure)
    replies = tuple(_share(name, spoken(words["replies"][name]), count, row["base"]) for name, count in row["replies"].items())
    sums = tuple(_share(name, spoken(words["together"][name]), count, row["base"]) for name, count in row.get("together", {}).items())
    mean, median = row.get("mean"), median_of(about, row["replies"], row["base"])
    sure = mean_between(about, row["replies"], row["base"], mean), median_between(about, row["replies"], row["base"])
    return Figure(about, row["base"], since, replies, sums, mean, median, *sure)


def figures_of(told: Told, cut: str = WHOLE, key: str = "") -> dict[str, Figure | None]:
    """Give every measure of a group, by name."""
    return {measure.name: figure_of(told, measure.name, cut, key) for measure in measures_in(told)}


def share_of(told: Told, measure: str, name: str, cut: str = WHOLE, key: str = "", *, plausible: bool = False) -> Share | None:
    """Give one share of a group, or None where it is withheld."""
    figure = figure_of(told, measure, cut, key, plausible=plausible)
    share = figure.share(name) if figure else None
    return share if share and share.percent is not None else None


def groups_of(told: Told, cut: str) -> Iterator[Group]:
    """Give the groups of a cut, in their order, withheld ones too."""
    people, names = told["people"].get(cut, {}), told["names"].get(cut, {})
    for key in (*names, *(key for key in people if key not in names)):
        yield Group(key, spoken(names[key]) if key in names else key, people.get(key, [None])[0])


def _share(name: str, label: str, count: int | None, base: int) -> Share:
    if count is None or not base:
        return Share(name, label, None, None, None, None)
    low, high = wilson(count, base)
    return Share(name, label, count, round(100 * count / base), low, high)


def wilson(count: int, base: int) -> tuple[int, int]:
    """Give between what a share lies, in whole percent, 95 times in 100. Source: E. B. Wilson, 1927. It never leaves 0 to 100."""
    share, square = min(count / base, 1.0), _SURE**2
    middle = (share + square / (2 * base)) / (1 + square / base)
    reach = _SURE * math.sqrt(share * (1 - share) / base + square / (4 * base**2)) / (1 + square / base)
    return max(0, round(100 * (middle - reach))), min(100, round(100 * (middle + reach)))


def mean_between(measure: Measure, replies: dict[str, int | None], base: int, mean: float | None) -> tuple[float, float] | None:
    """Give between what a mean lies, to the half-hour, 95 times in 100: from the bands that are told, as if each were evenly filled.

    The last band then reaches to the most that an answer counts for, so that the interval is wide rather than narrow; bands that are
    withheld side by side are one wide band, whose people are the rest. None where those withheld lie apart.
    """
    bands = _bands(measure, replies, base)
    people = sum(count for _hours, count in bands)
    if mean is None or people < 2:
        return None
    middle = sum(count * (first + last) / 2 for (first, last), count in bands) / people
    # the variance of the bands around the middle, and of the hours within each
    spread = sum(count * (((first + last) / 2 - middle) ** 2 + ((last - first + 1) ** 2 - 1) / 12) for (first, last), count in bands)
    reach = _SURE * math.sqrt(spread) / people
    return max(0.0, math.floor(2 * (mean - reach)) / 2), math.ceil(2 * (mean + reach)) / 2


def _bands(measure: Measure, replies: dict[str, int | None], base: int) -> list[tuple[tuple[int, int], int]]:
    found: list[tuple[tuple[int, int], int | None]] = []
    for reply in measure.replies:
        if reply.hours is None:
            return []
        (first, last), count = (reply.hours[0], min(reply.hours[1], HOURS_AT_MOST)), replies.get(reply.name)
        if count is None and found and found[-1][1] is None:
            found[-1] = ((found[-1][0][0], last), None)
        else:
            found.append(((first, last), count))
    rest = max(0, base - sum(count or 0 for _hours, count in found))
    is_whole = sum(count is None for _hours, count in found) <= 1
    return [(hours, rest if count is None else count) for hours, count in found] if is_whole else []


def median_between(measure: Measure, replies: dict[str, int | None], base: int) -> tuple[str, str] | None:
    """Give between what a median lies, 95 times in 100: the answers that stand so far before and after the one in the middle."""
    reach = _SURE * math.sqrt(base) / 2
    low = _hours_at(measure, replies, max(base / 2 - reach, 0.0))
    high = _hours_at(measure, replies, min(base / 2 + reach, float(base)))
    return (low, high) if low is not None and high is not None else None


def median_of(measure: Measure, replies: dict[str, int | None], base: int) -> str | None:
    """Give the median in whole hours, read inside its band; the words of the last band when it is there; None where it cannot be told."""
    return _hours_at(measure, replies, base / 2)


def _hours_at(measure: Measure, replies: dict[str, int | None], rank: float) -> str | None:
    below = 0
    for number, reply in enumerate(measure.replies):
        count = replies.get(reply.name)
        if reply.hours is None or count is None:
            return None
        if below + count >= rank and count:
            first, last = reply.hours
            if number == len(measure.replies) - 1:
                return str(reply.label)
            return f"{min(first + int((last + 1 - first) * (rank - below) / count), last)}\u00a0h"
        below += count
    return None


def weighted(told: Told, measure: str, name: str) -> int | None:
    """Give a share of the whole, each level weighed by how many students it really has; among those who work, by how many of them work.

    None unless the region gave totals and every level that has one is told.
    """
    totals: dict[str, int] = told.get("totals") or {}
    weights = {level: float(students) for level, students in totals.items()}
    if measure_in(told, measure).after:
        working = {level: share_of(told, "works", "yes", "level", level) for level in totals}
        weights = {level: weights[level] * (one.percent or 0) / 100 for level, one in working.items() if one}
    shares = {level: share_of(told, measure, name, "level", level) for level in totals}
    known = {level: one.percent for level, one in shares.items() if one and one.percent is not None and level in weights}
    whole = sum(weights.values())
    if not totals or len(known) < len(totals) or not whole:
        return None
    return round(sum(weights[level] * percent for level, percent in known.items()) / whole)
