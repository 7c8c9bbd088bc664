"""The tables of the room: who is invited, what they answer, and where they sit."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.galas.model import Gala
from certif.kit import tokens
from certif.kit.db import Model
from certif.selections import Laureate


class Side(StrEnum):
    """On whose account a guest comes: that of a laureate employer, of a laureate student, or of a body."""

    EMPLOYER = "employer"
    STUDENT = "student"
    BODY = "body"


class GalaTable(Model):
    """A table of the room, and how many may sit at it."""

    __tablename__ = "gala_table"
    __table_args__ = (UniqueConstraint("gala_id", "name"), CheckConstraint("seats > 0", name="seats"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"))
    name: Mapped[str]
    seats: Mapped[int]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]

    gala: Mapped[Gala] = relationship()


class Guest(Model):
    """Someone who is invited, with those who come along: `seats`, all of them counted. Nothing is kept of diets or of health: who has a
    need telephones the organiser.

    `reply_digest`: SHA-256 of what the link of the invitation ends with; None until a letter was written.

    Keeps: name and address, until 90 days after the evening; why: to invite, and to seat.
    """

    __tablename__ = "guest"
    __table_args__ = (
        CheckConstraint("side IN ('employer', 'student', 'body')", name="side"),
        CheckConstraint("seats > 0", name="seats"),
        UniqueConstraint("gala_id", "laureate_id", "side"),
        Index("ix_guest_gala_id_id", "gala_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"))
    laureate_id: Mapped[int | None] = mapped_column(ForeignKey("laureate.id"), index=True)
    side: Mapped[str]
    name: Mapped[str]
    body: Mapped[str]
    email: Mapped[str | None]
    language: Mapped[str]
    seats: Mapped[int]
    reply_digest: Mapped[str | None] = mapped_column(unique=True)
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]

    gala: Mapped[Gala] = relationship()
    laureate: Mapped[Laureate | None] = relationship()
    replies: Mapped[list[GuestReply]] = relationship(
        order_by="GuestReply.number", back_populates="guest", lazy="selectin", cascade="all, delete-orphan"
    )
    places: Mapped[list[TableSeat]] = relationship(
        order_by="TableSeat.number", back_populates="guest", lazy="selectin", cascade="all, delete-orphan"
    )

    notices: Mapped[list[GuestNotice]] = relationship(back_populates="guest", cascade="all, delete-orphan")

    @property
    def reply(self) -> GuestReply | None:
        """What was answered last; None while nothing was."""
        return self.replies[-1] if self.replies else None

    @property
    def is_coming(self) -> bool:
        """Whether seats are wanted: nobody said no."""
        return self.reply is None or self.reply.is_coming

    @property
    def table(self) -> GalaTable | None:
        """Where this guest sits, if anywhere yet."""
        return self.places[0].table if self.places else None


class GuestReply(Model):
    """A guest said whether they come, and how many. Many; the last counts."""

    __tablename__ = "guest_reply"
    __table_args__ = (UniqueConstraint("guest_id", "number"), CheckConstraint("seats >= 0", name="seats"))

    id: Mapped[int] = mapped_column(primary_key=True)
    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id"))
    number: Mapped[int]
    is_coming: Mapped[bool]
    seats: Mapped[int]
    replied_at: Mapped[dt.datetime]
    replied_by: Mapped[str]

    guest: Mapped[Guest] = relationship(back_populates="replies")


class GuestNotice(Model):
    """A guest was told by letter what becomes of the evening, once each time: `about`, what, and since when."""

    __tablename__ = "guest_notice"
    __table_args__ = (UniqueConstraint("guest_id", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id"))
    about: Mapped[str]
    written_at: Mapped[dt.datetime]

    guest: Mapped[Guest] = relationship(back_populates="notices")


class TableSeat(Model):
    """One seat of a table is taken. `number` counts from 1 at each table: two people cannot take the same."""

    __tablename__ = "table_seat"
    __table_args__ = (UniqueConstraint("table_id", "number"), CheckConstraint("number > 0", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("gala_table.id"))
    number: Mapped[int]
    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id"), index=True)

    table: Mapped[GalaTable] = relationship(lazy="joined")
    guest: Mapped[Guest] = relationship(back_populates="places")
