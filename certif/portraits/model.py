"""The tables of portraits: what was released and cannot change, what was withdrawn, and how many students a region has."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.programs import Program


class PortraitRelease(Model):
    """The portrait of a program and a school year, as it was told that day. Immutable; the newest that is not withdrawn is the one read.

    `told`, all that leaves the region's team, and `digest`, SHA-256 (hex) of it; `compass`, the broad figures of each establishment, shown
    to its employer only, with the counts that they are made of, never shown; `ledger`, the counts that the release was made of, kept to
    withhold from the next release, and never shown.
    """

    __tablename__ = "portrait_release"
    __table_args__ = (UniqueConstraint("program_id", "school_year", "number"), CheckConstraint("least_shown >= 10", name="least_shown"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    school_year: Mapped[str]
    number: Mapped[int]
    least_shown: Mapped[int]
    answers: Mapped[int]
    told: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    digest: Mapped[str]
    compass: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    ledger: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    released_at: Mapped[dt.datetime]
    released_by: Mapped[str]

    program: Mapped[Program] = relationship()
    withdrawal: Mapped[PortraitWithdrawal | None] = relationship(back_populates="release")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def told_on(self) -> dt.date:
        """The day it was released, in Québec."""
        return self.released_at.astimezone(clock.TORONTO).date()


class PortraitWithdrawal(Model):
    """A release is no longer read. What it told stays known to whoever read it, so the next releases still withhold with it in mind."""

    __tablename__ = "portrait_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("portrait_release.id"), unique=True)
    reason: Mapped[str]
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by: Mapped[str]

    release: Mapped[PortraitRelease] = relationship(back_populates="withdrawal")


class StudentTotal(Model):
    """How many students of a level the territory of a program has in a school year, as the region says, to weigh its answers."""

    __tablename__ = "student_total"
    __table_args__ = (UniqueConstraint("program_id", "school_year", "level"), CheckConstraint("students > 0", name="students"))

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    school_year: Mapped[str]
    level: Mapped[str]
    students: Mapped[int]
    entered_at: Mapped[dt.datetime]
    entered_by: Mapped[str]

    program: Mapped[Program] = relationship()
