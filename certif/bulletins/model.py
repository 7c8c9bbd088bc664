"""The tables of bulletins: what is composed, block by block; that it was published; and who asked to receive them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.campaigns import Campaign
from certif.employers import Employer
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.kit.languages import _l, language
from certif.library import Testimonial, Tool
from certif.mailings import Mailing
from certif.programs import Program, Text


class BlockKind(StrEnum):
    """What a block of a bulletin shows."""

    TEXT = "text"
    TOOL = "tool"
    STORY = "story"
    TESTIMONIAL = "testimonial"
    LAUREATES = "laureates"
    DATE = "date"

    @property
    def label(self) -> object:
        """The kind in words (lazy)."""
        return BLOCK_KINDS[self]


BLOCK_KINDS = {
    BlockKind.TEXT: _l("Texte"),
    BlockKind.TOOL: _l("Outil de la bibliothèque"),
    BlockKind.STORY: _l("Histoire d’un employeur certifié"),
    BlockKind.TESTIMONIAL: _l("Témoignage d’un employeur certifié"),
    BlockKind.LAUREATES: _l("Lauréates et lauréats"),
    BlockKind.DATE: _l("Date à retenir"),
}


class StopReason(StrEnum):
    """Why nothing more is sent to an address."""

    UNSUBSCRIBED = "unsubscribed"
    REFUSED = "refused"


class Bulletin(Model):
    """A bulletin of a program, in French and, where there is any, in English. `mailing`, the one that takes it to those who asked for it:
    the last one drafted; one that was agreed to is never replaced."""

    __tablename__ = "bulletin"
    __table_args__ = (Index("ix_bulletin_program_id_drafted_at", "program_id", "drafted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailing.id"), unique=True)
    title_fr: Mapped[str]
    title_en: Mapped[str]
    lead_fr: Mapped[str]
    lead_en: Mapped[str]
    drafted_at: Mapped[dt.datetime]
    drafted_by: Mapped[str]
    drafter: Mapped[str]

    program: Mapped[Program] = relationship()
    mailing: Mapped[Mailing | None] = relationship()
    blocks: Mapped[list[BulletinBlock]] = relationship(order_by="BulletinBlock.position, BulletinBlock.id", back_populates="bulletin")
    publication: Mapped[BulletinPublication | None] = relationship(back_populates="bulletin")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def title(self) -> Text:
        """What it is called."""
        return Text(self.title_fr, self.title_en)

    @property
    def lead(self) -> Text:
        """Its first words."""
        return Text(self.lead_fr, self.lead_en)

    @property
    def is_in_french_only(self) -> bool:
        """Whether it is asked for in English, and its title exists in French alone."""
        return language() == "en" and not self.title_en


class BulletinBlock(Model):
    """One block of a bulletin, at its place: words of its own, and what it points at, according to its kind."""

    __tablename__ = "bulletin_block"
    __table_args__ = (
        Index("ix_bulletin_block_bulletin_id_position", "bulletin_id", "position"),
        CheckConstraint("(kind = 'tool') = (tool_id IS NOT NULL)", name="tool"),
        CheckConstraint("(kind = 'story') = (employer_id IS NOT NULL)", name="story"),
        CheckConstraint("(kind = 'testimonial') = (testimonial_id IS NOT NULL)", name="testimonial"),
        CheckConstraint("(kind = 'laureates') = (campaign_id IS NOT NULL)", name="laureates"),
        CheckConstraint("(kind = 'date') = (held_on IS NOT NULL)", name="date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"))
    position: Mapped[int]
    kind: Mapped[str]
    title_fr: Mapped[str]
    title_en: Mapped[str]
    body_fr: Mapped[str]
    body_en: Mapped[str]
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)
    testimonial_id: Mapped[int | None] = mapped_column(ForeignKey("testimonial.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    held_on: Mapped[dt.date | None]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]

    bulletin: Mapped[Bulletin] = relationship(back_populates="blocks")
    tool: Mapped[Tool | None] = relationship()
    employer: Mapped[Employer | None] = relationship()
    testimonial: Mapped[Testimonial | None] = relationship()
    campaign: Mapped[Campaign | None] = relationship()

    @property
    def kind_label(self) -> object:
        """What it shows, in words."""
        return BlockKind(self.kind).label

    @property
    def name(self) -> object:
        """What it is called in a list of blocks."""
        told = self.employer or (self.testimonial.employer if self.testimonial else None)
        return self.title_fr or (self.tool.title if self.tool else told.name if told else self.kind_label)


class BulletinPublication(Model):
    """A bulletin was published: it leaves by letter, and stands in the public archive until it is withdrawn from there."""

    __tablename__ = "bulletin_publication"
    __table_args__ = (
        Index("ix_bulletin_publication_published_at", "published_at"),
        Index("ix_bulletin_publication_program_id_published_at", "program_id", "published_at"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id"), unique=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    published_at: Mapped[dt.datetime]
    published_by: Mapped[str]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_why: Mapped[str | None]

    bulletin: Mapped[Bulletin] = relationship(back_populates="publication")

    @property
    def published_on(self) -> dt.date:
        """The day it was published, in Québec."""
        return self.published_at.astimezone(clock.TORONTO).date()


class BulletinSubscriber(Model):
    """An address that asked for the bulletins of a program. It receives them once it is confirmed, and until it is stopped.

    Keeps: the address, until the person unsubscribes or it refuses letters; seven days when it is never confirmed; then a digest alone.
    Why: to send what was asked for, and to know an address that said stop.
    """

    __tablename__ = "bulletin_subscriber"
    __table_args__ = (
        UniqueConstraint("program_id", "address_digest"),
        Index("ix_bulletin_subscriber_address_digest", "address_digest"),
        Index("ix_bulletin_subscriber_asked_at", "asked_at"),
        CheckConstraint("(stopped_at IS NULL) = (stopped_why IS NULL)", name="stopped"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    address_digest: Mapped[str]
    email: Mapped[str | None]
    language: Mapped[str]
    text_version: Mapped[int]
    asked_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    stopped_at: Mapped[dt.datetime | None]
    stopped_why: Mapped[str | None]

    program: Mapped[Program] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def is_active(self) -> bool:
        """Whether bulletins are sent to it."""
        return self.email is not None and self.confirmed_at is not None and self.stopped_at is None
