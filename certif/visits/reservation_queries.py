"""Questions about reservations: whose they are, what is on the walk list, and in which order one walks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, or_, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.imports import KEEPERS, Prospect, visible_to
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.languages import folded
from certif.kit.paging import Slice, cut, read_cursor
from certif.programs import Program
from certif.visits.contact_model import Approach
from certif.visits.contact_queries import numbers_of
from certif.visits.reservation_model import RELEASES, Release, Reservation, ReservedProspect


@dataclass(frozen=True)
class Stop:
    """One door of a walk list: the prospect, the last word of it, its number where it may be called, and why it is no longer kept."""

    prospect: Prospect
    last: Approach | None
    phone: str | None
    release: str | None

    @property
    def is_held(self) -> bool:
        """Whether it is still kept for this walk."""
        return self.release is None

    @property
    def release_label(self) -> str:
        """Why it is no longer kept, in the reader's language."""
        return str(RELEASES[Release(self.release)]) if self.release else ""


def reservation_of(actor: Actor, ref: str) -> Reservation:
    """Give a batch to whoever keeps it, and to staff of its program. Refuses (404) any other."""
    found = db.session.scalar(select(Reservation).where(Reservation.ref == ref))
    if found is None or not (actor.holds(found.program_id, *KEEPERS) or found.user_id == actor.user_id):
        raise NotFound
    return found


def reservations_of(actor: Actor, program: Program, after: str | None) -> Slice[Row[tuple[Reservation, int, int]]]:
    """Give the batches of a program that this person may see, the newest first, each with how many are kept, of how many."""
    counted = [
        select(func.count()).where(ReservedProspect.reservation_id == Reservation.id, condition).correlate(Reservation).scalar_subquery()
        for condition in (ReservedProspect.released_at.is_(None), true())
    ]
    found = select(
        Reservation, counted[0].label("held"), counted[1].label("chosen"), Reservation.reserved_at.label("since"), Reservation.ref
    )
    mine = true() if actor.holds(program.id, *KEEPERS) else Reservation.user_id == actor.user_id
    found = found.where(Reservation.program_id == program.id, mine).options(joinedload(Reservation.user))
    at = Reservation.reserved_at.expression
    return cut(found, at, Reservation.ref.expression, read_cursor(after), newest_first=True)


def walk_of(actor: Actor, reservation: Reservation) -> list[Stop]:
    """Give the doors of a batch in the order one walks: municipality, postal code, name."""
    asked = select(Prospect, ReservedProspect.release).join(ReservedProspect, ReservedProspect.prospect_id == Prospect.id)
    kept = or_(ReservedProspect.released_at.is_(None), ReservedProspect.release == Release.REACHED)
    rows = db.session.execute(asked.where(ReservedProspect.reservation_id == reservation.id, kept, visible_to(actor))).all()
    last = _last_of([row.Prospect.id for row in rows])
    numbers = numbers_of([row.Prospect for row in rows])
    stops = [Stop(row.Prospect, last.get(row.Prospect.id), numbers.get(row.Prospect.id), row.release) for row in rows]
    return sorted(stops, key=lambda one: _place(one.prospect))


def held_in(actor: Actor, reservation: Reservation, ref: str) -> Prospect:
    """Give a prospect of a batch. Refuses (404) any other."""
    mine = ReservedProspect.reservation_id == reservation.id, Prospect.ref == ref, visible_to(actor)
    asked = select(Prospect).join(ReservedProspect, ReservedProspect.prospect_id == Prospect.id).where(*mine)
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound
    return found


def _last_of(ids: Sequence[int]) -> dict[int, Approach]:
    newest = select(Approach.prospect_id, func.max(Approach.number).label("number")).where(Approach.prospect_id.in_(ids))
    newest_ones = newest.group_by(Approach.prospect_id).subquery()
    same = (Approach.prospect_id == newest_ones.c.prospect_id) & (Approach.number == newest_ones.c.number)
    return {one.prospect_id: one for one in db.session.scalars(select(Approach).join(newest_ones, same))}


def _place(prospect: Prospect) -> tuple[str, str, str]:
    return folded(prospect.municipality or "~"), prospect.postal_code or "~", prospect.name_key
