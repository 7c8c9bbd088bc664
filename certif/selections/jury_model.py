"""The tables of a jury: what it judges, who sits, who reads what, who stands aside, and the ballots, in a chain."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.campaigns import Campaign, Phase
from certif.kit import tokens
from certif.kit.db import Model
from certif.nominations import Boss, Nomination

_SITTING = text("ended_at IS NULL")
_STANDING = text("taken_back_at IS NULL")


class RecusalKind(StrEnum):
    """Why a juror stands aside: a tie with who is nominated, or any other reason of its own."""

    CONFLICT = "conflict"
    ABSTENTION = "abstention"


class Jury(Model):
    """The jury of one phase of a contest: it was opened, and from then on has entries, seats and ballots. `ref` is in its address."""

    __tablename__ = "jury"
    __table_args__ = (UniqueConstraint("campaign_id", "phase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    phase_id: Mapped[str] = mapped_column("phase")
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]

    campaign: Mapped[Campaign] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.campaign.scope

    @cached_property
    def phase(self) -> Phase:
        """What was decided of the phase: its grid, its days, what jurors see. A published contest never changes: it is read once."""
        found = self.campaign.definition.phase(self.phase_id)
        assert found is not None, "a jury is opened for a phase of its contest"
        return found


class JuryEntry(Model):
    """A boss, or a duo, that a jury judges. `number` is all that jurors call it by where names are hidden; it follows from no name."""

    __tablename__ = "jury_entry"
    __table_args__ = (
        UniqueConstraint("jury_id", "number"),
        Index(
            "uq_jury_entry_duo", "jury_id", "nomination_id", unique=True,
            sqlite_where=text("nomination_id IS NOT NULL"), postgresql_where=text("nomination_id IS NOT NULL"),
        ),
        Index(
            "uq_jury_entry_boss", "jury_id", "boss_id", unique=True,
            sqlite_where=text("nomination_id IS NULL"), postgresql_where=text("nomination_id IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    jury_id: Mapped[int] = mapped_column(ForeignKey("jury.id"))
    number: Mapped[int]
    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"), index=True)
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nomination.id"), index=True)
    cell: Mapped[str]

    jury: Mapped[Jury] = relationship()
    boss: Mapped[Boss] = relationship()
    nomination: Mapped[Nomination | None] = relationship()


class JurySeat(Model):
    """Someone sits on a jury, from the invitation on, until it is ended; one seat an address at a time. `ref` is its pseudonym in exports.

    Keeps: name and address, two years after the contest; why: to answer for how laureates were chosen.
    """

    __tablename__ = "jury_seat"
    __table_args__ = (
        Index("uq_jury_seat_sitting", "jury_id", "email", unique=True, sqlite_where=_SITTING, postgresql_where=_SITTING),
        Index("ix_jury_seat_email", "email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    jury_id: Mapped[int] = mapped_column(ForeignKey("jury.id"))
    email: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    invited_at: Mapped[dt.datetime]
    invited_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str | None]

    jury: Mapped[Jury] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.jury.scope


class JuryAssignment(Model):
    """An entry was given to a juror to read, where not all read all."""

    __tablename__ = "jury_assignment"
    __table_args__ = (UniqueConstraint("seat_id", "entry_id"), Index("ix_jury_assignment_entry_id", "entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("jury_seat.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("jury_entry.id"))
    assigned_at: Mapped[dt.datetime]
    assigned_by: Mapped[str]

    seat: Mapped[JurySeat] = relationship()
    entry: Mapped[JuryEntry] = relationship()


class Recusal(Model):
    """A juror stands aside of an entry, until it takes that back: its ballot there does not count.

    Keeps: the reason a juror gives, as long as its seat; why: to show that nobody judged its own.
    """

    __tablename__ = "recusal"
    __table_args__ = (
        Index("uq_recusal_standing", "seat_id", "entry_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
        Index("ix_recusal_entry_id", "entry_id"),
        CheckConstraint("kind IN ('conflict', 'abstention')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("jury_seat.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("jury_entry.id"))
    kind: Mapped[str]
    reason: Mapped[str]
    recused_at: Mapped[dt.datetime]
    recused_by: Mapped[str]
    taken_back_at: Mapped[dt.datetime | None]
    taken_back_by: Mapped[str | None]

    seat: Mapped[JurySeat] = relationship()
    entry: Mapped[JuryEntry] = relationship()


class Ballot(Model):
    """What a juror scored of an entry, in its `number`th version: nothing is ever changed, and the last one counts.

    `position`, in the chain of its jury, from 1; `digest`, SHA-256 (hex) of what it says and of the `previous_digest`: see `jury_chain`.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("seat_id", "entry_id", "number"),
        UniqueConstraint("jury_id", "position"),
        Index("ix_ballot_entry_id", "entry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    jury_id: Mapped[int] = mapped_column(ForeignKey("jury.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("jury_seat.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("jury_entry.id"))
    number: Mapped[int]
    position: Mapped[int]
    scores: Mapped[dict[str, Any]] = mapped_column(JSON)
    comment: Mapped[str]
    cast_at: Mapped[dt.datetime]
    previous_digest: Mapped[str]
    digest: Mapped[str]

    jury: Mapped[Jury] = relationship()
    seat: Mapped[JurySeat] = relationship()
    entry: Mapped[JuryEntry] = relationship()


class JuryNudge(Model):
    """A juror was written to because entries still wait for it, at most once a day."""

    __tablename__ = "jury_nudge"
    __table_args__ = (UniqueConstraint("seat_id", "nudged_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("jury_seat.id"))
    nudged_on: Mapped[dt.date]
    nudged_at: Mapped[dt.datetime]
    nudged_by: Mapped[str]

    seat: Mapped[JurySeat] = relationship()
