"""The tables of tours: which councils, chambers or bodies are to be met, and the meetings planned for each."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.programs import Program
from certif.territory import Mrc, Partner
from certif.visits.model import Visit


class Tour(Model):
    """A series of meetings with councils of MRC or with bodies of a territory, one stop each. `audience`: one of `plans.Audience`."""

    __tablename__ = "tour"
    __table_args__ = (UniqueConstraint("program_id", "title"), Index("ix_tour_program_id_made_at", "program_id", "made_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    title: Mapped[str]
    audience: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]

    program: Mapped[Program] = relationship()
    stops: Mapped[list[TourStop]] = relationship(order_by="TourStop.id", back_populates="tour")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class TourStop(Model):
    """A council of an MRC, or a body, that a tour is to meet."""

    __tablename__ = "tour_stop"
    __table_args__ = (
        UniqueConstraint("tour_id", "mrc_id"),
        UniqueConstraint("tour_id", "partner_id"),
        CheckConstraint("(mrc_id IS NULL) <> (partner_id IS NULL)", name="one_party"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id"))
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)

    tour: Mapped[Tour] = relationship(back_populates="stops")
    mrc: Mapped[Mrc | None] = relationship()
    partner: Mapped[Partner | None] = relationship()
    meetings: Mapped[list[StopMeeting]] = relationship(order_by="StopMeeting.id", back_populates="stop")


class StopMeeting(Model):
    """A meeting was planned for a stop: another one, where the first was cancelled."""

    __tablename__ = "stop_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("tour_stop.id"), index=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), unique=True)

    stop: Mapped[TourStop] = relationship(back_populates="meetings")
    visit: Mapped[Visit] = relationship()
