"""Who reads what, kept in rows: shared out by itself when jurors or entries come and go, or as staff say."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.selections.jury_assigning import Pair, shared_out
from certif.selections.jury_model import Jury, JuryAssignment, JuryEntry, JurySeat
from certif.selections.jury_queries import KEEPERS, board_of, closing_of, seats_of, ties_of

audit.declare("entries_assigned", _l("%(by)s a réparti les candidatures entre les membres du jury (%(count)s lectures)."), "count")

Ids = tuple[int, int]
"""A seat and an entry."""


def share_out(jury: Jury, *, by: Actor, also: Collection[Ids] = ()) -> None:
    """Share the entries of a locked jury between those who sit, changing as little as can be; nothing where all read all.

    Takes: `also`, pairs that stay, beside those whose ballot was cast.
    """
    each = jury.phase.jurors_each
    if each is None:
        return
    board, sitting = board_of(jury), seats_of(jury)
    barred = board.recusals.keys() | (ties_of(jury) - board.cast)
    found = shared_out(
        [str(one.id) for one in sitting], [str(one.id) for one in board.entries], each,
        now=_named(board.shared or ()), held=_named({*board.cast, *also}), barred=_named(barred),
    )  # fmt: skip
    _keep(jury, {(int(seat), int(entry)) for seat, entry in found}, by)


def assign_entries(jury: Jury, wanted: Collection[tuple[JurySeat, JuryEntry]], *, by: Actor) -> None:
    """Share the entries as staff say. What was judged already stays with who judged it.

    Refuses: someone who does not keep the program's juries; a closed phase; a jury where all read all; a juror who stands aside.
    """
    if not by.holds(jury.campaign.program_id, *KEEPERS):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de tenir un jury."))
    lock(jury)
    if closing_of(jury.campaign, jury.phase_id) is not None:
        raise Refusal(_("Cette phase est close : rien n’y change plus."))
    if jury.phase.jurors_each is None:
        raise Refusal(_("Dans ce jury, chacun lit toutes les candidatures."))
    board, sitting = board_of(jury), {one.id for one in seats_of(jury)}
    for seat, entry in wanted:
        if (seat.id, entry.id) in board.recusals:
            raise Refusal(_("%(name)s s’est retiré·e de la candidature %(number)s.", name=seat.name, number=entry.number))
    cast = {pair for pair in board.cast - board.recusals.keys() if pair[0] in sitting}
    _keep(jury, {(seat.id, entry.id) for seat, entry in wanted} | cast, by)


def _keep(jury: Jury, found: set[Ids], by: Actor) -> None:
    rows = db.session.scalars(select(JuryAssignment).join(JurySeat).where(JurySeat.jury_id == jury.id)).all()
    there = {(one.seat_id, one.entry_id): one.id for one in rows}
    if there.keys() == found:
        return
    gone = [number for pair, number in there.items() if pair not in found]
    db.session.execute(delete(JuryAssignment).where(JuryAssignment.id.in_(gone)))
    for seat, entry in sorted(found - there.keys()):
        db.session.add(JuryAssignment(seat_id=seat, entry_id=entry, assigned_at=clock.now(), assigned_by=by.ref))
    db.session.flush()
    audit.record("entries_assigned", jury, by=by, count=len(found))


def _named(pairs: Collection[Ids]) -> set[Pair]:
    return {(str(seat), str(entry)) for seat, entry in pairs}
