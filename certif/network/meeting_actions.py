"""What can happen to a meeting, in story order: planned, attended, told, decided at, followed up, summed up, adopted, or cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, exists, func, select

from certif.accounts import User
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.network.actions import let_work
from certif.network.committee_actions import lock_standing
from certif.network.committee_model import (
    Committee,
    CommitteeDecision,
    CommitteeMeeting,
    CommitteeSeat,
    CommitteeTask,
    MeetingAttendance,
    MeetingMinutes,
    MeetingSynthesis,
    Presence,
)
from certif.network.committee_queries import decisions_at, seats_of, tasks_at
from certif.network.terms import MeetingTerms
from certif.programs import ProgramVersion

audit.declare("meeting_planned", _l("%(by)s a prévu une rencontre du comité « %(name)s » le %(held_on)s."), "name", "held_on")
audit.declare("meeting_cancelled", _l("%(by)s a annulé la rencontre du comité « %(name)s » du %(held_on)s."), "name", "held_on")
audit.declare("attendance_noted", _l("%(by)s a noté les présences : %(present)s sur %(seats)s sièges."), "present", "seats")
audit.declare("minutes_written", _l("%(by)s a rédigé le procès-verbal de la rencontre du %(held_on)s."), "held_on", "digest")
audit.declare(
    "minutes_adopted", _l("%(by)s a noté l’adoption du procès-verbal du %(held_on)s, à la rencontre du %(adopted_on)s."),
    "held_on", "adopted_on", "digest",
)  # fmt: skip
audit.declare("decision_noted", _l("%(by)s a noté la décision %(number)s du comité « %(name)s »."), "number", "name")
audit.declare("task_noted", _l("%(by)s a noté un suivi à faire d’ici le %(due_on)s : %(what)s."), "what", "due_on")
audit.declare("task_done", _l("%(by)s a noté qu’un suivi est fait : %(what)s."), "what")
audit.declare("synthesis_sent", _l("%(by)s a envoyé la synthèse de la rencontre à %(count)s personnes."), "count")


def plan_meeting(committee: Committee, terms: MeetingTerms, *, by: Actor) -> CommitteeMeeting:
    """Plan a meeting, or note one that was held: the day may be past.

    Refuses: someone who does not work for the program; a committee that is over; an hour at which it meets already.
    """
    let_work(by, committee.program)
    lock_standing(committee)
    same = CommitteeMeeting.committee_id == committee.id, CommitteeMeeting.held_on == terms.held_on
    if db.session.scalar(select(exists().where(*same, CommitteeMeeting.starts_at == terms.starts_at))):
        raise Refusal(_("Ce comité se réunit déjà ce jour-là, à cette heure."))
    meeting = CommitteeMeeting(
        committee=committee, held_on=terms.held_on, starts_at=terms.starts_at, place=terms.place, agenda=terms.agenda,
        planned_at=clock.now(), planned_by=by.ref,
    )  # fmt: skip
    db.session.add(meeting)
    db.session.flush()
    audit.record("meeting_planned", meeting, by=by, name=committee.name, held_on=terms.held_on.isoformat())
    return meeting


def cancel_meeting(meeting: CommitteeMeeting, *, by: Actor) -> None:
    """Say that a meeting is not held. Refuses: someone who does not work for the program; one that was held, or cancelled already."""
    let_work(by, meeting.committee.program)
    _lock_standing(meeting)
    if meeting.held_on < clock.today() or meeting.minutes is not None:
        raise Refusal(_("Cette rencontre a eu lieu : elle ne s’annule plus."))
    meeting.cancelled_at, meeting.cancelled_by = clock.now(), by.ref
    audit.record("meeting_cancelled", meeting, by=by, name=meeting.committee.name, held_on=meeting.held_on.isoformat())


def note_attendance(meeting: CommitteeMeeting, present: Collection[int], excused: Collection[int], *, by: Actor) -> None:
    """Note who was there; noted again, it replaces what was noted.

    Takes: the ids of the seats that were taken, and of those whose absence was excused; all other seats of that day were empty.
    Refuses: someone who does not work for the program; a meeting to come or cancelled; adopted minutes.
    """
    let_work(by, meeting.committee.program)
    _lock_held(meeting)
    seats = seats_of(meeting.committee, on=meeting.held_on)
    db.session.execute(delete(MeetingAttendance).where(MeetingAttendance.meeting_id == meeting.id))
    for seat in seats:
        how = Presence.PRESENT if seat.id in present else Presence.EXCUSED if seat.id in excused else Presence.ABSENT
        db.session.add(MeetingAttendance(meeting_id=meeting.id, seat_id=seat.id, presence=how.value, noted_at=clock.now(), noted_by=by.ref))
    db.session.flush()
    audit.record("attendance_noted", meeting, by=by, present=len([one for one in seats if one.id in present]), seats=len(seats))


def write_minutes(meeting: CommitteeMeeting, words: str, *, by: Actor) -> MeetingMinutes:
    """Write what was said; written again, it replaces the draft.

    Refuses: someone who does not work for the program; a meeting to come or cancelled; minutes that were adopted.
    """
    let_work(by, meeting.committee.program)
    _lock_held(meeting)
    minutes = meeting.minutes
    if minutes is None:
        minutes = meeting.minutes = MeetingMinutes(words=words, written_at=clock.now(), written_by=by.ref)
    else:
        minutes.words, minutes.written_at, minutes.written_by = words, clock.now(), by.ref
    db.session.flush()
    audit.record("minutes_written", meeting, by=by, held_on=meeting.held_on.isoformat(), digest=tokens.digest(words))
    return minutes


def adopt_minutes(meeting: CommitteeMeeting, later: CommitteeMeeting, *, by: Actor) -> None:
    """Note that a later meeting of the same committee adopted the minutes: they never change again.

    Refuses: someone who does not work for the program; no minutes, or adopted ones; a meeting that is not later, or was not held.
    """
    let_work(by, meeting.committee.program)
    _lock_held(meeting)
    if meeting.minutes is None:
        raise Refusal(_("Rédigez d’abord le procès-verbal."))
    is_later = later.committee_id == meeting.committee_id and meeting.held_on < later.held_on <= clock.today()
    if not is_later or later.cancelled_at is not None:
        raise Refusal(_("Un procès-verbal s’adopte à une rencontre suivante du même comité, une fois qu’elle a eu lieu."))
    minutes = meeting.minutes
    minutes.adopted_at, minutes.adopted_by, minutes.adopted_in, minutes.digest = clock.now(), by.ref, later, tokens.digest(minutes.words)
    days = {"held_on": meeting.held_on.isoformat(), "adopted_on": later.held_on.isoformat()}
    audit.record("minutes_adopted", meeting, by=by, digest=minutes.digest, **days)


def note_decision(meeting: CommitteeMeeting, words: str, *, version: ProgramVersion | None, by: Actor) -> CommitteeDecision:
    """Note what was decided, under the next number of the committee; it never changes, and another decision may undo it.

    Refuses: someone who does not work for the program; a meeting to come or cancelled; adopted minutes; a version of another program.
    """
    committee = meeting.committee
    let_work(by, committee.program)
    _lock_held(meeting)
    lock(committee)
    if version is not None and version.program_id != committee.program_id:
        raise Refusal(_("Choisissez une version de ce programme."))
    last = db.session.scalar(select(func.max(CommitteeDecision.number)).where(CommitteeDecision.committee_id == committee.id)) or 0
    decision = CommitteeDecision(
        committee_id=committee.id, meeting=meeting, version=version, number=last + 1, words=words, noted_at=clock.now(), noted_by=by.ref
    )
    db.session.add(decision)
    db.session.flush()
    audit.record("decision_noted", meeting, by=by, number=decision.number, name=committee.name)
    return decision


def note_task(
    meeting: CommitteeMeeting, what: str, *, due_on: dt.date, user: User | None = None, seat: CommitteeSeat | None = None, by: Actor
) -> CommitteeTask:
    """Note what is to be done after a meeting, by whom and by when.

    Takes: `user`, somebody of the team, or `seat`, a body of the committee: one of the two.
    Refuses: someone who does not work for the program; a cancelled meeting; nobody to do it, or a seat of another committee.
    """
    let_work(by, meeting.committee.program)
    _lock_standing(meeting)
    if (user is None) == (seat is None) or (seat is not None and seat.committee_id != meeting.committee_id):
        raise Refusal(_("Choisissez qui s’en charge : une personne de l’équipe, ou un organisme du comité."))
    task = CommitteeTask(meeting=meeting, what=what, due_on=due_on, user=user, seat=seat, noted_at=clock.now(), noted_by=by.ref)
    db.session.add(task)
    db.session.flush()
    audit.record("task_noted", meeting, by=by, what=what, due_on=due_on.isoformat())
    return task


def finish_task(task: CommitteeTask, *, by: Actor) -> None:
    """Note that it is done. Refuses: someone who does not work for the program; what is done already."""
    let_work(by, task.meeting.committee.program)
    if lock(task).done_at is not None:
        raise Refusal(_("Ce suivi est déjà fait."))
    task.done_at, task.done_by = clock.now(), by.ref
    audit.record("task_done", task.meeting, by=by, what=task.what)


def send_synthesis(meeting: CommitteeMeeting, words: str, *, by: Actor) -> MeetingSynthesis:
    """Send the synthesis of a meeting to those who sit on the committee, with what was decided and what is to be done; once.

    Refuses: someone who does not work for the program; a meeting to come or cancelled; a synthesis that left already; nobody to write to.
    """
    let_work(by, meeting.committee.program)
    lock(meeting.committee)
    _lock_past(meeting)
    if db.session.scalar(select(exists().where(MeetingSynthesis.meeting_id == meeting.id))):
        raise Refusal(_("La synthèse de cette rencontre est déjà partie."))
    delegates = {seat.delegate.email: seat.delegate for seat in seats_of(meeting.committee) if seat.delegate and seat.delegate.email}
    if not delegates:
        raise Refusal(_("Aucune personne déléguée n’a d’adresse : inscrivez-en au registre, puis donnez-leur un siège."))
    sent = MeetingSynthesis(meeting_id=meeting.id, words=words, sent_to=len(delegates), sent_at=clock.now(), sent_by=by.ref)
    db.session.add(sent)
    db.session.flush()
    told: dict[str, Any] = {
        "decisions": decisions_at(meeting),
        "tasks": tasks_at(meeting),
        "words": words,
        "program": meeting.committee.program,
    }
    for email, delegate in delegates.items():
        outbox.queue("network/synthesis_sent", str(email), language=delegate.language, scope=meeting.scope, meeting=meeting, **told)
    audit.record("synthesis_sent", meeting, by=by, count=len(delegates))
    return sent


def _lock_standing(meeting: CommitteeMeeting) -> None:
    if lock(meeting).cancelled_at is not None:
        raise Refusal(_("Cette rencontre est annulée."))


def _lock_past(meeting: CommitteeMeeting) -> None:
    _lock_standing(meeting)
    if meeting.held_on > clock.today():
        raise Refusal(_("Cette rencontre n’a pas encore eu lieu."))


def _lock_held(meeting: CommitteeMeeting) -> None:
    """Hold a meeting whose telling may still change."""
    _lock_past(meeting)
    if meeting.minutes is not None and lock(meeting.minutes).adopted_at is not None:
        raise Refusal(_("Le procès-verbal de cette rencontre est adopté : il ne change plus."))
