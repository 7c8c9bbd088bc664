"""The tables of the desk: what staff find and do around nominations, and what is kept so that their lists need not count.

What was struck is a number of words, never which. A boss that was merged stays, and so does what was done: an undoing is a row of its own.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.imports import Prospect
from certif.kit.db import Model
from certif.nominations.model import Boss, Nomination


class CheckWay(StrEnum):
    """How somebody looked at whether an employer may be kept."""

    DESK = "desk"
    PHONE = "phone"
    VISIT = "visit"


class Thanks(StrEnum):
    """What a boss is thanked for: having been named, and, after the results, having been named though others were chosen."""

    NAMED = "named"
    RESULTS = "results"


class Carrier(StrEnum):
    """How thanks go: a letter to the contact of the register, or a card that somebody hands over."""

    LETTER = "letter"
    CARD = "card"


class SignKind(StrEnum):
    """Why several nominations of one boss may come of one hand."""

    NETWORK = "network"
    SENTENCE = "sentence"
    BURST = "burst"
    PASSES = "passes"
    DOMAIN = "domain"


class NominationStrike(Model):
    """Words of a nomination were struck out: how many, of what kind, when and by whom; never which."""

    __tablename__ = "nomination_strike"
    __table_args__ = (
        CheckConstraint("kind IN ('name', 'insult', 'marks', 'health', 'other')", name="kind"),
        CheckConstraint("count > 0", name="count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), index=True)
    kind: Mapped[str]
    count: Mapped[int]
    struck_at: Mapped[dt.datetime]
    struck_by: Mapped[str]


class BossMerge(Model):
    """Two bosses are one: the nominations of `merged` count for `kept`. Many for one boss, by number; the last counts, unless undone."""

    __tablename__ = "boss_merge"
    __table_args__ = (UniqueConstraint("merged_id", "number"), CheckConstraint("merged_id <> kept_id", name="two"))

    id: Mapped[int] = mapped_column(primary_key=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    kept_id: Mapped[int] = mapped_column(ForeignKey("boss.id"), index=True)
    number: Mapped[int]
    merged_at: Mapped[dt.datetime]
    merged_by: Mapped[str]

    merged: Mapped[Boss] = relationship(foreign_keys=[merged_id])
    kept: Mapped[Boss] = relationship(foreign_keys=[kept_id])
    undoing: Mapped[BossMergeUndoing | None] = relationship(back_populates="merge", lazy="joined")


class BossMergeUndoing(Model):
    """They were two after all, and why."""

    __tablename__ = "boss_merge_undoing"

    id: Mapped[int] = mapped_column(primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("boss_merge.id"), unique=True)
    reason: Mapped[str]
    undone_at: Mapped[dt.datetime]
    undone_by: Mapped[str]

    merge: Mapped[BossMerge] = relationship(back_populates="undoing")


class BossKey(Model):
    """A key under which a boss is compared with the others that have it: a word of its name in its MRC, its person in its municipality."""

    __tablename__ = "boss_key"
    __table_args__ = (Index("ix_boss_key_shared", "campaign_id", "key"),)

    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))


class BossTwin(Model):
    """Two bosses that may be one, how likely out of 100, and why (`reasons`, names of `boss_likeness.REASONS`). Found by a job."""

    __tablename__ = "boss_twin"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="order"),
        Index("ix_boss_twin_likely", "campaign_id", "score", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    one_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("boss.id"), index=True)
    score: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSON)

    one: Mapped[Boss] = relationship(foreign_keys=[one_id])
    other: Mapped[Boss] = relationship(foreign_keys=[other_id])


class BossApart(Model):
    """Somebody looked, and two bosses that look alike are two."""

    __tablename__ = "boss_apart"
    __table_args__ = (UniqueConstraint("one_id", "other_id"), CheckConstraint("one_id < other_id", name="order"))

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("boss.id"), index=True)
    said_at: Mapped[dt.datetime]
    said_by: Mapped[str]


class BossSign(Model):
    """A boss shows a sign of stuffing, and how many nominations show it at most together. Kept by a job; the page counts anew."""

    __tablename__ = "boss_sign"
    __table_args__ = (Index("ix_boss_sign_ranked", "campaign_id", "count", "boss_id"),)

    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    count: Mapped[int]


class SignWatch(Model):
    """Until when the nominations of a contest were looked at for signs of stuffing."""

    __tablename__ = "sign_watch"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    watched_until: Mapped[dt.datetime]


class BossCheck(Model):
    """One reviewer says whether an employer may be kept, how it looked, and why. Said again, it replaces what was said."""

    __tablename__ = "boss_check"
    __table_args__ = (UniqueConstraint("boss_id", "checked_by"), CheckConstraint("way IN ('desk', 'phone', 'visit')", name="way"))

    id: Mapped[int] = mapped_column(primary_key=True)
    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    is_fit: Mapped[bool]
    way: Mapped[str]
    reason: Mapped[str]
    checked_at: Mapped[dt.datetime]
    checked_by: Mapped[str]
    checker: Mapped[str]

    boss: Mapped[Boss] = relationship()


class BossRuling(Model):
    """Reviewers did not agree: a manager decides, and why. Many; the last counts, whatever the checks say."""

    __tablename__ = "boss_ruling"
    __table_args__ = (UniqueConstraint("boss_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    number: Mapped[int]
    is_fit: Mapped[bool]
    reason: Mapped[str]
    ruled_at: Mapped[dt.datetime]
    ruled_by: Mapped[str]
    ruler: Mapped[str]

    boss: Mapped[Boss] = relationship()


class BossLead(Model):
    """A boss that is not certified became a prospect. `nomination`: whose words it tells, while that student agrees to it."""

    __tablename__ = "boss_lead"

    id: Mapped[int] = mapped_column(primary_key=True)
    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"), unique=True)
    prospect_id: Mapped[int] = mapped_column(ForeignKey("prospect.id"), index=True)
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nomination.id"), index=True)
    led_at: Mapped[dt.datetime]
    led_by: Mapped[str]

    boss: Mapped[Boss] = relationship()
    prospect: Mapped[Prospect] = relationship()
    nomination: Mapped[Nomination | None] = relationship()


class BossThanks(Model):
    """A boss is thanked, once for each reason: by a letter, or by a card that waits to be handed over."""

    __tablename__ = "boss_thanks"
    __table_args__ = (
        UniqueConstraint("boss_id", "kind"),
        CheckConstraint("kind IN ('named', 'results')", name="kind"),
        CheckConstraint("carrier IN ('letter', 'card')", name="carrier"),
        Index("ix_boss_thanks_campaign_id_id", "campaign_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    boss_id: Mapped[int] = mapped_column(ForeignKey("boss.id"))
    kind: Mapped[str]
    carrier: Mapped[str]
    thanked_at: Mapped[dt.datetime]
    thanked_by: Mapped[str]

    boss: Mapped[Boss] = relationship()
    handover: Mapped[ThanksHandover | None] = relationship(back_populates="thanks", lazy="joined")


class ThanksHandover(Model):
    """A card was printed and handed over, or posted."""

    __tablename__ = "thanks_handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    thanks_id: Mapped[int] = mapped_column(ForeignKey("boss_thanks.id"), unique=True)
    handed_over_at: Mapped[dt.datetime]
    handed_over_by: Mapped[str]

    thanks: Mapped[BossThanks] = relationship(back_populates="handover")


def pair_of(one: Boss, other: Boss) -> dict[str, Any]:
    """Give two bosses as a row of two knows them: the older first."""
    low, high = sorted((one.id, other.id))
    return {"one_id": low, "other_id": high}
