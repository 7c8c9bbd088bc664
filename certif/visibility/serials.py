"""Printed stickers that bear a number of their own: printed in lots, held by agents, hung somewhere, scanned, replaced."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.certification import Verification
from certif.kit import tokens
from certif.kit.db import Model
from certif.programs import Program


class StickerLot(Model):
    """A printing of stickers. `number` counts over the whole house, and is printed on each; `look`: `certified` or `in_progress`."""

    __tablename__ = "sticker_lot"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    number: Mapped[int] = mapped_column(unique=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    look: Mapped[str]
    quantity: Mapped[int]
    printed_at: Mapped[dt.datetime]
    printed_by: Mapped[str]
    printed_by_name: Mapped[str]

    program: Mapped[Program] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow this lot in the journal."""
        return self.program.ref


class StickerHandover(Model):
    """Stickers of a lot were handed to a person, who holds them until they hang somewhere."""

    __tablename__ = "sticker_handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("sticker_lot.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    handed_at: Mapped[dt.datetime]
    handed_by: Mapped[str]

    user: Mapped[User] = relationship()


class Sticker(Model):
    """One printed sticker. `ref` is the serial in its QR: as hard to guess as any code on paper. `handover`: the last it was part of."""

    __tablename__ = "sticker"
    __table_args__ = (UniqueConstraint("lot_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    lot_id: Mapped[int] = mapped_column(ForeignKey("sticker_lot.id"))
    number: Mapped[int]
    handover_id: Mapped[int | None] = mapped_column(ForeignKey("sticker_handover.id"), index=True)

    lot: Mapped[StickerLot] = relationship()
    handover: Mapped[StickerHandover | None] = relationship()
    assignment: Mapped[StickerAssignment | None] = relationship()
    retirement: Mapped[StickerRetirement | None] = relationship(foreign_keys="StickerRetirement.sticker_id")

    @property
    def scope(self) -> str:
        """The program whose staff follow this sticker in the journal."""
        return self.lot.scope

    @property
    def label(self) -> str:
        """The short number printed on it, for staff: its lot, and its place in it."""
        return f"{self.lot.number:04d}-{self.number:03d}"


class StickerAssignment(Model):
    """A sticker hangs at an establishment, once and for good. `hangs_at`: where exactly, in the words of whoever put it there."""

    __tablename__ = "sticker_assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    sticker_id: Mapped[int] = mapped_column(ForeignKey("sticker.id"), unique=True)
    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id"), index=True)
    hangs_at: Mapped[str]
    assigned_at: Mapped[dt.datetime]
    assigned_by: Mapped[str]
    assigned_by_name: Mapped[str]

    verification: Mapped[Verification] = relationship()


class StickerRetirement(Model):
    """A sticker no longer counts: lost, spoilt, or replaced by another, which replaces one only."""

    __tablename__ = "sticker_retirement"

    id: Mapped[int] = mapped_column(primary_key=True)
    sticker_id: Mapped[int] = mapped_column(ForeignKey("sticker.id"), unique=True)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("sticker.id"), unique=True)
    reason: Mapped[str]
    retired_at: Mapped[dt.datetime]
    retired_by: Mapped[str]

    replaced_by: Mapped[Sticker | None] = relationship(foreign_keys=[replaced_by_id])


class StickerScan(Model):
    """How many times a sticker was scanned on a day. Keeps: a count; nothing of who scanned, nor from where, nor at what hour."""

    __tablename__ = "sticker_scan"

    sticker_id: Mapped[int] = mapped_column(ForeignKey("sticker.id"), primary_key=True)
    scanned_on: Mapped[dt.date] = mapped_column(primary_key=True)
    count: Mapped[int]
