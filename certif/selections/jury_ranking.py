"""What a jury ranks, and the file from which anyone may compute it again. The arithmetic is in `jury_recipe`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certif.campaigns import Campaign, Phase
from certif.kit.db import db
from certif.kit.languages import _
from certif.nominations import Boss
from certif.selections import jury_chain, jury_recipe
from certif.selections.jury_model import Jury, JuryEntry
from certif.selections.jury_queries import board_of, jury_at, seats_of

DISAGREEMENT = 300
"""From this spread on, in thousandths, jurors are said to disagree: nearly a third of the scale, once each one's leniency is set aside."""


@dataclass(frozen=True)
class Ranked:
    """An entry and what its jury thinks of it, in thousandths of the scale; None where no ballot counts.

    `score`, comparable between jurors; `raw`, the plain mean; `ballots`, how many count; `spread`, between the highest and the lowest of
    them, once comparable; `reason`, in a sentence.
    """

    boss_id: int
    nomination_id: int | None
    cell: str
    score: int | None
    raw: int | None
    ballots: int
    spread: int
    reason: str
    number: int = 0

    @property
    def is_disputed(self) -> bool:
        """Whether its jurors are far apart."""
        return self.spread >= DISAGREEMENT


def ranking_of(campaign: Campaign, phase: Phase) -> list[Ranked]:
    """Rank what a jury judges: the best first, what has no ballot last. Nothing while the jury is not open."""
    jury = jury_at(campaign, phase)
    if jury is None:
        return []
    entries = {one.ref: one for one in board_of(jury).entries}
    return [_ranked(entries[line["entry"]], line) for line in file_of(jury)["ranking"]]


def file_of(jury: Jury) -> dict[str, Any]:
    """Give a jury as the file that `jury_recipe` reads: the grid, the entries, the whole chain of ballots, the ranking. No name is in it.

    A ballot `counts` where its juror still sits and does not stand aside; jurors and entries have random names.
    """
    board, sitting = board_of(jury), {seat.id for seat in seats_of(jury)}
    asked: dict[str, Any] = {
        "jury": jury.ref,
        "phase": jury.phase_id,
        "criteria": [{"id": one.id, "weight": one.weight, "most": one.most} for one in jury.phase.criteria],
        "entries": sorted(one.ref for one in board.entries),
        "ballots": [
            jury_chain.chained(one) | {"counts": one.seat_id in sitting and (one.seat_id, one.entry_id) not in board.recusals}
            for one in jury_chain.ballots_in_order(jury)
        ],
    }
    return asked | {"ranking": jury_recipe.ranking(asked)}


def named_bosses(ranked: list[Ranked]) -> dict[int, Boss]:
    """Give the bosses that a ranking speaks of, by id: one statement."""
    wanted = select(Boss).where(Boss.id.in_({one.boss_id for one in ranked})).options(joinedload(Boss.mrc))
    return {boss.id: boss for boss in db.session.scalars(wanted)}


def _ranked(entry: JuryEntry, line: dict[str, Any]) -> Ranked:
    return Ranked(
        boss_id=entry.boss_id, nomination_id=entry.nomination_id, cell=entry.cell, score=line["score"], raw=line["raw"],
        ballots=line["ballots"], spread=line["spread"], reason=_reason(line), number=entry.number,
    )  # fmt: skip


def _reason(line: dict[str, Any]) -> str:
    if not line["ballots"]:
        return _("Aucun bulletin ne compte.")
    if line["ballots"] == 1:
        return _("Un seul bulletin.")
    return _("Les avis sont partagés.") if line["spread"] >= DISAGREEMENT else ""
