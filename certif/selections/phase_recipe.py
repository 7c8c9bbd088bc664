"""How a phase keeps some of its entries: pure, and the same for every kind of phase. What differs is only where scores come from.

In each cell those that are fit are ranked by score, then by the place a decider gave among equals, then by chance where a seed was bound to
beforehand. The first ones are kept. Those left out follow, so that whoever steps down is replaced by the next.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from certif.campaigns import Category
from certif.sampling import ranked

_LAST = 1_000_000_000


@dataclass(frozen=True)
class Standing:
    """An entry before a phase is closed, and where it stands after: `rank` from 1 in its cell, equal for equals, and `is_kept`.

    `ticket` stands for the entry wherever it is published; `score`, in thousandths; `place`, given by a decider among equals.
    """

    entry: str
    ticket: str
    cell: str
    is_fit: bool = True
    score: int | None = None
    place: int | None = None
    reason: str = ""
    rank: int = 1
    is_kept: bool = False


def settled(standings: Iterable[Standing], keeps: int | None, seed: str = "") -> list[Standing]:
    """Rank every entry in its cell, and keep the first ones.

    Takes: `keeps`, how many in each cell (None: all that are fit); `seed`, which breaks ties by chance; empty: equals stay equal.
    Gives: the same entries, by cell and rank. Equals between which the limit falls are **not** kept: look at `undecided` first.
    """
    cells: dict[str, list[Standing]] = defaultdict(list)
    for one in standings:
        cells[one.cell].append(one)
    return [one for cell in sorted(cells) for one in _cell_settled(cells[cell], keeps, seed)]


def undecided(found: Sequence[Standing], keeps: int | None) -> list[Standing]:
    """Give the equals between which the limit falls: someone, or chance, must decide among them."""
    if keeps is None:
        return []
    sizes = Counter((one.cell, one.rank) for one in found)
    return [one for one in found if one.is_fit and one.rank <= keeps < one.rank + sizes[one.cell, one.rank] - 1]


def _cell_settled(cell: list[Standing], keeps: int | None, seed: str) -> list[Standing]:
    by_chance = {ticket: number for number, ticket in enumerate(ranked(seed, [one.ticket for one in cell]))} if seed else {}

    def key(one: Standing) -> tuple[int, int, int, int]:
        return (not one.is_fit, -(one.score or 0), one.place or _LAST, by_chance.get(one.ticket, 0))

    ordered, found = sorted(cell, key=lambda one: (key(one), one.ticket)), list[Standing]()
    for number, one in enumerate(ordered, 1):
        is_equal = found and key(found[-1]) == key(one)
        found.append(replace(one, rank=found[-1].rank if is_equal else number))
    sizes = Counter(one.rank for one in found)
    return [replace(one, is_kept=one.is_fit and (keeps is None or one.rank + sizes[one.rank] - 1 <= keeps)) for one in found]


@dataclass(frozen=True)
class Candidate:
    """Who may be honoured after the last phase: what the filters of categories look at. Several levels where several students speak."""

    entry: str
    mrc: str
    levels: frozenset[str]
    sector: str | None
    is_kept: bool = True


def honoured(candidates: Sequence[Candidate], categories: Sequence[Category], *, has_limit: bool) -> list[tuple[str, Candidate]]:
    """Give who is a laureate, under which category: each category takes the first of one ranking that fit it and have none yet.

    Takes: `candidates`, in the order of the ranking; `has_limit`, whether the last phase kept a number: those it kept and that no category
    takes are then honoured without one.
    """
    taken: dict[str, tuple[str, Candidate]] = {}
    for category in categories:
        fit = [one for one in candidates if one.is_kept and one.entry not in taken and fits(one, category)]
        taken |= {one.entry: (category.id, one) for one in fit[: category.keeps]}
    if has_limit or not categories:
        taken |= {one.entry: ("", one) for one in candidates if one.is_kept and one.entry not in taken}
    return [taken[one.entry] for one in candidates if one.entry in taken]


def fits(candidate: Candidate, category: Category | None) -> bool:
    """Whether a category may honour this one; none asks nothing."""
    if category is None:
        return True
    is_there = not category.mrcs or candidate.mrc in category.mrcs
    is_of = not category.sectors or candidate.sector in category.sectors
    return is_there and is_of and (not category.levels or bool(candidate.levels.intersection(category.levels)))


def vote_digest(previous: str, number: int, ticket: str, receipt_digest: str) -> str:
    """Give the digest of a vote, which covers the vote before."""
    return hashlib.sha256(f"{previous} {number} {ticket} {receipt_digest}".encode()).hexdigest()


def record_digest(record: dict[str, Any], minutes: str) -> str:
    """Give the SHA-256 (hex) of how a phase was closed, whom it kept, and its minutes."""
    said = json.dumps({"minutes": minutes, "record": record}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
