"""The tables of beats: times of the year at which everyone speaks of perseverance, their dates year by year, and what each is told with."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program, Text


class PieceKind(StrEnum):
    """What a piece of a campaign pack is."""

    POST = "post"
    POSTER = "poster"
    LETTER = "letter"


PIECE_KINDS = {PieceKind.POST: _l("Publication"), PieceKind.POSTER: _l("Affiche"), PieceKind.LETTER: _l("Lettre")}


class Beat(Model):
    """A time of the year. `month`, in which it usually begins; `season`, the same in words. Its dates follow no rule: they are rows."""

    __tablename__ = "beat"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    month: Mapped[int]
    name_fr: Mapped[str]
    name_en: Mapped[str]
    season_fr: Mapped[str]
    season_en: Mapped[str]
    what_fr: Mapped[str]
    what_en: Mapped[str]

    ref = synonym("slug")
    """The public name of the row: its slug."""

    @property
    def name(self) -> Text:
        """Its name."""
        return Text(self.name_fr, self.name_en)

    @property
    def season(self) -> Text:
        """When it usually is."""
        return Text(self.season_fr, self.season_en)

    @property
    def what(self) -> Text:
        """What it is."""
        return Text(self.what_fr, self.what_en)


class BeatDate(Model):
    """When a beat is in a year, both days included, and who says so (`source`)."""

    __tablename__ = "beat_date"
    __table_args__ = (
        UniqueConstraint("beat_id", "year"),
        CheckConstraint("until_on >= from_on", name="order"),
        Index("ix_beat_date_until_on", "until_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    beat_id: Mapped[int] = mapped_column(ForeignKey("beat.id"))
    year: Mapped[int]
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    source: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]

    beat: Mapped[Beat] = relationship()


class PackPiece(Model):
    """A text to use at a beat, of one program, or of all where `program` is None. Dropped, never changed: another one takes its place."""

    __tablename__ = "pack_piece"
    __table_args__ = (Index("ix_pack_piece_beat_id_program_id", "beat_id", "program_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    beat_id: Mapped[int] = mapped_column(ForeignKey("beat.id"))
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str]
    title_fr: Mapped[str]
    title_en: Mapped[str]
    text_fr: Mapped[str]
    text_en: Mapped[str]
    written_at: Mapped[dt.datetime]
    written_by: Mapped[str]
    dropped_at: Mapped[dt.datetime | None]
    dropped_by: Mapped[str | None]

    beat: Mapped[Beat] = relationship()
    program: Mapped[Program | None] = relationship()

    @property
    def scope(self) -> str | None:
        """The program whose staff follow it in the journal; None for a piece of all."""
        return self.program.ref if self.program else None

    @property
    def title(self) -> Text:
        """What it is called."""
        return Text(self.title_fr, self.title_en)

    @property
    def text(self) -> Text:
        """What it says."""
        return Text(self.text_fr, self.text_en)

    @property
    def kind_label(self) -> object:
        """The kind in words (lazy)."""
        return PIECE_KINDS[PieceKind(self.kind)]
