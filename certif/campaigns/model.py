"""The tables of contests: what a region decides of one, and how it was ended before its last day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.campaigns.reading import read_definition
from certif.campaigns.values import Definition
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.programs import Program


class Campaign(Model):
    """One edition of a contest of a program. A draft until it is published; immutable ever after.

    `definition` is what `campaigns.reading` reads and writes; the two days and the titles stand beside it, written once, so that lists and
    the door need not read it. `year`, that of the last day. `model`, the model file it started from.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="published"),
        CheckConstraint("closes_on >= opens_on", name="order"),
        Index("ix_campaign_program_id_closes_on", "program_id", "closes_on"),
        Index("ix_campaign_closes_on", "closes_on"),
        Index("ix_campaign_drafted_at", "drafted_at", "ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    model: Mapped[str | None]
    title_fr: Mapped[str]
    title_en: Mapped[str]
    year: Mapped[int]
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date]
    definition_json: Mapped[dict[str, Any]] = mapped_column("definition", JSON)
    drafted_at: Mapped[dt.datetime]
    drafted_by: Mapped[str]
    published_at: Mapped[dt.datetime | None]
    published_by: Mapped[str | None]

    program: Mapped[Program] = relationship()
    ending: Mapped[CampaignEnding | None] = relationship(back_populates="campaign", lazy="joined")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def definition(self) -> Definition:
        """All that was decided."""
        return read_definition(self.definition_json)

    @property
    def is_published(self) -> bool:
        """Whether it can no longer change."""
        return self.published_at is not None

    @property
    def is_open(self) -> bool:
        """Whether one may nominate today."""
        return self.is_published and self.ending is None and self.opens_on <= clock.today() <= self.closes_on

    @property
    def is_over(self) -> bool:
        """Whether nobody nominates any more."""
        return self.is_published and (self.ending is not None or clock.today() > self.closes_on)


class CampaignEnding(Model):
    """Nominations were ended before the last day, and why."""

    __tablename__ = "campaign_ending"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), unique=True)
    reason: Mapped[str]
    ended_at: Mapped[dt.datetime]
    ended_by: Mapped[str]

    campaign: Mapped[Campaign] = relationship(back_populates="ending")
