"""What can happen to a tour: made, with a stop for each council or body; each stop planned in its turn."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from certif.accounts import User
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.plans import Audience
from certif.programs import Program
from certif.territory import Mrc, Partner
from certif.visits.model import Visit, VisitCancellation
from certif.visits.plan_actions import plan_visit
from certif.visits.plan_terms import About, VisitTerms, VisitTime
from certif.visits.tour_model import StopMeeting, Tour, TourStop

audit.declare("tour_made", _l("%(by)s a préparé la tournée « %(title)s » : arrêts, %(count)s."), "title", "count")


def make_tour(
    program: Program, title: str, audience: Audience, *, mrcs: Sequence[Mrc] = (), partners: Sequence[Partner] = (), by: Actor
) -> Tour:
    """Make a tour, with a stop for each council of an MRC and for each body.

    Refuses: a tour of the same name in this program; one without a stop.
    """
    lock(program)  # of two who make the same tour, the second is told
    if db.session.scalar(select(Tour.id).where(Tour.program_id == program.id, Tour.title == title)) is not None:
        raise Refusal(_("Une tournée porte déjà ce nom."))
    stops = [TourStop(ref=tokens.ref(), mrc=mrc) for mrc in mrcs] + [TourStop(ref=tokens.ref(), partner=partner) for partner in partners]
    if not stops:
        raise Refusal(_("Choisissez au moins un conseil ou un organisme."))
    tour = Tour(program=program, title=title, audience=audience.value, stops=stops, made_at=clock.now(), made_by=by.ref)
    db.session.add(tour)
    db.session.flush()
    audit.record("tour_made", tour, by=by, title=title, count=len(stops))
    return tour


def plan_stop(stop: TourStop, terms: VisitTerms, when: VisitTime, *, goers: Sequence[User], despite: bool = True, by: Actor) -> Visit:
    """Plan the meeting of a stop. Refuses: what `plan_visit` refuses; a stop whose meeting stands already."""
    lock(stop)
    standing = (
        select(StopMeeting.id)
        .outerjoin(VisitCancellation, VisitCancellation.visit_id == StopMeeting.visit_id)
        .where(StopMeeting.stop_id == stop.id, VisitCancellation.id.is_(None))
    )
    if db.session.scalar(standing.limit(1)) is not None:
        raise Refusal(_("Cet arrêt a déjà sa rencontre."))
    visit = plan_visit(stop.tour.program, terms, when, goers=goers, about=About(partner=stop.partner), despite=despite, by=by)
    db.session.add(StopMeeting(stop_id=stop.id, visit_id=visit.id))
    db.session.flush()
    return visit
