"""The tables of nominating: what waits for a code, how many bosses a student has named, what was corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.campaigns import Campaign
from certif.kit import tokens
from certif.kit.db import Model


class NominationDraft(Model):
    """What a student typed, until whoever reads the address shows it: a student by six digits, the parent of a child by a link.

    `content_digest` makes the same page, sent twice, one draft and one letter; `code_digest`, of the digits or of the link.
    Keeps: all that was typed, and the address, a day at most; why: so that nothing is lost while a letter travels.
    """

    __tablename__ = "nomination_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    content_digest: Mapped[str] = mapped_column(unique=True)
    code_digest: Mapped[str] = mapped_column(index=True)
    email: Mapped[str]
    is_for_parent: Mapped[bool]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    network_digest: Mapped[str]
    language: Mapped[str]
    kept_at: Mapped[dt.datetime] = mapped_column(index=True)
    sent_at: Mapped[dt.datetime]

    campaign: Mapped[Campaign] = relationship()


class NominatorTally(Model):
    """How many bosses one student has named in a contest: the row that many tabs wait for. Keeps: a key that says nobody, 90 days after."""

    __tablename__ = "nominator_tally"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    nominator_key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class NamedPerson(Model):
    """The name that a student gives the boss, where it is not the one the boss already has. Keeps: that name, as long as the nomination."""

    __tablename__ = "named_person"

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), primary_key=True)
    person: Mapped[str]


class NominationCorrection(Model):
    """The words of a nomination were changed by who wrote them: they are held again until they are read. What they were is not kept."""

    __tablename__ = "nomination_correction"
    __table_args__ = (UniqueConstraint("nomination_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"))
    number: Mapped[int]
    corrected_at: Mapped[dt.datetime]
    corrected_by: Mapped[str]
