"""What can happen to the tables of a gala: set, resized, taken away; guests seated, moved, and asked to rise."""

from __future__ import annotations

from sqlalchemy import func, select

from certif.galas.guest_model import GalaTable, Guest, TableSeat
from certif.galas.guest_queries import seats_wanted
from certif.galas.model import Gala
from certif.galas.standing import lock_standing
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l, _n

audit.declare("gala_table_added", _l("%(by)s a ajouté une table : %(name)s."), "name")
audit.declare("gala_table_edited", _l("%(by)s a modifié une table : %(name)s."), "name")
audit.declare("gala_table_dropped", _l("%(by)s a retiré une table : %(name)s."), "name")
audit.declare("guest_seated", _l("%(by)s a placé une personne invitée à la table %(name)s."), "name")
audit.declare("guest_unseated", _l("%(by)s a retiré une personne invitée de sa table."))


def add_table(gala: Gala, name: str, seats: int, *, by: Actor) -> GalaTable:
    """Set a table. Refuses: a cancelled gala; a name that another table has."""
    lock_standing(gala)
    _check_name(gala, name)
    table = GalaTable(gala=gala, name=name, seats=seats, added_at=clock.now(), added_by=by.ref)
    db.session.add(table)
    audit.record("gala_table_added", gala, by=by, name=name)
    return table


def edit_table(table: GalaTable, name: str, seats: int, *, by: Actor) -> None:
    """Name or size a table anew. Refuses: a cancelled gala; a name that another has; fewer seats than are taken."""
    gala = lock_standing(table.gala)
    lock(table)
    if name != table.name:
        _check_name(gala, name)
    if seats < (_highest(table) or 0):
        raise Refusal(_("Des personnes sont assises à des places que vous retirez : déplacez-les d’abord."))
    table.name, table.seats = name, seats
    audit.record("gala_table_edited", gala, by=by, name=name)


def drop_table(table: GalaTable, *, by: Actor) -> None:
    """Take a table away. Refuses: a cancelled gala; a table at which somebody sits."""
    gala = lock_standing(table.gala)
    lock(table)
    if _highest(table):
        raise Refusal(_("Des personnes sont assises à cette table : déplacez-les d’abord."))
    audit.record("gala_table_dropped", gala, by=by, name=table.name)
    db.session.delete(table)


def seat_guest(guest: Guest, table: GalaTable | None, *, by: Actor) -> list[int]:
    """Seat a guest at a table, with those who come along, or move them there; None: they rise from where they sit.

    Gives: the numbers of the seats.
    Refuses: a cancelled gala; somebody who does not come; more people than the table has seats left.
    """
    gala = lock_standing(guest.gala)
    lock(guest)
    if table is None:
        guest.places.clear()
        audit.record("guest_unseated", gala, by=by)
        return []
    lock(table)
    if not guest.is_coming:
        raise Refusal(_("Cette personne a répondu qu’elle ne viendra pas."))
    guest.places.clear()
    db.session.flush()
    taken = set(db.session.scalars(select(TableSeat.number).where(TableSeat.table_id == table.id)))
    free = [number for number in range(1, table.seats + 1) if number not in taken]
    wanted = seats_wanted(guest)
    if len(free) < wanted:
        left = _n("Il reste %(num)s place à cette table", "Il reste %(num)s places à cette table", len(free))
        raise Refusal(_("%(left)s, et il en faut %(wanted)s.", left=left, wanted=wanted))
    numbers = free[:wanted]
    guest.places = [TableSeat(table=table, number=number) for number in numbers]
    audit.record("guest_seated", gala, by=by, name=table.name)
    return numbers


def _highest(table: GalaTable) -> int | None:
    return db.session.scalar(select(func.max(TableSeat.number)).where(TableSeat.table_id == table.id))


def _check_name(gala: Gala, name: str) -> None:
    if db.session.scalar(select(GalaTable.id).where(GalaTable.gala_id == gala.id, GalaTable.name == name)):
        raise Refusal(_("Une table porte déjà ce nom."))
