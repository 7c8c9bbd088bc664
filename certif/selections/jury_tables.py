"""What staff see of a jury, line by line: each juror's progress, and what a ranking may be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from certif.campaigns import Category
from certif.kit.db import db
from certif.nominations import Boss, Nomination
from certif.selections.jury_model import Jury, JurySeat
from certif.selections.jury_queries import Board, nudged_today, seats_of
from certif.selections.jury_ranking import Ranked
from certif.territory import Mrc, Partner


@dataclass(frozen=True)
class SeatLine:
    """A juror, how far it is (`done` of `total`, `share` in percent), how many it stands aside of, and whether it was nudged today."""

    seat: JurySeat
    done: int
    total: int
    share: int
    recusals: int
    is_nudged: bool


def lines_of_seats(jury: Jury, board: Board) -> list[SeatLine]:
    """Give who sits, and how far each is."""
    nudged = nudged_today(jury)
    aside = [seat for seat, _entry in board.recusals]
    return [SeatLine(seat, *board.progress(seat), aside.count(seat.id), seat.id in nudged) for seat in seats_of(jury)]


def cells_of(ranked: Iterable[Ranked]) -> dict[str, str]:
    """Give the cells of a ranking with their names, by name; nothing where the contest is one."""
    return names_of_cells({one.cell for one in ranked})


def names_of_cells(all_cells: set[str]) -> dict[str, str]:
    """Give the names of cells, by name; nothing where the contest is one."""
    cells = all_cells - {""}
    if not cells:
        return {}
    found: dict[str, str] = dict(db.session.execute(select(Mrc.slug, Mrc.name).where(Mrc.slug.in_(cells))).tuples().all())
    found |= dict(db.session.execute(select(Partner.ref, Partner.name).where(Partner.ref.in_(cells))).tuples().all())
    return dict(sorted(found.items(), key=lambda one: one[1]))


def narrowed(ranked: list[Ranked], bosses: Mapping[int, Boss], cell: str | None, category: Category | None) -> list[Ranked]:
    """Give the part of a ranking that is in a cell and may be honoured under a category: its MRC, its sector, and a duo's level."""
    levels = _levels(ranked) if category is not None and category.levels else {}
    return [
        one for one in ranked
        if (cell is None or one.cell == cell) and (category is None or _fits(category, bosses[one.boss_id], levels.get(one.nomination_id)))
    ]  # fmt: skip


def _fits(category: Category, boss: Boss, level: str | None) -> bool:
    return (
        (not category.mrcs or boss.mrc.slug in category.mrcs)
        and (not category.sectors or boss.sector in category.sectors)
        and (level is None or level in category.levels)
    )


def _levels(ranked: Iterable[Ranked]) -> dict[int | None, str]:
    ids = [one.nomination_id for one in ranked if one.nomination_id]
    return dict(db.session.execute(select(Nomination.id, Nomination.level).where(Nomination.id.in_(ids))).tuples().all())
