"""The tables of an evening: who organises it, under which awards laureates are honoured, and what follows what on stage."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.galas.model import Gala
from certif.kit import tokens
from certif.kit.db import Model
from certif.selections import Laureate


class MomentKind(StrEnum):
    """What a moment of the evening is."""

    AWARD = "award"
    SPEECH = "speech"
    MEAL = "meal"
    MUSIC = "music"
    BREAK = "break"
    OTHER = "other"


class GalaCancellation(Model):
    """The evening will not be held, and why. What was prepared stays, to be read."""

    __tablename__ = "gala_cancellation"

    id: Mapped[int] = mapped_column(primary_key=True)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"), unique=True)
    reason: Mapped[str]
    cancelled_at: Mapped[dt.datetime]
    cancelled_by: Mapped[str]


class GalaAnnouncement(Model):
    """The date and the place may be read by anyone. Who is honoured stays under embargo until it is lifted."""

    __tablename__ = "gala_announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"), unique=True)
    announced_at: Mapped[dt.datetime]
    announced_by: Mapped[str]


class GalaOrganiser(Model):
    """Someone of the body that holds a gala prepares it, from `invited_at` to `ended_at`; known by the address they sign in with.

    Keeps: name and address, as long as the gala is kept; why: to know who prepared it, and who may read the names under embargo.
    """

    __tablename__ = "gala_organiser"
    __table_args__ = (
        Index(
            "uq_gala_organiser_standing", "gala_id", "email", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_gala_organiser_email", "email"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"))
    email: Mapped[str]
    name: Mapped[str]
    invited_at: Mapped[dt.datetime]
    invited_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str | None]

    gala: Mapped[Gala] = relationship()


class GalaAward(Model):
    """An award of the evening's own, in which laureates of contests are placed. `sponsor`, who lends its name, or empty."""

    __tablename__ = "gala_award"
    __table_args__ = (UniqueConstraint("gala_id", "name_fr"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"))
    name_fr: Mapped[str]
    name_en: Mapped[str]
    sponsor: Mapped[str]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]

    gala: Mapped[Gala] = relationship()


class AwardPlacing(Model):
    """A laureate receives this award at this gala: one, whatever was decided before."""

    __tablename__ = "award_placing"
    __table_args__ = (UniqueConstraint("gala_id", "laureate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"))
    laureate_id: Mapped[int] = mapped_column(ForeignKey("laureate.id"), index=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("gala_award.id"), index=True)
    placed_at: Mapped[dt.datetime]
    placed_by: Mapped[str]


class EveningMoment(Model):
    """One moment of the evening. `position` orders them; `seconds`, how long it lasts; `laureate`, who is honoured in it, once an evening.

    `presenter`, `music`, `notes`: for those on stage and behind it.
    """

    __tablename__ = "evening_moment"
    __table_args__ = (
        CheckConstraint("kind IN ('award', 'speech', 'meal', 'music', 'break', 'other')", name="kind"),
        CheckConstraint("seconds > 0", name="seconds"),
        UniqueConstraint("gala_id", "laureate_id"),
        Index("ix_evening_moment_gala_id_position", "gala_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"))
    laureate_id: Mapped[int | None] = mapped_column(ForeignKey("laureate.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    position: Mapped[int]
    seconds: Mapped[int]
    presenter: Mapped[str]
    music: Mapped[str]
    notes: Mapped[str]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]

    gala: Mapped[Gala] = relationship()
    laureate: Mapped[Laureate | None] = relationship()
