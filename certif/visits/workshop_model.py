"""The tables of workshops that schools and employers ask for, and what was answered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.programs import Program
from certif.territory import Mrc
from certif.visits.model import Visit


class WorkshopRequest(Model):
    """A school, an employer or a body asks for a workshop. `audience`: one of `plans.Audience`; `people`, how many would attend.

    Keeps: name, address and telephone of whoever asks, until 180 days after the answer, a year without one; why: to answer, to prepare it.
    """

    __tablename__ = "workshop_request"
    __table_args__ = (
        CheckConstraint("people > 0", name="people"),
        Index("ix_workshop_request_program_id_asked_at", "program_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"))
    audience: Mapped[str]
    body: Mapped[str]
    people: Mapped[int]
    wished: Mapped[str]
    preferred_on: Mapped[dt.date | None]
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    contact_phone: Mapped[str | None]
    language: Mapped[str]
    asked_at: Mapped[dt.datetime]

    program: Mapped[Program] = relationship()
    mrc: Mapped[Mrc] = relationship()
    answer: Mapped[WorkshopAnswer | None] = relationship(back_populates="request", lazy="joined", cascade="all, delete-orphan")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class WorkshopAnswer(Model):
    """A request was answered, once: by a meeting that was planned, or by a reason why there is none."""

    __tablename__ = "workshop_answer"
    __table_args__ = (CheckConstraint("(visit_id IS NULL) = (reason IS NOT NULL)", name="one_answer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("workshop_request.id"), unique=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), unique=True)
    reason: Mapped[str | None]
    answered_at: Mapped[dt.datetime]
    answered_by: Mapped[str]

    request: Mapped[WorkshopRequest] = relationship(back_populates="answer")
    visit: Mapped[Visit | None] = relationship()
