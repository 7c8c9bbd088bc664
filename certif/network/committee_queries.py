"""Questions about committees: who sits there, when they met and will meet, what they decided, what is to be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from certif.accounts import User, staff_of
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.network.committee_model import (
    Committee,
    CommitteeDecision,
    CommitteeMeeting,
    CommitteeSeat,
    CommitteeTask,
    MeetingAttendance,
    MeetingSynthesis,
    Presence,
)
from certif.network.queries import WORKERS, is_mine, one
from certif.programs import Program

A_YEAR = dt.timedelta(days=365)
"""Within how long a committee meets again at the latest."""


@dataclass(frozen=True)
class Rhythm:
    """When a committee met last and meets next; `is_late`, whether more than a year has passed since the last time, or since it was
    formed."""

    last: dt.date | None
    next: dt.date | None
    is_late: bool


@dataclass(frozen=True)
class Board:
    """The committees of a page, with when each meets."""

    found: Slice[Committee]
    rhythms: dict[int, Rhythm]


def committees_of(actor: Actor, after: str | None) -> Board:
    """Give a page of the committees of this person’s programs, the last formed first, with when each meets: two statements."""
    found = (
        select(Committee, Committee.formed_at.label("since"), Committee.ref)
        .options(joinedload(Committee.program), joinedload(Committee.mrc))
        .where(is_mine(actor, Committee.program_id.expression), Committee.dissolved_at.is_(None))
    )
    page = cut(found, Committee.formed_at.expression, Committee.ref.expression, read_cursor(after), newest_first=True)
    rows = [row.Committee for row in page.rows]
    return Board(Slice(rows, page.next), rhythms_of(rows))


def rhythms_of(committees: Sequence[Committee]) -> dict[int, Rhythm]:
    """Give when each of these committees met last and meets next, meetings that were cancelled left out."""
    today, held = clock.today(), CommitteeMeeting.held_on
    found = {
        committee_id: (last, following)
        for committee_id, last, following in db.session.execute(
            select(
                CommitteeMeeting.committee_id, func.max(held).filter(held <= today), func.min(held).filter(held > today),
            )
            .where(CommitteeMeeting.committee_id.in_([each.id for each in committees]), CommitteeMeeting.cancelled_at.is_(None))
            .group_by(CommitteeMeeting.committee_id)
        )
    }  # fmt: skip
    return {each.id: _rhythm(each, *found.get(each.id, (None, None))) for each in committees}


def _rhythm(committee: Committee, last: dt.date | None, following: dt.date | None) -> Rhythm:
    since = last or committee.formed_at.astimezone(clock.TORONTO).date()
    is_late = committee.is_ours and committee.dissolved_at is None and clock.today() - since > A_YEAR
    return Rhythm(last, following, is_late)


def committee_of(actor: Actor, ref: str) -> Committee:
    """Give a committee to staff of its program. Refuses (404) any other."""
    return one(select(Committee).where(Committee.ref == ref, is_mine(actor, Committee.program_id.expression)))


def seats_of(committee: Committee, *, on: dt.date | None = None) -> Sequence[CommitteeSeat]:
    """Give the seats of a committee that stand today, or that stood on a day, as they were given."""
    day: ColumnElement[bool] = CommitteeSeat.until_on.is_(None)
    if on is not None:
        day = (CommitteeSeat.from_on <= on) & (CommitteeSeat.until_on.is_(None) | (CommitteeSeat.until_on > on))
    found = select(CommitteeSeat).where(CommitteeSeat.committee_id == committee.id, day)
    return db.session.scalars(
        found.options(joinedload(CommitteeSeat.body), joinedload(CommitteeSeat.delegate)).order_by(CommitteeSeat.id)
    ).all()


def former_seats_of(committee: Committee) -> Sequence[CommitteeSeat]:
    """Give the seats of a committee that ended, the last first."""
    found = select(CommitteeSeat).where(CommitteeSeat.committee_id == committee.id, CommitteeSeat.until_on.is_not(None))
    return db.session.scalars(
        found.options(joinedload(CommitteeSeat.body)).order_by(CommitteeSeat.until_on.desc(), CommitteeSeat.id.desc()).limit(100)
    ).all()


def seat_in(committee: Committee, ref: str) -> CommitteeSeat:
    """Give a seat of a committee. Refuses (404) any other."""
    return one(select(CommitteeSeat).where(CommitteeSeat.committee_id == committee.id, CommitteeSeat.ref == ref))


def meetings_of(committee: Committee) -> Sequence[CommitteeMeeting]:
    """Give the meetings of a committee, the newest hundred first."""
    found = select(CommitteeMeeting).where(CommitteeMeeting.committee_id == committee.id).options(joinedload(CommitteeMeeting.minutes))
    return db.session.scalars(found.order_by(CommitteeMeeting.held_on.desc(), CommitteeMeeting.id.desc()).limit(100)).all()


def meetings_to_come(actor: Actor) -> Sequence[CommitteeMeeting]:
    """Give the meetings that are planned in this person’s programs, the next fifty in order."""
    mine = is_mine(actor, Committee.program_id.expression), CommitteeMeeting.cancelled_at.is_(None)
    found = select(CommitteeMeeting).join(Committee).where(CommitteeMeeting.held_on >= clock.today(), *mine)
    return db.session.scalars(
        found.options(joinedload(CommitteeMeeting.committee)).order_by(CommitteeMeeting.held_on, CommitteeMeeting.id).limit(50)
    ).all()


def meeting_of(actor: Actor, ref: str) -> CommitteeMeeting:
    """Give a meeting to staff of its program. Refuses (404) any other."""
    found = select(CommitteeMeeting).join(Committee).where(CommitteeMeeting.ref == ref, is_mine(actor, Committee.program_id.expression))
    return one(found)


def later_meetings(meeting: CommitteeMeeting) -> Sequence[CommitteeMeeting]:
    """Give the meetings that may adopt the minutes of this one: those of the committee that were held after it."""
    after = CommitteeMeeting.committee_id == meeting.committee_id, CommitteeMeeting.held_on > meeting.held_on
    held = CommitteeMeeting.held_on <= clock.today(), CommitteeMeeting.cancelled_at.is_(None)
    return db.session.scalars(select(CommitteeMeeting).where(*after, *held).order_by(CommitteeMeeting.held_on)).all()


def attendance_of(meeting: CommitteeMeeting) -> dict[int, Presence]:
    """Give who was there, by seat."""
    rows = db.session.scalars(select(MeetingAttendance).where(MeetingAttendance.meeting_id == meeting.id))
    return {row.seat_id: Presence(row.presence) for row in rows}


def decisions_of(committee: Committee) -> Sequence[CommitteeDecision]:
    """Give what a committee decided, the newest hundred first."""
    found = select(CommitteeDecision).where(CommitteeDecision.committee_id == committee.id)
    return db.session.scalars(
        found.options(joinedload(CommitteeDecision.meeting), joinedload(CommitteeDecision.version))
        .order_by(CommitteeDecision.number.desc()).limit(100)
    ).all()  # fmt: skip


def decisions_at(meeting: CommitteeMeeting) -> Sequence[CommitteeDecision]:
    """Give what was decided at a meeting, in order."""
    found = select(CommitteeDecision).where(CommitteeDecision.meeting_id == meeting.id).options(joinedload(CommitteeDecision.version))
    return db.session.scalars(found.order_by(CommitteeDecision.number)).all()


def tasks_at(meeting: CommitteeMeeting) -> Sequence[CommitteeTask]:
    """Give what is to be done after a meeting, by day."""
    found = select(CommitteeTask).where(CommitteeTask.meeting_id == meeting.id).options(
        joinedload(CommitteeTask.user), joinedload(CommitteeTask.seat).joinedload(CommitteeSeat.body)
    )  # fmt: skip
    return db.session.scalars(found.order_by(CommitteeTask.due_on, CommitteeTask.id)).all()


def open_tasks_of(committee: Committee) -> Sequence[CommitteeTask]:
    """Give what a committee still has to do, the most urgent hundred first."""
    mine = CommitteeMeeting.committee_id == committee.id, CommitteeTask.done_at.is_(None)
    found = select(CommitteeTask).join(CommitteeMeeting).where(*mine).options(
        joinedload(CommitteeTask.meeting), joinedload(CommitteeTask.user), joinedload(CommitteeTask.seat).joinedload(CommitteeSeat.body)
    )  # fmt: skip
    return db.session.scalars(found.order_by(CommitteeTask.due_on, CommitteeTask.id).limit(100)).all()


def task_in(meeting: CommitteeMeeting, ref: str) -> CommitteeTask:
    """Give something to do after a meeting. Refuses (404) any other."""
    return one(select(CommitteeTask).where(CommitteeTask.meeting_id == meeting.id, CommitteeTask.ref == ref))


def synthesis_of(meeting: CommitteeMeeting) -> MeetingSynthesis | None:
    """Give the synthesis that left after a meeting; None while none did."""
    return db.session.scalar(select(MeetingSynthesis).where(MeetingSynthesis.meeting_id == meeting.id))


def team_of(program: Program) -> list[User]:
    """Give who of the team of a program may follow something."""
    return staff_of(program, WORKERS)
