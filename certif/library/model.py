"""The tables of the library: tools for the field, and what was handed out of them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from certif.employers import Employer
from certif.kit.db import Model
from certif.kit.languages import _l, language
from certif.plans import AUDIENCES, Audience
from certif.programs import Program
from certif.territory import Mrc


class ToolKind(StrEnum):
    """What kind of tool it is."""

    FACT_SHEET = "fact_sheet"
    KIT = "kit"
    STORY = "story"
    TEMPLATE = "template"


TOOL_KINDS = {
    ToolKind.FACT_SHEET: _l("Fiche"),
    ToolKind.KIT: _l("Trousse"),
    ToolKind.STORY: _l("Bon coup"),
    ToolKind.TEMPLATE: _l("Modèle"),
}


class Topic(StrEnum):
    """What a tool or a note of the watch is about."""

    WORK = "work"
    BALANCE = "balance"
    ORIENTATION = "orientation"
    LAW = "law"
    CERTIFICATION = "certification"
    PERSEVERANCE = "perseverance"


TOPICS = {
    Topic.WORK: _l("Effets du travail rémunéré"),
    Topic.BALANCE: _l("Équilibre études-travail"),
    Topic.ORIENTATION: _l("Travail, bénévolat et orientation"),
    Topic.LAW: _l("Ce que dit la loi"),
    Topic.CERTIFICATION: _l("La certification"),
    Topic.PERSEVERANCE: _l("Persévérance scolaire"),
}


class Tool(Model):
    """A tool for the field, of one program, or of all where `program` is None. `audience`: one of `plans.Audience`.

    `is_public`, whether anyone may read it; else only staff, partners included. `origin`, the tool of all from which a program made its
    own; `employer`, whose story it tells: it is then shown only while that employer agrees. `review_on`, the day by which somebody is to
    look whether it is still right. What it says is in its versions; a printed tool may have none.
    """

    __tablename__ = "tool"
    __table_args__ = (
        UniqueConstraint("slug"),
        Index("ix_tool_origin_id_program_id", "origin_id", "program_id", unique=True),
        Index("ix_tool_program_id", "program_id"),
        Index("ix_tool_review_on", "review_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str]
    audience: Mapped[str]
    title_fr: Mapped[str]
    title_en: Mapped[str]
    is_public: Mapped[bool]
    topic: Mapped[str | None]
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"))
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)
    review_on: Mapped[dt.date | None]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]
    retired_at: Mapped[dt.datetime | None]
    retired_by: Mapped[str | None]

    program: Mapped[Program | None] = relationship()
    origin: Mapped[Tool | None] = relationship(remote_side="Tool.id")
    employer: Mapped[Employer | None] = relationship()

    ref = synonym("slug")
    """The public name of the row: its slug."""

    @property
    def scope(self) -> str | None:
        """The program whose staff follow it in the journal; None for a tool of all."""
        return self.program.ref if self.program else None

    @property
    def title(self) -> str:
        """The title in the language of the page; French where no English was given."""
        return self.title_en if language() == "en" and self.title_en else self.title_fr

    @property
    def kind_label(self) -> object:
        """The kind in words (lazy)."""
        return TOOL_KINDS[ToolKind(self.kind)]

    @property
    def audience_label(self) -> object:
        """The audience in words (lazy)."""
        return AUDIENCES[Audience(self.audience)]

    @property
    def topic_label(self) -> object:
        """The topic in words (lazy); nothing where none was given."""
        return TOPICS[Topic(self.topic)] if self.topic else ""


def title_spoken() -> ColumnElement[str]:
    """Give what `Tool.title` gives, for a statement."""
    return func.coalesce(func.nullif(Tool.title_en, ""), Tool.title_fr) if language() == "en" else Tool.title_fr.expression


class HandOut(Model):
    """Copies of a tool were handed out, somewhere, to an audience. `subject`, the ref of what it happened at, such as a visit; None where
    it was noted by hand."""

    __tablename__ = "hand_out"
    __table_args__ = (
        CheckConstraint("count > 0", name="count"),
        UniqueConstraint("subject", "tool_id"),
        Index("ix_hand_out_program_id_handed_on", "program_id", "handed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str | None] = mapped_column(unique=True, index=True)
    tool_id: Mapped[int] = mapped_column(ForeignKey("tool.id"), index=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"), index=True)
    audience: Mapped[str]
    count: Mapped[int]
    handed_on: Mapped[dt.date]
    subject: Mapped[str | None]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]

    tool: Mapped[Tool] = relationship()
    program: Mapped[Program] = relationship()
    mrc: Mapped[Mrc | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def audience_label(self) -> object:
        """The audience in words (lazy)."""
        return AUDIENCES[Audience(self.audience)]
