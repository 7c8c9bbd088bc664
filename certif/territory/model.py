"""The tables of territory: regions, MRC, the partners who serve them, and the school calendars.

Borders move, so every link carries its days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint, and_, or_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import language

_MARKS = "confidence IN ('A', 'B', 'C', 'U')"


class PartnerKind(StrEnum):
    """What kind of body a partner is."""

    IRC = "IRC"
    SCHOOL_BODY = "SCHOOL_BODY"
    CJE = "CJE"
    CHAMBER = "CHAMBER"


class Regime(StrEnum):
    """Which privacy act a body answers to: that of public bodies, or that of enterprises, where the CAI generally places non-profits."""

    PUBLIC = "A-2.1"
    PRIVATE = "P-39.1"


class Region(Model):
    """One of the 17 administrative regions. Source: ISQ, tableau 6_2 (2018)."""

    __tablename__ = "region"
    __table_args__ = (CheckConstraint(_MARKS, name="confidence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]

    @property
    def ref(self) -> str:
        """The public name of the row: the two-digit code."""
        return self.code


class Mrc(Model):
    """A regional county municipality, or a territory equivalent to one (`kind` MRC or TE). Its region is a dated link."""

    __tablename__ = "mrc"
    __table_args__ = (CheckConstraint(_MARKS, name="confidence"), CheckConstraint("kind IN ('MRC', 'TE')", name="kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    isq_code: Mapped[str | None] = mapped_column(unique=True)
    source: Mapped[str]
    confidence: Mapped[str]

    @property
    def ref(self) -> str:
        """The public name of the row: its slug."""
        return self.slug


class MrcRegion(Model):
    """An MRC belongs to a region, from a day (the first) until a day (no longer). None: always, as far as is known."""

    __tablename__ = "mrc_region"
    __table_args__ = (CheckConstraint(_MARKS, name="confidence"), CheckConstraint("until_on > from_on", name="order"))

    id: Mapped[int] = mapped_column(primary_key=True)
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"), index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    from_on: Mapped[dt.date | None]
    until_on: Mapped[dt.date | None]
    source: Mapped[str]
    confidence: Mapped[str]

    mrc: Mapped[Mrc] = relationship()
    region: Mapped[Region] = relationship()


class Partner(Model):
    """A body that carries the work in a territory: regional body, school body, youth employment centre, or chamber of commerce."""

    __tablename__ = "partner"
    __table_args__ = (
        UniqueConstraint("kind", "name"),
        CheckConstraint(_MARKS, name="confidence"),
        CheckConstraint("kind IN ('IRC', 'SCHOOL_BODY', 'CJE', 'CHAMBER')", name="kind"),
        CheckConstraint("regime IN ('A-2.1', 'P-39.1')", name="regime"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    kind: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    meq_code: Mapped[str | None] = mapped_column(unique=True)
    regime: Mapped[str]
    language: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]


class PartnerTerritory(Model):
    """A partner serves a region or an MRC (one of the two), from a day until a day. None: always, as far as is known."""

    __tablename__ = "partner_territory"
    __table_args__ = (
        CheckConstraint(_MARKS, name="confidence"),
        CheckConstraint("(region_id IS NULL) <> (mrc_id IS NULL)", name="one_place"),
        CheckConstraint("until_on > from_on", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"), index=True)
    from_on: Mapped[dt.date | None]
    until_on: Mapped[dt.date | None]
    source: Mapped[str]
    confidence: Mapped[str]

    partner: Mapped[Partner] = relationship()
    region: Mapped[Region | None] = relationship()
    mrc: Mapped[Mrc | None] = relationship()


class SchoolCalendar(Model):
    """The first and last day of classes of a school body in one school year, such as `2026-2027`.

    `source`, where they are written; `confidence`: A, seen in its calendar; B, told by it; C, derived from another year; U, to be
    confirmed. None of both: entered before they were asked for.
    """

    __tablename__ = "school_calendar"
    __table_args__ = (UniqueConstraint("partner_id", "school_year"), CheckConstraint("last_day > first_day", name="order"))

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"))
    school_year: Mapped[str]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    source: Mapped[str | None]
    confidence: Mapped[str | None]

    partner: Mapped[Partner] = relationship()
    breaks: Mapped[list[NoServicePeriod]] = relationship(order_by="NoServicePeriod.first_day", cascade="all, delete-orphan")


class NoServicePeriod(Model):
    """Days without classes inside a school year, both ends included. Breaks of more than seven days change what the law allows."""

    __tablename__ = "no_service_period"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("school_calendar.id"), index=True)
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    label: Mapped[str]

    @property
    def days(self) -> int:
        """How many days in a row."""
        return (self.last_day - self.first_day).days + 1


class ReferenceData(Model):
    """Which version of the data files was loaded last, so that a start with nothing new costs one query."""

    __tablename__ = "reference_data"

    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]


@dataclass(frozen=True)
class Sector:
    """One of the 20 sectors of SCIAN 2022 (NAICS Canada). Source: Statistics Canada."""

    code: str
    name_fr: str
    name_en: str
    source: str
    confidence: str

    @property
    def name(self) -> str:
        """The title in the language of the page."""
        return self.name_en if language() == "en" else self.name_fr


def in_force(link: type[MrcRegion] | type[PartnerTerritory], on: dt.date) -> ColumnElement[bool]:
    """Give the condition that a dated link counts on a day: it has begun, and has not ended before or on that day."""
    begins: InstrumentedAttribute[dt.date | None] = link.from_on
    ends: InstrumentedAttribute[dt.date | None] = link.until_on
    return and_(or_(begins.is_(None), begins <= on), or_(ends.is_(None), ends > on))
