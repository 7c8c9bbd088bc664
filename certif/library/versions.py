"""The tables of what tools say: versions, files, what was looked at again, what a program does not show, how often it is taken."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.kit.languages import language
from certif.kit.sent_files import SentFile
from certif.library.model import Tool
from certif.library.prose import Block, blocks
from certif.programs import Program, Text


class ToolVersion(Model):
    """What a tool says from a day on. Never changed: another one follows it. English is empty where there is none.

    `found_by`, its title and summary as they are searched; `note`, what changed, for colleagues; `publisher`, who published it, by name.
    """

    __tablename__ = "tool_version"
    __table_args__ = (UniqueConstraint("tool_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"))
    number: Mapped[int]
    title_fr: Mapped[str]
    title_en: Mapped[str]
    summary_fr: Mapped[str]
    summary_en: Mapped[str]
    text_fr: Mapped[str]
    text_en: Mapped[str]
    found_by: Mapped[str]
    note: Mapped[str]
    published_at: Mapped[dt.datetime] = mapped_column(index=True)
    published_by: Mapped[str]
    publisher: Mapped[str]

    tool: Mapped[Tool] = relationship()
    files: Mapped[list[ToolFile]] = relationship(order_by="ToolFile.id", back_populates="version")

    @property
    def scope(self) -> str | None:
        """The program whose staff follow it in the journal; None for a tool of all."""
        return self.tool.scope

    @property
    def title(self) -> Text:
        """The title."""
        return Text(self.title_fr, self.title_en)

    @property
    def summary(self) -> Text:
        """What it is for, in a sentence or two."""
        return Text(self.summary_fr, self.summary_en)

    @property
    def text(self) -> Text:
        """All of it, in the marks of `prose`."""
        return Text(self.text_fr, self.text_en)

    @property
    def blocks(self) -> list[Block]:
        """All of it in the reader’s language, cut in headings, paragraphs and lists."""
        return blocks(str(self.text))

    @property
    def published_on(self) -> dt.date:
        """The day it was published, in Québec."""
        return self.published_at.astimezone(clock.TORONTO).date()

    @property
    def is_in_french_only(self) -> bool:
        """Whether a reader of English is shown French."""
        return language() == "en" and not self.text_en

    @property
    def languages(self) -> list[str]:
        """The languages it is in."""
        return ["fr", "en"] if self.text_en else ["fr"]


class ToolFile(Model):
    """A file that goes with a version: a PDF or a picture. `language`, `fr` or `en`."""

    __tablename__ = "tool_file"
    __table_args__ = (UniqueConstraint("version_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("tool_version.id"))
    name: Mapped[str]
    language: Mapped[str]
    digest: Mapped[str] = mapped_column(ForeignKey("sent_file.digest"), index=True)

    version: Mapped[ToolVersion] = relationship(back_populates="files")
    content: Mapped[SentFile] = relationship()


class ToolReview(Model):
    """Somebody looked at a version again: it is still right, until the day `next_on`. `number` counts the reviews of that version."""

    __tablename__ = "tool_review"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("tool_version.id"))
    number: Mapped[int]
    next_on: Mapped[dt.date]
    reviewed_at: Mapped[dt.datetime]
    reviewed_by: Mapped[str]


class ToolHiding(Model):
    """A program does not show a tool of all. Gone once it shows it again."""

    __tablename__ = "tool_hiding"
    __table_args__ = (UniqueConstraint("program_id", "tool_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"), index=True)
    hidden_at: Mapped[dt.datetime]
    hidden_by: Mapped[str]

    program: Mapped[Program] = relationship()


class ToolDownload(Model):
    """How often a version was taken away in a day, in a language; `program`, the slug of the program through which, empty for none."""

    __tablename__ = "tool_download"

    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    program: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
