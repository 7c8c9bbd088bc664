"""What is to be done after a meeting: noted by whoever reports, or by rule; done once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import exists, select

from certif.accounts import User, staff_of
from certif.kit import audit, clock
from certif.kit.access import STAFF, Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.visits.model import FollowUp, Outcome, Visit
from certif.visits.report_terms import Told

audit.declare("follow_up_noted", _l("%(by)s a noté un suivi pour le %(due_on)s : %(what)s."), "what", "due_on")
audit.declare("follow_up_dropped", _l("%(by)s a retiré un suivi, dont le compte rendu a été remplacé : %(what)s."), "what")
audit.declare("follow_up_done", _l("%(by)s a fait un suivi : %(what)s."), "what")

NEXT: dict[str, tuple[int, Any]] = {
    Outcome.INTERESTED: (7, _l("Rappeler pour l’inscription")),
    Outcome.THINKING: (30, _l("Reprendre contact")),
    Outcome.ABSENT: (14, _l("Repasser")),
}
"""What an outcome calls for where whoever reports says nothing else: within how many days, and what."""

TRAINING = (14, _l("Diriger vers la formation ou l’accompagnement demandé"))
USUAL_DAYS = 7


def note_follow_ups(visit: Visit, told: Told, *, by: Actor) -> list[FollowUp]:
    """Note what is to follow a meeting: the step that was typed, else the one its outcome calls for; and the training that was asked for.

    The same thing is not noted twice for one meeting while it is still to be done.
    """
    return [made for what, due_on, user_id in _wanted(visit, told, by) if (made := _note(visit, what, due_on, user_id, by=by)) is not None]


def drop_follow_ups(visit: Visit, *, by: Actor) -> None:
    """Take out what is still to be done after a meeting: the account that called for it does not count any more. What was done stays."""
    awaited = FollowUp.visit_id == visit.id, FollowUp.done_at.is_(None)
    for row in db.session.scalars(select(FollowUp).where(*awaited).order_by(FollowUp.id).with_for_update()):
        audit.record("follow_up_dropped", visit, by=by, what=row.what)
        db.session.delete(row)
    db.session.flush()


def finish_follow_up(follow_up: FollowUp, *, by: Actor) -> None:
    """Note that a follow-up was done. Whoever sees the meeting may do it.

    Refuses: someone who has no part in the program; one that is done.
    """
    lock(follow_up)
    if not by.holds(follow_up.visit.program_id, *STAFF):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de faire ce suivi."))
    if follow_up.done_at is not None:
        raise Refusal(_("Ce suivi est déjà fait."))
    follow_up.done_at, follow_up.done_by = clock.now(), by.ref
    audit.record("follow_up_done", follow_up, by=by, what=follow_up.what)


def _wanted(visit: Visit, told: Told, by: Actor) -> Iterator[tuple[str, dt.date, int | None]]:
    person = _person(visit, told.next_by)
    who = person.id if person else by.user_id
    if told.next_step:
        yield told.next_step, told.next_on or told.met_on + dt.timedelta(days=USUAL_DAYS), who
    elif told.outcome in NEXT:
        days, what = NEXT[told.outcome]
        yield str(what), told.next_on or told.met_on + dt.timedelta(days=days), who
    if told.needs_training:
        yield str(TRAINING[1]), told.met_on + dt.timedelta(days=TRAINING[0]), who


def _person(visit: Visit, ref: str | None) -> User | None:
    """Give who does the next step, where that is somebody of the program's team."""
    return next((one for one in staff_of(visit.program) if one.ref == ref), None) if ref else None


def _note(visit: Visit, what: str, due_on: dt.date, user_id: int | None, *, by: Actor) -> FollowUp | None:
    same = FollowUp.visit_id == visit.id, FollowUp.what == what, FollowUp.done_at.is_(None)
    if db.session.scalar(select(exists().where(*same))):
        return None
    made = FollowUp(visit_id=visit.id, user_id=user_id, what=what, due_on=due_on, noted_at=clock.now(), noted_by=by.ref)
    db.session.add(made)
    db.session.flush()
    audit.record("follow_up_noted", made, by=by, what=what, due_on=due_on.isoformat())
    return made
