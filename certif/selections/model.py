"""The tables of a selection: how each phase was closed and whom it kept, the laureates that came of it, and when they were told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.campaigns import Campaign
from certif.kit import tokens
from certif.kit.db import Model
from certif.nominations import Boss, Nomination
from certif.territory import Mrc


class PhaseClosing(Model):
    """A phase of a contest was closed, once: what was decided, by whom, and the minutes of it.

    `phase`, its id in the definition; `record`, what lets anyone redo the outcome (tickets and seed, ballots, votes), and `digest`, the
    SHA-256 (hex) of its canonical form with the picks.
    """

    __tablename__ = "phase_closing"
    __table_args__ = (UniqueConstraint("campaign_id", "phase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    phase: Mapped[str]
    minutes: Mapped[str]
    record: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str]
    closed_at: Mapped[dt.datetime]
    closed_by: Mapped[str]
    closer: Mapped[str]

    campaign: Mapped[Campaign] = relationship()
    picks: Mapped[list[Pick]] = relationship(order_by="Pick.cell, Pick.rank, Pick.id", back_populates="closing")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.campaign.scope


class Pick(Model):
    """Where a phase puts an entry: its rank in its cell, from 1, and whether it goes on.

    An entry is a boss, or a boss and a nomination where the contest chooses duos. `cell`: empty for the whole contest, an MRC's slug, or a
    youth employment centre's ref. `score`, where there is one, in thousandths. `reason`, why it was left or kept, for those who decide.
    """

    __tablename__ = "pick"
    __table_args__ = (
        CheckConstraint("rank > 0", name="rank"),
        Index("ix_pick_ranked", "closing_id", "cell", "rank"),
        Index(
            "uq_pick_duo", "closing_id", "nomination_id", unique=True,
            sqlite_where=text("nomination_id IS NOT NULL"), postgresql_where=text("nomination_id IS NOT NULL"),
        ),
        Index(
            "uq_pick_boss", "closing_id", "boss_id", unique=True,
            sqlite_where=text("nomination_id IS NULL"), postgresql_where=text("nomination_id IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    closing_id: Mapped[int] = mapped_column(ForeignKey("phase_closing.id"))
    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"), index=True)
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nomination.id"), index=True)
    cell: Mapped[str]
    rank: Mapped[int]
    score: Mapped[int | None]
    is_kept: Mapped[bool]
    reason: Mapped[str]

    closing: Mapped[PhaseClosing] = relationship(back_populates="picks")
    boss: Mapped[Boss] = relationship()
    nomination: Mapped[Nomination | None] = relationship()


class Laureate(Model):
    """A boss, or a duo, that a contest honours: the last phase kept it, under one category of the definition, or none.

    `boss_name`, `student_name`: as they are read and printed on the diploma; `boss_said`, `student_said`: how they are pronounced;
    `employer_name`, `municipality`: written once, as they were that year; `citation`, read aloud. Whether a laureate may be named in public
    is asked of `consents`, subject: this row.

    Keeps: the names, as long as laureates are honoured, or until the person asks; why: to honour them.
    """

    __tablename__ = "laureate"
    __table_args__ = (
        Index("ix_laureate_listed", "campaign_id", "category", "position", "id"),
        Index(
            "uq_laureate_standing", "campaign_id", "boss_id", "nomination_id", unique=True,
            sqlite_where=text("nomination_id IS NOT NULL"), postgresql_where=text("nomination_id IS NOT NULL"),
        ),
        Index(
            "uq_laureate_boss_alone", "campaign_id", "boss_id", unique=True,
            sqlite_where=text("nomination_id IS NULL"), postgresql_where=text("nomination_id IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nomination.id"))
    category: Mapped[str]
    cell: Mapped[str]
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"))
    year: Mapped[int]
    position: Mapped[int]
    employer_name: Mapped[str]
    municipality: Mapped[str]
    boss_name: Mapped[str]
    boss_said: Mapped[str]
    student_name: Mapped[str]
    student_said: Mapped[str]
    citation: Mapped[str]
    photo_digest: Mapped[str | None] = mapped_column(ForeignKey("sent_file.digest"))
    named_at: Mapped[dt.datetime]
    named_by: Mapped[str]

    campaign: Mapped[Campaign] = relationship()
    boss: Mapped[Boss] = relationship()
    nomination: Mapped[Nomination | None] = relationship()
    mrc: Mapped[Mrc] = relationship()
    standing_down: Mapped[LaureateWithdrawal | None] = relationship(
        foreign_keys="LaureateWithdrawal.laureate_id", back_populates="laureate", lazy="joined"
    )

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.campaign.scope


class LaureateWithdrawal(Model):
    """A laureate is one no more: it declined, or was found unfit. The next of the ranking may be named in its place."""

    __tablename__ = "laureate_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    laureate_id: Mapped[int] = mapped_column(ForeignKey("laureate.id"), unique=True)
    replacement_id: Mapped[int | None] = mapped_column(ForeignKey("laureate.id"), unique=True)
    reason: Mapped[str]
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by: Mapped[str]

    laureate: Mapped[Laureate] = relationship(foreign_keys=[laureate_id], back_populates="standing_down")
    replacement: Mapped[Laureate | None] = relationship(foreign_keys=[replacement_id])


class ResultRelease(Model):
    """The results of a contest are told to everyone from now on. Before that, they are under embargo."""

    __tablename__ = "result_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), unique=True)
    released_at: Mapped[dt.datetime]
    released_by: Mapped[str]

    campaign: Mapped[Campaign] = relationship()
