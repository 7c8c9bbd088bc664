"""The tables of the directory: one listing for each code that may be shown, its words, and counts. All of it can be made anew from the
rows that say what happened."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from certif.kit.db import Model
from certif.kit.languages import language
from certif.standing import Status

Key = String().with_variant(String(collation="C"), "postgresql")
"""A text in the order of its bytes, on both engines: prefixes are ranges, and both read the same rows in the same order."""

NEVER = dt.date(9999, 12, 31)
"""The last day of what has no last day: a path under way."""


class Listing(Model):
    """One code of the directory, as the rows said it when it was last folded. Whether its program is paused is asked when it is shown."""

    __tablename__ = "listing"
    __table_args__ = (
        Index("ix_listing_order", "name_key", "verification_id"),
        Index("ix_listing_region_order", "region", "name_key", "verification_id"),
        Index("ix_listing_mrc_order", "mrc", "name_key", "verification_id"),
        Index("ix_listing_sector_order", "sector", "name_key", "verification_id"),
        Index("ix_listing_level_order", "level", "name_key", "verification_id"),
        Index("ix_listing_hires_order", "hires_students", "name_key", "verification_id"),
    )

    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(unique=True)
    employer_id: Mapped[int] = mapped_column(index=True)
    program_id: Mapped[int]
    name: Mapped[str]
    place: Mapped[str]
    municipality: Mapped[str]
    name_key: Mapped[str] = mapped_column(Key)
    region: Mapped[str]
    mrc: Mapped[str]
    sector: Mapped[str]
    level: Mapped[str]
    level_fr: Mapped[str]
    level_en: Mapped[str]
    hires_students: Mapped[bool]
    status: Mapped[str]
    valid_until: Mapped[dt.date | None]
    expires_on: Mapped[dt.date] = mapped_column(index=True)

    @property
    def level_name(self) -> str:
        """The level in the reader's language; empty where there is none."""
        return self.level_en if language() == "en" else self.level_fr

    def shown_status(self, *, paused: bool) -> Status:
        """Give what the public is told: a paused program says so of all that it granted and that stands, or that is under way."""
        status = Status(self.status)
        return Status.PAUSED if paused and status is not Status.SUSPENDED else status


class ListingWord(Model):
    """A word under which a listing is found; `name_key` and `mrc` again, so that the index alone gives a page in order."""

    __tablename__ = "listing_word"
    __table_args__ = (
        Index("ix_listing_word_order", "word", "name_key", "verification_id"),
        Index("ix_listing_word_given", "word", "verification_id"),
        Index("ix_listing_word_mrc_order", "mrc", "word", "name_key", "verification_id"),
    )

    verification_id: Mapped[int] = mapped_column(
        ForeignKey("listing.verification_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    word: Mapped[str] = mapped_column(Key, primary_key=True)
    name_key: Mapped[str] = mapped_column(Key)
    mrc: Mapped[str]


class NearWord(Model):
    """A word with one letter left out, and the word: how a word is found in spite of a typing fault."""

    __tablename__ = "near_word"

    variant: Mapped[str] = mapped_column(Key, primary_key=True)
    word: Mapped[str] = mapped_column(Key, primary_key=True)


class ListingCount(Model):
    """How many listings there are of each kind, kept while folding: what the filters and the map count."""

    __tablename__ = "listing_count"

    mrc: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    hires_students: Mapped[bool] = mapped_column(primary_key=True)
    level_fr: Mapped[str]
    level_en: Mapped[str]
    count: Mapped[int]
