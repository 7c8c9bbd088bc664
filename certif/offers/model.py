"""The tables of job offers: what a certified employer offers young people, how it ended, what was reported of it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.employers import Employer, Establishment
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.law import StudentGroup
from certif.programs import Program, Text
from certif.territory import Mrc


class Season(StrEnum):
    """When the work is done: while school is on, or in long breaks alone, where the limits of hours do not hold."""

    SCHOOL = "school"
    BREAK = "break"

    @property
    def label(self) -> object:
        """The season in words (lazy)."""
        return SEASONS[self]


SEASONS = {
    Season.SCHOOL: _l("Pendant l’année scolaire"),
    Season.BREAK: _l("Seulement pendant un long congé : été, Fêtes, relâche"),
}


class EndKind(StrEnum):
    """How an offer ended before its last day."""

    CLOSED = "closed"
    REMOVED = "removed"


class ReportReason(StrEnum):
    """What a reader finds wrong with an offer."""

    HOURS = "hours"
    AGE = "age"
    UNFAIR = "unfair"
    FALSE = "false"
    OTHER = "other"

    @property
    def label(self) -> object:
        """The reason in words (lazy)."""
        return REPORT_REASONS[self]


REPORT_REASONS = {
    ReportReason.HOURS: _l("Les heures dépassent ce qui est promis"),
    ReportReason.AGE: _l("L’âge ou les tâches ne conviennent pas à des jeunes"),
    ReportReason.UNFAIR: _l("L’offre écarte des personnes sans raison"),
    ReportReason.FALSE: _l("L’emploi n’existe pas, ou n’est pas celui-là"),
    ReportReason.OTHER: _l("Autre chose"),
}


class JobOffer(Model):
    """A job that an employer certified by a program offers to young people, at one of its places of work. Nothing is kept of who applies.

    `published_at` is empty while staff have not read it, where the program asks that they do. `mrc_id` and `sector` are those of the day
    it was last written, so that an index alone gives a page of the list. `latest_finish`: before 6 h means after midnight.
    Keeps: the address or telephone that the employer publishes, until a year after the last day; why: so that young people can reach it.
    """

    __tablename__ = "job_offer"
    __table_args__ = (
        Index("ix_job_offer_published", "published_at", "ref"),
        Index("ix_job_offer_mrc_published", "mrc_id", "published_at", "ref"),
        Index("ix_job_offer_sector_published", "sector", "published_at", "ref"),
        Index("ix_job_offer_mrc_sector_published", "mrc_id", "sector", "published_at", "ref"),
        Index("ix_job_offer_employer_id_posted_at", "employer_id", "posted_at"),
        Index("ix_job_offer_program_id_posted_at", "program_id", "posted_at"),
        Index("ix_job_offer_until_on", "until_on"),
        CheckConstraint("week_hours > 0 AND monday_friday_hours >= 0 AND monday_friday_hours <= week_hours", name="hours"),
        CheckConstraint("least_age >= 14", name="age"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"))
    sector: Mapped[str]
    title_fr: Mapped[str]
    title_en: Mapped[str]
    tasks_fr: Mapped[str]
    tasks_en: Mapped[str]
    group: Mapped[str] = mapped_column("student_group")
    season: Mapped[str]
    week_hours: Mapped[int]
    monday_friday_hours: Mapped[int]
    monday_thursday_hours: Mapped[int | None]
    latest_finish: Mapped[dt.time]
    least_age: Mapped[int]
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]
    apply_email: Mapped[str]
    apply_phone: Mapped[str]
    apply_url: Mapped[str]
    until_on: Mapped[dt.date]
    posted_at: Mapped[dt.datetime]
    posted_by: Mapped[str]
    published_at: Mapped[dt.datetime | None]
    published_by: Mapped[str | None]
    edited_at: Mapped[dt.datetime | None]
    edited_by: Mapped[str | None]

    program: Mapped[Program] = relationship()
    employer: Mapped[Employer] = relationship()
    establishment: Mapped[Establishment] = relationship()
    mrc: Mapped[Mrc] = relationship()
    end: Mapped[OfferEnd | None] = relationship(back_populates="offer")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def title(self) -> Text:
        """What the job is."""
        return Text(self.title_fr, self.title_en)

    @property
    def tasks(self) -> Text:
        """What is done there."""
        return Text(self.tasks_fr, self.tasks_en)

    @property
    def group_label(self) -> object:
        """Whom it is for, in words."""
        return StudentGroup(self.group).label

    @property
    def season_label(self) -> object:
        """When the work is done, in words."""
        return Season(self.season).label


class OfferEnd(Model):
    """An offer is shown no longer: closed by its employer, or removed by staff, with a reason."""

    __tablename__ = "offer_end"

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("job_offer.id"), unique=True)
    kind: Mapped[str]
    reason: Mapped[str]
    ended_at: Mapped[dt.datetime]
    ended_by: Mapped[str]

    offer: Mapped[JobOffer] = relationship(back_populates="end")


class OfferReport(Model):
    """Somebody says that an offer is not as it should be. Nothing is noted of who says so; staff settle it.

    Keeps: what was typed, until ninety days after it is settled, a year when nobody settles it; why: to look into it.
    """

    __tablename__ = "offer_report"
    __table_args__ = (
        Index("ix_offer_report_program_id_reported_at", "program_id", "reported_at"),
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    offer_id: Mapped[int] = mapped_column(ForeignKey("job_offer.id"), index=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    reason: Mapped[str]
    words: Mapped[str]
    reported_at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[str | None]

    offer: Mapped[JobOffer] = relationship()
    program: Mapped[Program] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def reason_label(self) -> object:
        """What was found wrong, in words."""
        return ReportReason(self.reason).label


class OfferReading(Model):
    """The team of a program reads offers before they are published: from when, and until when. The last one counts."""

    __tablename__ = "offer_reading"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    since_at: Mapped[dt.datetime]
    since_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str | None]


class OfferReminder(Model):
    """The employer was told, once, that the last day of an offer is near."""

    __tablename__ = "offer_reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("job_offer.id"), unique=True)
    reminded_at: Mapped[dt.datetime]
