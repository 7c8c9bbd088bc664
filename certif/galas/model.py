"""The tables of galas: an evening, the contests whose laureates it honours, and when the result is told."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.campaigns import Campaign
from certif.kit import tokens
from certif.kit.db import Model
from certif.programs import Program


class Gala(Model):
    """An evening at which laureates are honoured: its own, or that of a chamber of commerce or a youth employment centre.

    `organiser`, the body that holds it; `starts_at`, the hour on a clock in Québec, such as `18:30`.
    """

    __tablename__ = "gala"
    __table_args__ = (Index("ix_gala_program_id_held_on", "program_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name_fr: Mapped[str]
    name_en: Mapped[str]
    organiser: Mapped[str]
    held_on: Mapped[dt.date]
    starts_at: Mapped[str]
    place: Mapped[str]
    address: Mapped[str]
    planned_at: Mapped[dt.datetime]
    planned_by: Mapped[str]

    program: Mapped[Program] = relationship()
    lift: Mapped[EmbargoLift | None] = relationship(back_populates="gala", lazy="selectin")  # a join could not be locked

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def is_under_embargo(self) -> bool:
        """Whether its laureates are still told to those who prepare it only."""
        return self.lift is None


class GalaCampaign(Model):
    """A gala honours the laureates of this contest."""

    __tablename__ = "gala_campaign"
    __table_args__ = (UniqueConstraint("gala_id", "campaign_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]

    gala: Mapped[Gala] = relationship()
    campaign: Mapped[Campaign] = relationship()


class EmbargoLift(Model):
    """The organiser lifted the embargo: anyone may know the laureates from now on."""

    __tablename__ = "embargo_lift"

    id: Mapped[int] = mapped_column(primary_key=True)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"), unique=True)
    lifted_at: Mapped[dt.datetime]
    lifted_by: Mapped[str]

    gala: Mapped[Gala] = relationship(back_populates="lift")
