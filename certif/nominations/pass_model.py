"""The tables of school passes: codes on paper that each serve once, so that a student needs no address."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.campaigns import Campaign
from certif.kit import tokens
from certif.kit.db import Model
from certif.territory import Partner


class PassLot(Model):
    """Passes made together for one school, in one contest. `count`, how many."""

    __tablename__ = "pass_lot"
    __table_args__ = (Index("ix_pass_lot_campaign_id_made_at", "campaign_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    school: Mapped[str]
    school_body_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    count: Mapped[int]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]

    campaign: Mapped[Campaign] = relationship()
    school_body: Mapped[Partner | None] = relationship()


class NominationPass(Model):
    """A code that serves once. Only its digest is here, and when it served; to whom it was handed is known to nobody."""

    __tablename__ = "nomination_pass"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("pass_lot.id"), index=True)
    used_at: Mapped[dt.datetime | None]

    lot: Mapped[PassLot] = relationship()
