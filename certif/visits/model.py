"""The tables of visits: what is planned, with whom and where; what became of it; what is to follow. Each thing that happened is a row."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.employers import Employer
from certif.imports import Prospect
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.plans import Objective
from certif.programs import Program
from certif.territory import Mrc, Partner


class VisitKind(StrEnum):
    """What kind of meeting it is: one to one, a group, a stop of a tour of councils or chambers, advice to those who reach employers, or
    an event where employers are met."""

    VISIT = "visit"
    WORKSHOP = "workshop"
    TOUR = "tour"
    ADVICE = "advice"
    EVENT = "event"


VISIT_KINDS = {
    VisitKind.VISIT: _l("Visite"),
    VisitKind.WORKSHOP: _l("Atelier"),
    VisitKind.TOUR: _l("Tournée"),
    VisitKind.ADVICE: _l("Conseil"),
    VisitKind.EVENT: _l("Événement"),
}


class Outcome(StrEnum):
    """What came of a meeting."""

    SIGNED = "signed"
    INTERESTED = "interested"
    THINKING = "thinking"
    REFUSED = "refused"
    ABSENT = "absent"
    HELD = "held"


OUTCOMES = {
    Outcome.SIGNED: _l("A signé"),
    Outcome.INTERESTED: _l("Intéressé : veut s’inscrire"),
    Outcome.THINKING: _l("Sensibilisé : y réfléchit"),
    Outcome.REFUSED: _l("A refusé"),
    Outcome.ABSENT: _l("Personne à rencontrer"),
    Outcome.HELD: _l("A eu lieu"),
}
"""`HELD` is what becomes of a workshop, a tour, advice or an event; the others, of a visit."""


class Visit(Model):
    """A meeting that is planned, or that happened without a plan. `starts_at` and `ends_at` are those that count now: `VisitMove` keeps the
    earlier ones. It is about one prospect, one employer or one body, or about none of them (`title` then says what it is).

    Keeps: the place and title of a meeting, as long as the program; why: to account for the work. No name of a person met is here.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        Index("ix_visit_program_id_starts_at", "program_id", "starts_at"),
        Index("ix_visit_starts_at", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str]
    audience: Mapped[str]
    title: Mapped[str]
    prospect_id: Mapped[int | None] = mapped_column(ForeignKey("prospect.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"), index=True)
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"), index=True)
    place: Mapped[str]
    address: Mapped[str]
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    sequence: Mapped[int] = mapped_column(default=0)
    planned_at: Mapped[dt.datetime]
    planned_by: Mapped[str]

    program: Mapped[Program] = relationship()
    prospect: Mapped[Prospect | None] = relationship()
    employer: Mapped[Employer | None] = relationship()
    partner: Mapped[Partner | None] = relationship()
    objective: Mapped[Objective | None] = relationship()
    mrc: Mapped[Mrc | None] = relationship()
    goers: Mapped[list[VisitGoer]] = relationship(order_by="VisitGoer.id", back_populates="visit")
    cancellation: Mapped[VisitCancellation | None] = relationship(back_populates="visit")
    report: Mapped[VisitReport | None] = relationship(back_populates="visit")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class VisitGoer(Model):
    """Somebody of the team, or of a partner, who goes there."""

    __tablename__ = "visit_goer"
    __table_args__ = (UniqueConstraint("visit_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]

    visit: Mapped[Visit] = relationship(back_populates="goers")
    user: Mapped[User] = relationship()


class VisitMove(Model):
    """A meeting was moved. `sequence`, that of the visit after the move, 1 for the first; the times are those before it."""

    __tablename__ = "visit_move"
    __table_args__ = (UniqueConstraint("visit_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    sequence: Mapped[int]
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime]
    moved_at: Mapped[dt.datetime]
    moved_by: Mapped[str]


class VisitCancellation(Model):
    """A meeting will not happen, and why."""

    __tablename__ = "visit_cancellation"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), unique=True)
    reason: Mapped[str]
    cancelled_at: Mapped[dt.datetime]
    cancelled_by: Mapped[str]

    visit: Mapped[Visit] = relationship(back_populates="cancellation")


class VisitReport(Model):
    """What became of a meeting, once. `client_key`, chosen by the phone that wrote it, so that what is sent twice counts once.

    `people_met`, how many; `minutes`, how long it lasted; `kilometres`, there and back; `needs_training`, whether those met asked for
    training, or a referral; `met_on`, the day on a calendar in Québec.
    Keeps: who went and what is noted, as long as the program; why: to account for the work. Names of persons met do not belong in `note`.
    """

    __tablename__ = "visit_report"
    __table_args__ = (
        Index("ix_visit_report_program_id_met_on", "program_id", "met_on"),
        CheckConstraint("people_met >= 0 AND minutes >= 0 AND kilometres >= 0", name="counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    client_key: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), unique=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    outcome: Mapped[str]
    met_on: Mapped[dt.date]
    people_met: Mapped[int]
    minutes: Mapped[int]
    kilometres: Mapped[int]
    needs_training: Mapped[bool]
    note: Mapped[str]
    photo_digest: Mapped[str | None]
    written_at: Mapped[dt.datetime]
    filed_at: Mapped[dt.datetime]
    filed_by: Mapped[str]

    visit: Mapped[Visit] = relationship(back_populates="report")
    program: Mapped[Program] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class FollowUp(Model):
    """What is to be done after a meeting, by whom and by when; done once."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_user_id_due_on", "user_id", "due_on"),
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    what: Mapped[str]
    due_on: Mapped[dt.date]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]
    done_at: Mapped[dt.datetime | None]
    done_by: Mapped[str | None]

    visit: Mapped[Visit] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.visit.scope
