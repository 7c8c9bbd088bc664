"""The tables of what others say: testimonials of employers, what became of each, and the notes of the watch."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.employers import Employer
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.library.model import TOPICS, Topic
from certif.programs import Program


class TestimonialOutcome(StrEnum):
    """What staff decided of a testimonial."""

    PUBLISHED = "published"
    SET_ASIDE = "set_aside"


class Testimonial(Model):
    """What a certified employer says of its certification, in its own words, which nobody changes. Published only while it agrees.

    Keeps: the words of an organisation, until it takes them back, or two years after they were set aside; why: to let others hear of it.
    """

    __tablename__ = "testimonial"
    __table_args__ = (Index("ix_testimonial_program_id_offered_at", "program_id", "offered_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    language: Mapped[str]
    words: Mapped[str]
    offered_at: Mapped[dt.datetime]
    offered_by: Mapped[str]

    program: Mapped[Program] = relationship()
    employer: Mapped[Employer] = relationship()
    reading: Mapped[TestimonialReading | None] = relationship(back_populates="testimonial")
    withdrawal: Mapped[TestimonialWithdrawal | None] = relationship(back_populates="testimonial")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def offered_on(self) -> dt.date:
        """The day it was offered, in Québec."""
        return self.offered_at.astimezone(clock.TORONTO).date()


class TestimonialReading(Model):
    """Staff read a testimonial, and published it or set it aside; `reason`, why, for colleagues and the employer."""

    __tablename__ = "testimonial_reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    testimonial_id: Mapped[int] = mapped_column(ForeignKey("testimonial.id"), unique=True)
    outcome: Mapped[str]
    reason: Mapped[str]
    read_at: Mapped[dt.datetime]
    read_by: Mapped[str]

    testimonial: Mapped[Testimonial] = relationship(back_populates="reading")


class TestimonialWithdrawal(Model):
    """A testimonial was taken back, by its employer or by staff: its words are forgotten."""

    __tablename__ = "testimonial_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    testimonial_id: Mapped[int] = mapped_column(ForeignKey("testimonial.id"), unique=True)
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by: Mapped[str]

    testimonial: Mapped[Testimonial] = relationship(back_populates="withdrawal")


class WatchNote(Model):
    """Something seen elsewhere and worth knowing: a study, a law, an initiative. Of one program, or of all where `program` is None."""

    __tablename__ = "watch_note"
    __table_args__ = (Index("ix_watch_note_seen_at", "seen_at"), Index("ix_watch_note_program_id_seen_at", "program_id", "seen_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"))
    topic: Mapped[str]
    language: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    link: Mapped[str]
    is_public: Mapped[bool]
    seen_at: Mapped[dt.datetime]
    seen_by: Mapped[str]
    author: Mapped[str]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[str | None]

    program: Mapped[Program | None] = relationship()

    @property
    def scope(self) -> str | None:
        """The program whose staff follow it in the journal; None for a note of all."""
        return self.program.ref if self.program else None

    @property
    def seen_on(self) -> dt.date:
        """The day it was noted, in Québec."""
        return self.seen_at.astimezone(clock.TORONTO).date()

    @property
    def topic_label(self) -> object:
        """The topic in words (lazy)."""
        return TOPICS[Topic(self.topic)]
