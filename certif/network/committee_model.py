"""The tables of committees: who sits there, when they meet, what was said and decided, and what is to be done."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.network.model import BodyContact, NetworkBody
from certif.programs import Program, ProgramVersion
from certif.territory import Mrc


class Presence(StrEnum):
    """Whether a seat was taken at a meeting."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


PRESENCES = {Presence.PRESENT: _l("Présence"), Presence.EXCUSED: _l("Absence motivée"), Presence.ABSENT: _l("Absence")}


class Committee(Model):
    """A committee of a program, or a table that others hold (`is_ours` False), of which only the seats are followed here. `mrc`, the one it
    is about; None for the whole region."""

    __tablename__ = "committee"
    __table_args__ = (
        UniqueConstraint("program_id", "name"),
        CheckConstraint("(dissolved_at IS NULL) = (dissolved_by IS NULL)", name="dissolved"),
        Index("ix_committee_formed_at", "formed_at", "ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"), index=True)
    name: Mapped[str]
    mandate: Mapped[str]
    is_ours: Mapped[bool]
    formed_at: Mapped[dt.datetime]
    formed_by: Mapped[str]
    dissolved_at: Mapped[dt.datetime | None]
    dissolved_by: Mapped[str | None]

    program: Mapped[Program] = relationship()
    mrc: Mapped[Mrc | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class CommitteeSeat(Model):
    """A body sits on a committee, from a day until another, which no longer counts. `delegate`, who sits for it; `role`, such as the
    chair."""

    __tablename__ = "committee_seat"
    __table_args__ = (
        Index(
            "uq_committee_seat_standing", "committee_id", "body_id", unique=True,
            sqlite_where=text("until_on IS NULL"), postgresql_where=text("until_on IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("network_body.id"), index=True)
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("body_contact.id"), index=True)
    role: Mapped[str]
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date | None]
    given_at: Mapped[dt.datetime]
    given_by: Mapped[str]
    ended_by: Mapped[str | None]

    committee: Mapped[Committee] = relationship()
    body: Mapped[NetworkBody] = relationship()
    delegate: Mapped[BodyContact | None] = relationship()


class CommitteeMeeting(Model):
    """A meeting of a committee. `starts_at`, the hour on a clock in Québec, such as `18:30`."""

    __tablename__ = "committee_meeting"
    __table_args__ = (
        UniqueConstraint("committee_id", "held_on", "starts_at"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name="cancelled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    held_on: Mapped[dt.date]
    starts_at: Mapped[str]
    place: Mapped[str]
    agenda: Mapped[str]
    planned_at: Mapped[dt.datetime]
    planned_by: Mapped[str]
    cancelled_at: Mapped[dt.datetime | None]
    cancelled_by: Mapped[str | None]

    committee: Mapped[Committee] = relationship()
    minutes: Mapped[MeetingMinutes | None] = relationship(back_populates="meeting", foreign_keys="MeetingMinutes.meeting_id")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.committee.scope


class MeetingAttendance(Model):
    """Whether a seat was taken at a meeting."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (
        UniqueConstraint("meeting_id", "seat_id"),
        CheckConstraint("presence IN ('present', 'excused', 'absent')", name="presence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("committee_meeting.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("committee_seat.id"), index=True)
    presence: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]

    seat: Mapped[CommitteeSeat] = relationship()


class MeetingMinutes(Model):
    """What was said at a meeting. A draft until a later meeting adopts it (`adopted_in`); then it never changes, and `digest` tells."""

    __tablename__ = "meeting_minutes"
    __table_args__ = (
        CheckConstraint(
            "(adopted_at IS NULL) = (adopted_by IS NULL) AND (adopted_at IS NULL) = (adopted_in_id IS NULL) "
            "AND (adopted_at IS NULL) = (digest IS NULL)",
            name="adopted",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("committee_meeting.id"), unique=True)
    words: Mapped[str]
    digest: Mapped[str | None]
    written_at: Mapped[dt.datetime]
    written_by: Mapped[str]
    adopted_at: Mapped[dt.datetime | None]
    adopted_by: Mapped[str | None]
    adopted_in_id: Mapped[int | None] = mapped_column(ForeignKey("committee_meeting.id"), index=True)

    meeting: Mapped[CommitteeMeeting] = relationship(back_populates="minutes", foreign_keys=[meeting_id])
    adopted_in: Mapped[CommitteeMeeting | None] = relationship(foreign_keys=[adopted_in_id])


class CommitteeDecision(Model):
    """What a committee decided at a meeting: numbered from 1 in each committee, never changed. `version`, the version of the program that
    it is about."""

    __tablename__ = "committee_decision"
    __table_args__ = (UniqueConstraint("committee_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("committee_meeting.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("program_version.id"), index=True)
    number: Mapped[int]
    words: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]

    meeting: Mapped[CommitteeMeeting] = relationship()
    version: Mapped[ProgramVersion | None] = relationship()


class CommitteeTask(Model):
    """What is to be done after a meeting, by somebody of the team (`user`) or by a body that sits there (`seat`), by a day; done once."""

    __tablename__ = "committee_task"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done"),
        CheckConstraint("(user_id IS NULL) <> (seat_id IS NULL)", name="one_doer"),
        Index("ix_committee_task_meeting_id_due_on", "meeting_id", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("committee_meeting.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("committee_seat.id"), index=True)
    what: Mapped[str]
    due_on: Mapped[dt.date]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]
    done_at: Mapped[dt.datetime | None]
    done_by: Mapped[str | None]

    meeting: Mapped[CommitteeMeeting] = relationship()
    user: Mapped[User | None] = relationship()
    seat: Mapped[CommitteeSeat | None] = relationship()

    @property
    def doer(self) -> str:
        """Who is to do it."""
        if self.user is not None:
            return self.user.shown_name
        assert self.seat is not None
        return self.seat.body.name


class MeetingSynthesis(Model):
    """The synthesis of a meeting left by letter to those who sit on the committee, once. `sent_to`, how many."""

    __tablename__ = "meeting_synthesis"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("committee_meeting.id"), unique=True)
    words: Mapped[str]
    sent_to: Mapped[int]
    sent_at: Mapped[dt.datetime]
    sent_by: Mapped[str]
