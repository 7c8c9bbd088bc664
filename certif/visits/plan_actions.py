"""What can happen to a meeting before it is held: planned, changed, moved, cancelled. Each move and cancellation is told to the invited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from certif.accounts import User
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.programs import Program
from certif.visits.invitation_letters import tell_cancelled, tell_moved
from certif.visits.model import Visit, VisitCancellation, VisitGoer, VisitMove, VisitReport
from certif.visits.plan_terms import About, VisitTerms, VisitTime
from certif.visits.plan_travel import complaint
from certif.visits.pursuing import follow_visited
from certif.visits.queries import goes, visits_between
from certif.visits.slot_model import SlotChoice

audit.declare("visit_planned", _l("%(by)s a planifié un rendez-vous."))
audit.declare("visit_changed", _l("%(by)s a modifié un rendez-vous."))
audit.declare("visit_moved", _l("%(by)s a déplacé un rendez-vous : changement %(sequence)s."), "sequence")
audit.declare("visit_cancelled", _l("%(by)s a annulé un rendez-vous."))

LONGEST = dt.timedelta(days=14)
FARTHEST = dt.timedelta(days=3 * 366)
AROUND = dt.timedelta(hours=8)
"""How far before and after a meeting others are looked for, that the road from them may take too long."""


def plan_visit(
    program: Program,
    terms: VisitTerms,
    when: VisitTime,
    *,
    goers: Sequence[User],
    about: About | None = None,
    despite: bool = True,
    by: Actor,
) -> Visit:
    """Plan a meeting.

    Takes: `goers`, who goes there; `despite`, even where somebody has another meeting at that time, or too short a way from one.
    Gives: the meeting, in the session.
    Refuses: a time that ends before it begins, lasts longer than a fortnight, or is years away; nobody who goes; unless `despite`, what
    `warnings_about` says.
    """
    _check_time(when)
    if not goers:
        raise Refusal(_("Choisissez au moins une personne qui s’y rend."))
    whom = about or About()
    visit = Visit(
        program=program, kind=terms.kind.value, audience=terms.audience.value, title=terms.title, objective=terms.objective,
        prospect=whom.prospect, employer=whom.employer, partner=whom.partner, sequence=0, planned_at=clock.now(), planned_by=by.ref,
    )  # fmt: skip
    _put(visit, when)
    _check_warnings(visit, goers, despite)
    visit.goers = [VisitGoer(user=user, added_at=clock.now(), added_by=by.ref) for user in goers]
    db.session.add(visit)
    db.session.flush()
    audit.record("visit_planned", visit, by=by)
    follow_visited(visit)
    return visit


def edit_visit(visit: Visit, terms: VisitTerms, *, goers: Sequence[User], despite: bool = True, by: Actor) -> None:
    """Say anew what a meeting is, and who goes.

    Refuses: one that is cancelled or reported; nobody who goes; unless `despite`, what `warnings_about` says of whoever is new.
    """
    lock_standing(visit)
    if not goers:
        raise Refusal(_("Choisissez au moins une personne qui s’y rend."))
    before = {goer.user_id for goer in visit.goers}
    _check_warnings(visit, [user for user in goers if user.id not in before], despite)
    visit.kind, visit.audience, visit.title, visit.objective = terms.kind.value, terms.audience.value, terms.title, terms.objective
    for goer in [one for one in visit.goers if one.user not in goers]:
        db.session.delete(goer)
    db.session.flush()
    for user in goers:
        if user.id not in before:
            db.session.add(VisitGoer(visit_id=visit.id, user_id=user.id, added_at=clock.now(), added_by=by.ref))
    db.session.flush()
    db.session.refresh(visit, ["goers"])
    audit.record("visit_changed", visit, by=by)


def move_visit(visit: Visit, when: VisitTime, *, despite: bool = True, by: Actor) -> None:
    """Move a meeting to another time or place. Whoever is invited hears of it, and answers anew.

    Refuses: one that is cancelled or reported; a time that `plan_visit` refuses; what changes nothing; unless `despite`, what
    `warnings_about` says.
    """
    lock_standing(visit)
    _check_time(when)
    if when == VisitTime(visit.starts_at, visit.ends_at, visit.place, visit.address, visit.mrc):
        raise Refusal(_("Changez l’heure ou le lieu : le rendez-vous est déjà à ce moment, à cet endroit."))
    number = visit.sequence + 1
    db.session.add(
        VisitMove(
            visit_id=visit.id, sequence=number, started_at=visit.starts_at, ended_at=visit.ends_at, moved_at=clock.now(), moved_by=by.ref
        )
    )
    _put(visit, when)
    _check_warnings(visit, [goer.user for goer in visit.goers], despite)
    visit.sequence = number
    _release_hour(visit)
    db.session.flush()
    audit.record("visit_moved", visit, by=by, sequence=number)
    follow_visited(visit)
    tell_moved(visit, by=by)


def cancel_visit(visit: Visit, reason: str, *, by: Actor) -> None:
    """Cancel a meeting, and tell whoever is invited. Refuses: one that is cancelled or reported."""
    lock_standing(visit)
    visit.cancellation = VisitCancellation(reason=reason, cancelled_at=clock.now(), cancelled_by=by.ref)
    visit.sequence += 1
    _release_hour(visit)
    db.session.flush()
    audit.record("visit_cancelled", visit, by=by)
    follow_visited(visit)
    tell_cancelled(visit, by=by)


def lock_standing(visit: Visit) -> Visit:
    """Hold a meeting that is neither cancelled nor reported. Refuses any other."""
    lock(visit)
    if db.session.scalar(select(VisitCancellation.id).where(VisitCancellation.visit_id == visit.id)) is not None:
        raise Refusal(_("Ce rendez-vous est annulé."))
    if db.session.scalar(select(VisitReport.id).where(VisitReport.visit_id == visit.id)) is not None:
        raise Refusal(_("Le compte rendu de ce rendez-vous est déjà fait."))
    return visit


def warnings_about(visit: Visit, goers: Sequence[User]) -> list[str]:
    """Say what stands against a meeting for those who go: other meetings at that time, and roads that take too long."""
    told = []
    for user in goers:
        others = visits_between(visit.starts_at - AROUND, visit.ends_at + AROUND, goes(user))
        said = [complaint(user.shown_name, visit, other) for other in others if other is not visit]
        told += [sentence for sentence in said if sentence]
    return told


def _check_warnings(visit: Visit, goers: Sequence[User], despite: bool) -> None:
    with db.session.no_autoflush:
        told = [] if despite else warnings_about(visit, goers)
    if told:
        raise Refusal(" ".join([*told, _("Changez l’heure, ou cochez « Planifier quand même ».")]))


def _check_time(when: VisitTime) -> None:
    if when.ends_at <= when.starts_at:
        raise Refusal(_("La fin doit venir après le début."))
    if when.ends_at - when.starts_at > LONGEST:
        raise Refusal(_("Un rendez-vous dure au plus deux semaines."))
    if abs(when.starts_at - clock.now()) > FARTHEST:
        raise Refusal(_("Choisissez une date à moins de trois ans d’aujourd’hui."))


def _put(visit: Visit, when: VisitTime) -> None:
    visit.starts_at, visit.ends_at = when.starts_at, when.ends_at
    visit.place, visit.address, visit.mrc = when.place, when.address, when.mrc


def _release_hour(visit: Visit) -> None:
    """Let the hour that was chosen be chosen by somebody else."""
    held = select(SlotChoice).where(SlotChoice.visit_id == visit.id, SlotChoice.released_at.is_(None))
    for choice in db.session.scalars(held):
        choice.released_at = clock.now()
