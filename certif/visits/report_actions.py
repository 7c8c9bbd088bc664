"""What became of a meeting, in story order: reported once, from a plan or without one; a second account waits for a decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import delete, update

from certif import library
from certif.kit import audit, clock, sent_files
from certif.kit.access import STAFF, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l
from certif.library import HandOut
from certif.programs import Program
from certif.visits.follow_up_actions import drop_follow_ups, note_follow_ups
from certif.visits.model import Visit, VisitGoer, VisitReport
from certif.visits.pursuing import follow_visited
from certif.visits.report_model import Keep, ReportConflict
from certif.visits.report_queries import standing_cancellation, standing_report, told_in, told_under
from certif.visits.report_terms import Told, WalkIn

audit.declare("visit_met", _l("%(by)s a noté une rencontre sans rendez-vous : « %(title)s »."), "title")
audit.declare("visit_reported", _l("%(by)s a rendu compte de « %(title)s »."), "title", "outcome", "people")
audit.declare("report_doubted", _l("%(by)s a rendu compte de « %(title)s », qui avait déjà une issue : quelqu’un doit trancher."), "title")
audit.declare("report_settled", _l("%(by)s a tranché entre deux versions de « %(title)s »."), "title", "kept")

PHOTO_KEPT = dt.timedelta(days=730)
USUAL_MINUTES = 30
SAME = (
    "program_id", "kind", "audience", "title", "prospect_id", "employer_id", "partner_id", "objective_id", "mrc_id", "place", "address",
)  # fmt: skip
"""What a second visit says as the first did."""


def file_report(visit: Visit, told: Told, *, by: Actor) -> VisitReport | ReportConflict:
    """Say what became of a meeting. Sent again under the same key, it gives what came of it the first time.

    Gives: the report; or, where the meeting was reported or cancelled already, a conflict that keeps this version until it is decided.
    Refuses: someone who has no part in the program; a day to come.
    """
    lock(visit)
    known = _known(told, by)
    if known is not None:
        return known
    _check(visit.program_id, told, by)
    if standing_report(visit) is None and standing_cancellation(visit) is None:
        return _file(visit, told, by)
    conflict = ReportConflict(
        client_key=told.client_key, visit=visit, user_id=by.user_id, told=told.as_kept(), photo_digest=told.photo_digest,
        raised_at=clock.now(), raised_by=by.ref,
    )  # fmt: skip
    db.session.add(conflict)
    db.session.flush()
    audit.record("report_doubted", conflict, by=by, title=visit.title)
    return conflict


def report_walk_in(program: Program, met: WalkIn, told: Told, *, by: Actor) -> VisitReport | ReportConflict:
    """Say what became of a meeting that nobody planned, which makes it. Sent again under the same key, it gives what came of it first.

    Refuses: someone who has no part in the program; a day to come.
    """
    known = _known(told, by)
    if known is not None:
        return known
    _check(program.id, told, by)
    ends_at = _ends_at(told)
    visit = _new_visit(
        by, program_id=program.id, kind=met.kind, audience=met.audience, title=met.title, prospect_id=met.prospect_id,
        employer_id=met.employer_id, mrc_id=met.mrc.id if met.mrc else None, place=met.title, address="",
        starts_at=ends_at - _lasted(told), ends_at=ends_at,
    )  # fmt: skip
    audit.record("visit_met", visit, by=by, title=visit.title)
    return _file(visit, told, by)


def settle_conflict(conflict: ReportConflict, keep: Keep, *, by: Actor) -> VisitReport | None:
    """Decide between two accounts of a meeting, once: keep the first, the second in its place, or both, as two meetings.

    Gives: the report that the second account became, None where it was left out.
    Refuses: someone who has no part in the program; a conflict that is decided; the second in the place of a cancellation, which stands.
    """
    visit = lock(conflict.visit)
    lock(conflict)
    if not by.holds(visit.program_id, *STAFF):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de trancher."))
    if conflict.settled_at is not None:
        raise Refusal(_("C’est déjà tranché."))
    told, report = Told.from_kept(conflict.told, conflict.photo_digest), standing_report(visit)
    if keep is Keep.SECOND and report is None:
        raise Refusal(_("Cette rencontre est annulée : gardez l’annulation, ou faites une rencontre à part de ce qui a eu lieu."))
    conflict.kept, conflict.settled_at, conflict.settled_by = keep.value, clock.now(), by.ref
    audit.record("report_settled", conflict, by=by, title=visit.title, kept=keep.value)
    if keep is Keep.BOTH:
        return _file(_second_visit(visit, told, by), told, by, user_id=conflict.user_id)
    if keep is Keep.SECOND and report is not None:
        conflict.replaced, conflict.photo_digest = {**told_in(report).as_kept(), "user_id": report.user_id}, report.photo_digest
        return _replace(report, visit, told, conflict, by)
    return None


@recurring("forget_visit_photos", every=dt.timedelta(days=1), retention=True)
def forget_visit_photos() -> None:
    """Let go of the pictures of meetings after two years; what was told of them stays."""
    before = clock.now() - PHOTO_KEPT
    with transaction():
        old, older = VisitReport.filed_at < before, ReportConflict.raised_at < before
        db.session.execute(update(VisitReport).where(old, VisitReport.photo_digest.is_not(None)).values(photo_digest=None))
        db.session.execute(update(ReportConflict).where(older, ReportConflict.photo_digest.is_not(None)).values(photo_digest=None))
        sent_files.erase_unused()


def _known(told: Told, by: Actor) -> VisitReport | ReportConflict | None:
    found = told_under(told.client_key)
    if found is not None and found.user_id != by.user_id:
        raise Refusal(_("Ce compte rendu a été écrit par une autre personne : ouvrez une nouvelle page, et écrivez le vôtre."))
    return found


def _check(program_id: int, told: Told, by: Actor) -> None:
    if not by.holds(program_id, *STAFF):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de rendre compte d’une rencontre."))
    if told.met_on > clock.today():
        raise Refusal(_("Le jour de la rencontre est à venir : écrivez celui où elle a eu lieu."))


def _file(visit: Visit, told: Told, by: Actor, *, user_id: int | None = None) -> VisitReport:
    report = VisitReport(
        client_key=told.client_key, visit_id=visit.id, program_id=visit.program_id, user_id=user_id or by.user_id, filed_at=clock.now(),
        filed_by=by.ref, **_said(told),
    )  # fmt: skip
    db.session.add(report)
    db.session.flush()
    _hand_out(visit, told, by)
    note_follow_ups(visit, told, by=by)
    audit.record("visit_reported", report, by=by, title=visit.title, outcome=told.outcome, people=told.people_met)
    follow_visited(visit)
    return report


def _replace(report: VisitReport, visit: Visit, told: Told, conflict: ReportConflict, by: Actor) -> VisitReport:
    """Let a report say what the second account says; the first is kept with the decision, and nobody is held to what it called for."""
    for name, value in {**_said(told), "user_id": conflict.user_id}.items():
        setattr(report, name, value)
    db.session.execute(delete(HandOut).where(HandOut.subject == visit.ref))
    drop_follow_ups(visit, by=by)
    _hand_out(visit, told, by)
    note_follow_ups(visit, told, by=by)
    follow_visited(visit)
    return report


def _said(told: Told) -> dict[str, Any]:
    names = ("outcome", "met_on", "people_met", "minutes", "kilometres", "needs_training", "note", "photo_digest")
    return {**{name: getattr(told, name) for name in names}, "written_at": min(told.written_at, clock.now())}


def _hand_out(visit: Visit, told: Told, by: Actor) -> None:
    if any(count > 0 for count in told.tools.values()):
        for tool in library.tools_of(visit.program):
            if told.tools.get(tool.slug, 0) > 0:
                library.hand_out(
                    tool, visit.program, told.tools[tool.slug], mrc=visit.mrc, audience=visit.audience, on=told.met_on, subject=visit.ref,
                    by=by,
                )  # fmt: skip


def _second_visit(visit: Visit, told: Told, by: Actor) -> Visit:
    ends_at = _ends_at(told)
    return _new_visit(by, **{name: getattr(visit, name) for name in SAME}, starts_at=ends_at - _lasted(told), ends_at=ends_at)


def _new_visit(by: Actor, **said: Any) -> Visit:
    visit = Visit(planned_at=clock.now(), planned_by=by.ref, **said)
    db.session.add(visit)
    db.session.flush()
    if by.user_id is not None:
        db.session.add(VisitGoer(visit_id=visit.id, user_id=by.user_id, added_at=clock.now(), added_by=by.ref))
    return visit


def _ends_at(told: Told) -> dt.datetime:
    """Give when a meeting without a plan ended: when it was told, if that was the same day; else at noon of its day."""
    written = min(told.written_at, clock.now())
    is_same_day = written.astimezone(clock.TORONTO).date() == told.met_on
    return written if is_same_day else clock.midnight(told.met_on) + dt.timedelta(hours=12)


def _lasted(told: Told) -> dt.timedelta:
    return dt.timedelta(minutes=told.minutes or USUAL_MINUTES)
