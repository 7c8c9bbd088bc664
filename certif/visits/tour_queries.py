"""Questions about tours: whose they are, and which councils and bodies were met, are to be met, or wait for a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from werkzeug.exceptions import NotFound

from certif.imports import KEEPERS
from certif.kit.access import SYSTEM, Actor, Role
from certif.kit.db import db
from certif.kit.languages import _, _l
from certif.kit.paging import Slice, cut, read_cursor
from certif.territory import Mrc, Partner, territory_of
from certif.visits.model import Outcome, Visit, VisitCancellation, VisitReport
from certif.visits.tour_model import StopMeeting, Tour, TourStop


class Coverage(StrEnum):
    """Where a stop stands."""

    MET = "met"
    PLANNED = "planned"
    MISSED = "missed"
    OPEN = "open"


COVERAGES = {
    Coverage.MET: _l("Rencontré"),
    Coverage.PLANNED: _l("Date fixée"),
    Coverage.MISSED: _l("Personne à rencontrer"),
    Coverage.OPEN: _l("À planifier"),
}
LOOKS = {Coverage.MET: "certified", Coverage.PLANNED: "in_progress", Coverage.MISSED: "suspended", Coverage.OPEN: "waiting"}
"""The look of each one's tag."""


@dataclass(frozen=True)
class Stop:
    """A stop as the page of coverage shows it; `visit`, the meeting that stands, None without one."""

    stop: TourStop
    visit: Visit | None

    @property
    def coverage(self) -> Coverage:
        """Where it stands, read from the report of its meeting."""
        if self.visit is None:
            return Coverage.OPEN
        if self.visit.report is None:
            return Coverage.PLANNED
        return Coverage.MISSED if self.visit.report.outcome == Outcome.ABSENT else Coverage.MET

    @property
    def name(self) -> str:
        """The council or the body."""
        return name_of(self.stop)

    @property
    def mrc(self) -> Mrc | None:
        """Where it is on the map: its MRC; of a body, that of its meeting, else the first that it serves."""
        if self.stop.mrc is not None:
            return self.stop.mrc
        return self.visit.mrc if self.visit and self.visit.mrc else seat_of(self.stop.partner)


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that a person sees a `TourStop` of a `Tour`: those of their programs; a partner, those of the territory that it
    serves, its own body, and the tours that the person made."""
    whole = actor.program_ids(*KEEPERS)
    if whole is None:
        return true()
    seen: list[ColumnElement[bool]] = [Tour.program_id.in_(whole)]
    for grant in actor.grants:
        if grant.role is Role.PARTNER and grant.partner_id is not None:
            served = [mrc.id for mrc in territory_of(db.session.get_one(Partner, grant.partner_id))]
            theirs = or_(TourStop.mrc_id.in_(served), TourStop.partner_id == grant.partner_id, Tour.made_by == actor.ref)
            seen.append(and_(Tour.program_id == grant.program_id, theirs))
    return or_(*seen)


def tours_of(actor: Actor, after: str | None) -> Slice[Tour]:
    """Give the tours of which this person sees a stop, the last made first."""
    mine = exists().where(TourStop.tour_id == Tour.id, in_sight(actor)).correlate(Tour)
    found = select(Tour, Tour.made_at.label("since"), Tour.ref).where(mine).options(joinedload(Tour.program))
    page = cut(found, Tour.made_at.expression, Tour.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Tour for row in page.rows], page.next)


def counts_of(tours: Sequence[Tour], actor: Actor) -> dict[int, tuple[int, int]]:
    """Give, for each tour, how many stops this person sees in it and how many of them were met."""
    ids = [tour.id for tour in tours]
    held = (
        select(StopMeeting.stop_id)
        .join(VisitReport, VisitReport.visit_id == StopMeeting.visit_id)
        .outerjoin(VisitCancellation, VisitCancellation.visit_id == StopMeeting.visit_id)
        .where(VisitReport.outcome != Outcome.ABSENT, VisitCancellation.id.is_(None))
    )
    met = func.count().filter(TourStop.id.in_(held))
    found = (
        select(TourStop.tour_id, func.count(), met).join(Tour).where(TourStop.tour_id.in_(ids), in_sight(actor)).group_by(TourStop.tour_id)
    )
    return {tour: (int(all_), int(done)) for tour, all_, done in db.session.execute(found)} if ids else {}


def tour_of(actor: Actor, ref: str) -> Tour:
    """Give a tour to whoever sees a stop of it. Refuses (404) any other."""
    mine = exists().where(TourStop.tour_id == Tour.id, in_sight(actor)).correlate(Tour)
    found = db.session.scalar(select(Tour).where(Tour.ref == ref, mine).options(joinedload(Tour.program)))
    if found is None:
        raise NotFound
    return found


def stop_of(actor: Actor, ref: str) -> TourStop:
    """Give a stop to whoever sees it. Refuses (404) any other."""
    found = db.session.scalar(
        select(TourStop).join(Tour).where(TourStop.ref == ref, in_sight(actor)).options(contains_eager(TourStop.tour))
    )
    if found is None:
        raise NotFound
    return found


def stops_of(tour: Tour, actor: Actor = SYSTEM) -> list[Stop]:
    """Give the stops of a tour that a person sees, all of them by default, each with the meeting that stands."""
    visit = selectinload(TourStop.meetings).joinedload(StopMeeting.visit)
    shown = joinedload(TourStop.mrc), joinedload(TourStop.partner), visit.joinedload(Visit.cancellation), visit.joinedload(Visit.report)
    asked = select(TourStop).where(TourStop.tour_id == tour.id)
    if actor is not SYSTEM:
        asked = asked.join(Tour).where(in_sight(actor))
    found = db.session.scalars(asked.order_by(TourStop.id).options(*shown)).all()
    return [Stop(stop, next((one.visit for one in reversed(stop.meetings) if one.visit.cancellation is None), None)) for stop in found]


def name_of(stop: TourStop) -> str:
    """Give what a stop is called: a body by its name, an MRC by that of its council."""
    return stop.partner.name if stop.partner else _("Conseil de la MRC – %(name)s", name=stop.mrc.name if stop.mrc else "")


def seat_of(partner: Partner | None) -> Mrc | None:
    """Give where a body is, about: the only MRC that it serves; None where it serves several, or none."""
    served = territory_of(partner) if partner else []
    return served[0] if len(served) == 1 else None
