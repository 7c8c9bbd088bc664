"""Keeping a batch of prospects for oneself until a day, and giving back those not reached: by hand, or when the day has passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select, update

from certif.imports import Prospect, visible_to
from certif.kit import audit, clock
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l, folded
from certif.programs import Program
from certif.territory import Mrc
from certif.visits.pursuing import follow_all
from certif.visits.pursuit_model import Pursuit, PursuitStage
from certif.visits.reservation_model import Release, Reservation, ReservedProspect

audit.declare("prospects_reserved", _l("%(by)s a réservé des prospects : %(count)s."), "count")
audit.declare("reservation_released", _l("%(by)s a remis des prospects réservés : %(count)s."), "count")
audit.declare("reservation_ended", _l("Une réservation est échue ; prospects remis : %(count)s."), "count")

MOST = 60
"""How many prospects one may keep at once, in one batch."""
LONGEST = dt.timedelta(days=60)
"""How long one may keep them."""
ROUNDS = 3
"""How many times one looks again for those that somebody else kept at the same instant."""


@dataclass(frozen=True)
class ReservationTerms:
    """Which prospects, how many, until when. `near`: a postal code or its beginning; those nearest to it come first."""

    count: int
    until_on: dt.date
    mrc: Mrc | None = None
    municipality: str = ""
    near: str = ""
    only_mine: bool = False

    @property
    def what(self) -> str:
        """How they are chosen, in words."""
        return " · ".join(part for part in (self.mrc.name if self.mrc else "", self.municipality, self.near) if part)


def reserve(program: Program, terms: ReservationTerms, *, by: Actor) -> Reservation:
    """Keep prospects that nobody keeps, the nearest first: those still to be approached or convinced.

    Refuses: a day that has passed, or is more than two months away; too many; no prospect that fits.
    """
    if by.user_id is None or not 0 < terms.count <= MOST:
        raise Refusal(_("Réservez de 1 à %(most)s prospects à la fois.", most=MOST))
    if not clock.today() <= terms.until_on <= clock.today() + LONGEST:
        raise Refusal(_("Choisissez une date de fin d’ici deux mois."))
    reservation = Reservation(program=program, user_id=by.user_id, what=terms.what, until_on=terms.until_on, reserved_at=clock.now())
    reservation.reserved_by = by.ref
    db.session.add(reservation)
    db.session.flush()
    taken: list[int] = []
    for _round in range(ROUNDS):
        wanted = terms.count - len(taken)
        chosen = _free(program, terms, wanted, by) if wanted else []
        rows = [{"reservation_id": reservation.id, "prospect_id": one, "release": None} for one in chosen]
        taken += insert_new(ReservedProspect, rows, ReservedProspect.prospect_id)
        if not chosen:
            break
    if not taken:
        raise Refusal(_("Aucun prospect libre ne répond à ce choix. Élargissez-le."))
    follow_all(sorted(taken))
    audit.record("prospects_reserved", reservation, by=by, count=len(taken))
    return reservation


def release_reservation(reservation: Reservation, prospect: Prospect | None = None, *, by: Actor) -> int:
    """Give back one prospect of a batch, or all those not reached. Gives: how many. Refuses: nothing left to give back."""
    lock(reservation)
    count = _release(reservation, Release.GIVEN_BACK, by, only=prospect)
    if not count:
        raise Refusal(_("Il ne reste rien à remettre."))
    audit.record("reservation_released", reservation, by=by, count=count)
    return count


@recurring("end_reservations", every=dt.timedelta(hours=1))
def end_reservations() -> None:
    """Give back what was not reached of the batches whose last day has passed."""
    held = ReservedProspect.released_at.is_(None)
    over = select(Reservation.id).join(ReservedProspect, ReservedProspect.reservation_id == Reservation.id)
    for reservation_id in db.session.scalars(over.where(held, Reservation.until_on < clock.today()).distinct()).all():
        with transaction():
            reservation = lock(db.session.get_one(Reservation, reservation_id))
            count = _release(reservation, Release.ENDED, SYSTEM)
            if count:
                audit.record("reservation_ended", reservation, by=SYSTEM, count=count)


def _release(reservation: Reservation, release: Release, by: Actor, *, only: Prospect | None = None) -> int:
    held = [ReservedProspect.reservation_id == reservation.id, ReservedProspect.released_at.is_(None)]
    if only is not None:
        held.append(ReservedProspect.prospect_id == only.id)
    ids = sorted(db.session.scalars(select(ReservedProspect.prospect_id).where(*held)))
    if not ids:
        return 0
    db.session.execute(select(Prospect.id).where(Prospect.id.in_(ids)).order_by(Prospect.id).with_for_update())
    said = {"release": release.value, "released_at": clock.now(), "released_by": by.ref}
    done = update(ReservedProspect).where(*held, ReservedProspect.prospect_id.in_(ids)).values(**said)
    count = int(db.session.execute(done, execution_options={"synchronize_session": False}).rowcount)  # type: ignore[attr-defined]
    follow_all(ids)
    return count


def _free(program: Program, terms: ReservationTerms, count: int, by: Actor) -> Sequence[int]:
    """Give prospects that nobody keeps, and hold them; those that somebody else holds at this instant are passed over."""
    near = terms.near.upper().strip()
    fits = [
        Pursuit.program_id == program.id, Pursuit.stage.in_([PursuitStage.PROSPECT, PursuitStage.SENSITISED]),
        Pursuit.reservation_id.is_(None), visible_to(by),
    ]  # fmt: skip
    if terms.mrc is not None:
        fits.append(Pursuit.mrc_id == terms.mrc.id)
    if terms.municipality:
        town = terms.municipality
        fits.append(or_(Prospect.municipality == town, func.lower(Prospect.municipality).in_({town.lower(), folded(town)})))
    if near:
        fits.append(Pursuit.postal_code.startswith(near[:3], autoescape=True))
    if terms.only_mine:
        fits.append(Pursuit.user_id == by.user_id)
    shared = case(
        *((Pursuit.postal_code.startswith(near[:length], autoescape=True), -length) for length in range(len(near), 0, -1)), else_=0
    )
    order = [*([shared] if near else []), Prospect.postal_code, Prospect.name_key, Prospect.id]
    found = select(Prospect.id).join(Pursuit, Pursuit.prospect_id == Prospect.id).where(*fits).order_by(*order).limit(count)
    return db.session.scalars(found.with_for_update(of=Prospect, skip_locked=True)).all()
