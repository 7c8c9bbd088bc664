"""The tables of hours to choose from: what somebody of the team opens to the other party, and which hour was chosen."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.employers import Employer
from certif.imports import Prospect
from certif.kit import tokens
from certif.kit.db import Model
from certif.programs import Program
from certif.territory import Mrc
from certif.visits.model import Visit

_STANDING = text("released_at IS NULL")


class SlotOffer(Model):
    """Hours of somebody of the team (`user`), offered to one prospect, one employer, or somebody else (`contact_name`): whoever has the
    link chooses one of them.

    `weekdays`, digits from 1, Monday, to 7; `from_hour` and `until_hour`, `09:00`, in Québec; `minutes`, how long the meeting is;
    `buffer_minutes`, how long is kept free before and after it.
    Keeps: name and address, until 90 days after the last day offered; why: to write to them.
    """

    __tablename__ = "slot_offer"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="order"),
        CheckConstraint("minutes > 0 AND buffer_minutes >= 0", name="lengths"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
        Index("ix_slot_offer_program_id_opened_at", "program_id", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    prospect_id: Mapped[int | None] = mapped_column(ForeignKey("prospect.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"))
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    language: Mapped[str]
    place: Mapped[str]
    address: Mapped[str]
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    weekdays: Mapped[str]
    from_hour: Mapped[str]
    until_hour: Mapped[str]
    minutes: Mapped[int]
    buffer_minutes: Mapped[int]
    token_digest: Mapped[str | None] = mapped_column(unique=True)
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[str | None]

    program: Mapped[Program] = relationship()
    user: Mapped[User] = relationship()
    prospect: Mapped[Prospect | None] = relationship()
    employer: Mapped[Employer | None] = relationship()
    mrc: Mapped[Mrc | None] = relationship()
    choices: Mapped[list[SlotChoice]] = relationship(order_by="SlotChoice.id", back_populates="offer", lazy="selectin")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def choice(self) -> SlotChoice | None:
        """The hour that was chosen and still holds; None while none does."""
        return next((one for one in self.choices if one.released_at is None), None)


class SlotChoice(Model):
    """An hour was chosen, and became a meeting. `released_at`, when that meeting was moved or cancelled: the hour may be chosen anew."""

    __tablename__ = "slot_choice"
    __table_args__ = (
        Index("uq_slot_choice_hour", "user_id", "starts_at", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
        Index("uq_slot_choice_offer", "offer_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("slot_offer.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    starts_at: Mapped[dt.datetime]
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), unique=True)
    chosen_at: Mapped[dt.datetime]
    released_at: Mapped[dt.datetime | None]

    offer: Mapped[SlotOffer] = relationship(back_populates="choices")
    visit: Mapped[Visit] = relationship()
