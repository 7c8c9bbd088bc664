"""Questions about the room: who is invited, what they answered, where they sit, and how many seats are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from certif.galas.evening_model import GalaCancellation
from certif.galas.guest_model import GalaTable, Guest, GuestReply, TableSeat
from certif.galas.model import Gala
from certif.kit import tokens
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor


@dataclass
class Seating:
    """A table as the plan shows it: who sits there, each with the numbers of their seats."""

    table: GalaTable
    guests: list[tuple[Guest, list[int]]] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """How many seats are taken."""
        return sum(len(numbers) for _guest, numbers in self.guests)

    @property
    def left(self) -> int:
        """How many seats are left."""
        return self.table.seats - self.taken


def guest_in(gala: Gala, ref: str) -> Guest:
    """Give a guest of a gala. Refuses (404) any other."""
    found = db.session.scalar(select(Guest).where(Guest.gala_id == gala.id, Guest.ref == ref))
    if found is None:
        raise NotFound
    return found


def table_in(gala: Gala, ref: str) -> GalaTable:
    """Give a table of a gala. Refuses (404) any other."""
    found = db.session.scalar(select(GalaTable).where(GalaTable.gala_id == gala.id, GalaTable.ref == ref))
    if found is None:
        raise NotFound
    return found


def guest_known(token: str) -> Guest | None:
    """Give the guest of an invitation’s link, or None."""
    return db.session.scalar(select(Guest).where(Guest.reply_digest == tokens.digest(token)))


def guest_behind(token: str) -> Guest:
    """Give the guest of an invitation’s link. Refuses (404) any other."""
    found = guest_known(token)
    if found is None:
        raise NotFound
    return found


def guests_of(gala: Gala, after: str | None) -> Slice[Guest]:
    """Give the guests of a gala, the last added first."""
    found = select(Guest, Guest.added_at.label("since"), Guest.ref).where(Guest.gala_id == gala.id)
    page = cut(found, Guest.added_at.expression, Guest.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Guest for row in page.rows], page.next)


def counts_of(gala: Gala) -> dict[str, int]:
    """Count the guests of a gala: `invited` and the `seats` offered; those who said they come and their `coming` seats; who said no."""
    last = select(GuestReply.guest_id, func.max(GuestReply.number).label("number")).group_by(GuestReply.guest_id).subquery()
    found = (
        select(GuestReply.is_coming, func.count(), func.coalesce(func.sum(GuestReply.seats), 0))
        .join(last, (last.c.guest_id == GuestReply.guest_id) & (last.c.number == GuestReply.number))
        .join(Guest, Guest.id == GuestReply.guest_id)
        .where(Guest.gala_id == gala.id)
        .group_by(GuestReply.is_coming)
    )
    said = {is_coming: (int(people), int(seats)) for is_coming, people, seats in db.session.execute(found)}
    invited, seats = db.session.execute(select(func.count(), func.coalesce(func.sum(Guest.seats), 0)).where(Guest.gala_id == gala.id)).one()
    yes, no = said.get(True, (0, 0)), said.get(False, (0, 0))
    return {"invited": int(invited), "seats": int(seats), "yes": yes[0], "coming": yes[1], "no": no[0]}


def seating_of(gala: Gala) -> list[Seating]:
    """Give the tables of a gala, each with those who sit there."""
    tables = db.session.scalars(select(GalaTable).where(GalaTable.gala_id == gala.id).order_by(GalaTable.id)).all()
    plan = {table.id: Seating(table) for table in tables}
    seated = select(TableSeat, Guest).join(Guest, Guest.id == TableSeat.guest_id).where(Guest.gala_id == gala.id)
    for row in db.session.execute(seated.order_by(TableSeat.table_id, TableSeat.number)):
        guests = plan[row.TableSeat.table_id].guests
        if not guests or guests[-1][0] is not row.Guest:
            guests.append((row.Guest, []))
        guests[-1][1].append(row.TableSeat.number)
    return list(plan.values())


def standing_guests(gala: Gala) -> Sequence[Guest]:
    """Give the guests who sit nowhere yet and did not say no, as they were added."""
    nowhere = ~select(TableSeat.id).where(TableSeat.guest_id == Guest.id).exists()
    return [one for one in db.session.scalars(select(Guest).where(Guest.gala_id == gala.id, nowhere).order_by(Guest.id)) if one.is_coming]


def seats_wanted(guest: Guest) -> int:
    """Give how many seats a guest needs: as many as they said, else as many as were offered."""
    return guest.reply.seats if guest.reply else guest.seats


def is_cancelled(gala: Gala) -> bool:
    """Whether the evening will not be held."""
    return db.session.scalar(select(GalaCancellation.id).where(GalaCancellation.gala_id == gala.id)) is not None
