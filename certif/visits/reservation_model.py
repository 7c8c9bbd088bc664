"""The tables of reservations: which prospects somebody keeps for themselves until a day, so that two people never knock at one door."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.imports import Prospect
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program

_HELD = text("released_at IS NULL")


class Release(StrEnum):
    """Why a prospect is no longer kept: somebody was reached there, it was given back, or the last day has passed."""

    REACHED = "reached"
    GIVEN_BACK = "given_back"
    ENDED = "ended"


RELEASES = {Release.REACHED: _l("Joint"), Release.GIVEN_BACK: _l("Remis"), Release.ENDED: _l("Remis à l’échéance")}


class Reservation(Model):
    """A batch of prospects that somebody keeps for themselves until the end of a day. `what`, how it was chosen, in words."""

    __tablename__ = "reservation"
    __table_args__ = (Index("ix_reservation_program_id_reserved_at", "program_id", "reserved_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    what: Mapped[str]
    until_on: Mapped[dt.date] = mapped_column(index=True)
    reserved_at: Mapped[dt.datetime]
    reserved_by: Mapped[str]

    program: Mapped[Program] = relationship()
    user: Mapped[User] = relationship()

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.until_on < clock.today()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class ReservedProspect(Model):
    """A prospect of a batch. As long as it is not released, nobody else can keep it: the index has the last word."""

    __tablename__ = "reserved_prospect"
    __table_args__ = (
        Index("uq_reserved_prospect_held", "prospect_id", unique=True, sqlite_where=_HELD, postgresql_where=_HELD),
        UniqueConstraint("prospect_id", "reservation_id"),
        CheckConstraint("(released_at IS NULL) = (release IS NULL)", name="release"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reservation_id: Mapped[int] = mapped_column(ForeignKey("reservation.id"), index=True)
    prospect_id: Mapped[int] = mapped_column(ForeignKey("prospect.id"))
    release: Mapped[str | None]
    released_at: Mapped[dt.datetime | None]
    released_by: Mapped[str | None]

    reservation: Mapped[Reservation] = relationship()
    prospect: Mapped[Prospect] = relationship()
