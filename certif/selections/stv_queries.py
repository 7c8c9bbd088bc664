"""Questions about what a juror ranked."""

from __future__ import annotations

from sqlalchemy import func, select

from certif.kit.db import db
from certif.selections.jury_model import Ballot, JurySeat
from certif.selections.stv_recipe import RANK


def picks_of(seat: JurySeat) -> dict[int, Ballot]:
    """Give the last ballot of a juror on each entry, by the id of the entry."""
    wanted = select(Ballot).where(Ballot.seat_id == seat.id).order_by(Ballot.number)
    return {one.entry_id: one for one in db.session.scalars(wanted)}


def ranks_of(seat: JurySeat) -> dict[int, int | None]:
    """Give the rank that a juror gave each entry, by its id; None where it left it without."""
    return {entry: one.scores.get(RANK) for entry, one in picks_of(seat).items()}


def version_of(seat: JurySeat) -> int:
    """Give what changes each time a juror ranks: the position of its last ballot, 0 before the first."""
    return db.session.scalar(select(func.max(Ballot.position)).where(Ballot.seat_id == seat.id)) or 0
