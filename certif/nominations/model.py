"""The tables of nominations: a boss, as a contest knows it, and what each student says of it.

A student is never an account: `nominator_key` says that two nominations come of the same person, and not of whom. The address, and what
may show stuffing, are rows of their own, so that they can be forgotten while the nomination stays.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.campaigns import Campaign
from certif.employers import Establishment
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.territory import Mrc, Partner


class Way(StrEnum):
    """How a nomination came: by an address that was verified, by a pass of a school that serves once, or on paper."""

    EMAIL = "email"
    PASS = "pass"  # noqa: S105 — no password
    PAPER = "paper"


WAY_LABELS = {Way.EMAIL: _l("par courriel"), Way.PASS: _l("par coupon"), Way.PAPER: _l("sur papier")}


class ReadingOutcome(StrEnum):
    """What a reader decides of the words of a nomination. Until then it is held: no one else reads them."""

    APPROVED = "approved"
    SET_ASIDE = "set_aside"


class Boss(Model):
    """A place of work that was nominated in a contest, with the person students call their boss.

    `establishment`: the one of the register, once it is known which; else what students wrote. `name_key`, the name as it is compared.
    Nominations of a boss that was merged into another are moved to that one; the boss stays, empty, so that it can be undone.

    Keeps: the name that students give their boss (`person`), two years after the contest; why: to honour that person.
    """

    __tablename__ = "boss"
    __table_args__ = (
        UniqueConstraint("campaign_id", "establishment_id"),
        Index(
            "uq_boss_described", "campaign_id", "name_key", "mrc_id", unique=True,
            sqlite_where=text("establishment_id IS NULL"), postgresql_where=text("establishment_id IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"), index=True)
    name: Mapped[str]
    name_key: Mapped[str]
    municipality: Mapped[str]
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"), index=True)
    sector: Mapped[str | None]
    person: Mapped[str]
    named_at: Mapped[dt.datetime]

    campaign: Mapped[Campaign] = relationship()
    establishment: Mapped[Establishment | None] = relationship()
    mrc: Mapped[Mrc] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.campaign.scope


class BossTally(Model):
    """How many nominations stand for a boss: neither withdrawn nor set aside. Kept in the same transaction as what changes it."""

    __tablename__ = "boss_tally"
    __table_args__ = (
        Index("ix_boss_tally_ranked", "campaign_id", "mrc_id", "count", "boss_id"),
        Index("ix_boss_tally_whole", "campaign_id", "count", "boss_id"),
    )

    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"))
    count: Mapped[int]


class Nomination(Model):
    """What one student says of one boss, in one contest.

    `named`, the boss as the student named it, for ever; `boss`, the one it counts for, which a merge changes. `nominator_key`: HMAC of the
    verified address or pass, keyed by the site and the contest. `receipt_digest`: SHA-256 of the code that lets the student withdraw or
    correct it. `answers`: words by prompt. `age_band`, one of `surveys.AGES`; `level`, one of `surveys.LEVELS`; `hours`, of work a week.
    `outcome`: that of the last reading, kept with it, so that a pile is found without reading a million readings.

    Keeps: first name, school and words, two years after the contest, or until withdrawn; why: to choose laureates, and to thank.
    """

    __tablename__ = "nomination"
    __table_args__ = (
        UniqueConstraint("boss_id", "nominator_key"),
        UniqueConstraint("named_id", "nominator_key"),
        CheckConstraint("way IN ('email', 'pass', 'paper')", name="way"),
        Index("ix_nomination_campaign_id_nominated_at", "campaign_id", "nominated_at"),
        Index("ix_nomination_piled", "campaign_id", "outcome", "nominated_at", "ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    named_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    nominator_key: Mapped[str]
    receipt_digest: Mapped[str] = mapped_column(unique=True)
    way: Mapped[str]
    first_name: Mapped[str]
    school: Mapped[str]
    school_body_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    level: Mapped[str]
    age_band: Mapped[str]
    hours: Mapped[int | None]
    is_intern: Mapped[bool]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str]
    nominated_at: Mapped[dt.datetime]
    nominated_by: Mapped[str]
    outcome: Mapped[str | None]

    campaign: Mapped[Campaign] = relationship()
    named: Mapped[Boss] = relationship(foreign_keys=[named_id])
    boss: Mapped[Boss] = relationship(foreign_keys=[boss_id])
    school_body: Mapped[Partner | None] = relationship()
    contact: Mapped[NominatorContact | None] = relationship(back_populates="nomination")
    trace: Mapped[NominationTrace | None] = relationship(back_populates="nomination")
    withdrawal: Mapped[NominationWithdrawal | None] = relationship(back_populates="nomination", lazy="joined")
    readings: Mapped[list[NominationReading]] = relationship(order_by="NominationReading.id", back_populates="nomination")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.campaign.scope

    @property
    def reading(self) -> NominationReading | None:
        """What was decided of its words last; None while it is held."""
        return self.readings[-1] if self.readings else None

    @property
    def is_approved(self) -> bool:
        """Whether it was read, stands, and may be judged."""
        return self.withdrawal is None and self.reading is not None and self.reading.outcome == ReadingOutcome.APPROVED


class NominatorContact(Model):
    """How the student is written to: an address that was verified, or nothing for a pass.

    Keeps: the address, 180 days after the contest's results; why: the receipt, the results, and what the student agreed to.
    """

    __tablename__ = "nominator_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), unique=True)
    email: Mapped[str]

    nomination: Mapped[Nomination] = relationship(back_populates="contact")


class NominationTrace(Model):
    """What lets staff see that several nominations may come of one hand: a digest of the network, keyed by the contest, and of the words.

    Keeps: 90 days after the contest; why: to show signs of stuffing, never to refuse by itself.
    """

    __tablename__ = "nomination_trace"
    __table_args__ = (Index("ix_nomination_trace_network", "campaign_id", "network_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    network_digest: Mapped[str]
    words_digest: Mapped[str]

    nomination: Mapped[Nomination] = relationship(back_populates="trace")


class NominationWithdrawal(Model):
    """The student took the nomination back; the words are erased then."""

    __tablename__ = "nomination_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), unique=True)
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by: Mapped[str]

    nomination: Mapped[Nomination] = relationship(back_populates="withdrawal")


class NominationReading(Model):
    """Someone read the words of a nomination and decided. Many; the last counts."""

    __tablename__ = "nomination_reading"
    __table_args__ = (
        UniqueConstraint("nomination_id", "number"),
        CheckConstraint("outcome IN ('approved', 'set_aside')", name="outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"))
    number: Mapped[int]
    outcome: Mapped[str]
    reason: Mapped[str]
    read_at: Mapped[dt.datetime]
    read_by: Mapped[str]

    nomination: Mapped[Nomination] = relationship(back_populates="readings")
