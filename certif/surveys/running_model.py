"""How a survey is run: what it follows and when schools are reminded, how many answers are aimed at, and the letters to schools."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.surveys.model import Survey
from certif.territory import Partner


class SchoolLetterKind(StrEnum):
    """What a school is written to about, each once: the code; half of the days are over; three days are left."""

    INVITATION = "invitation"
    HALFWAY = "halfway"
    LAST_DAYS = "last_days"


class SurveyPlan(Model):
    """What staff decided of how a survey is run.

    `follows`, the survey it asks again, where it is a wave; `remind_under`, the share of the expected answers, in percent, under which a
    school is reminded: 0 for never.
    """

    __tablename__ = "survey_plan"
    __table_args__ = (
        CheckConstraint("remind_under BETWEEN 0 AND 100", name="remind_under"),
        CheckConstraint("follows_id <> survey_id", name="follows"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), unique=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"), index=True)
    remind_under: Mapped[int]

    survey: Mapped[Survey] = relationship(foreign_keys=[survey_id])
    follows: Mapped[Survey | None] = relationship(foreign_keys=[follows_id])


class SurveyQuota(Model):
    """How many answers are aimed at, for a level (empty: all) and a school body (None: all). Reached or not, nobody is turned away."""

    __tablename__ = "survey_quota"
    __table_args__ = (UniqueConstraint("survey_id", "cell"), CheckConstraint("target > 0", name="target"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    cell: Mapped[str]
    level: Mapped[str]
    school_body_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    target: Mapped[int]
    aimed_at: Mapped[dt.datetime]
    aimed_by: Mapped[str]

    survey: Mapped[Survey] = relationship()
    school_body: Mapped[Partner | None] = relationship()


class SchoolLetter(Model):
    """A letter to the contact of a school about one survey, each kind once. Only the digest of its link's token is here.

    Keeps: the address, until a year after the survey's last day; why: to show its own figures, and never to write the same twice.
    """

    __tablename__ = "school_letter"
    __table_args__ = (
        UniqueConstraint("survey_id", "email", "kind"),
        CheckConstraint("kind IN ('invitation', 'halfway', 'last_days')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    email: Mapped[str]
    kind: Mapped[str]
    language: Mapped[str]
    token_digest: Mapped[str] = mapped_column(unique=True)
    written_at: Mapped[dt.datetime]
    written_by: Mapped[str]

    survey: Mapped[Survey] = relationship()


class SchoolLetterStop(Model):
    """The contact of a school said stop: no more reminders of surveys to this address.

    Keeps: a digest of the address, for as long as the site runs; why: a stop that is forgotten is none.
    """

    __tablename__ = "school_letter_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_digest: Mapped[str] = mapped_column(unique=True)
    stopped_at: Mapped[dt.datetime]
