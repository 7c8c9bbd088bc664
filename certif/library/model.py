"""The tables of the library: tools for the field, and what was handed out of them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit.db import Model
from certif.kit.languages import _l, language
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


class Tool(Model):
    """A tool for the field, of one program, or of all where `program` is None. `audience`: one of `plans.Audience`.

    `is_public`, whether anyone may read it; else only staff, partners included.
    """

    __tablename__ = "tool"
    __table_args__ = (UniqueConstraint("slug"), Index("ix_tool_program_id", "program_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str]
    audience: Mapped[str]
    title_fr: Mapped[str]
    title_en: Mapped[str]
    is_public: Mapped[bool]
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str]
    retired_at: Mapped[dt.datetime | None]
    retired_by: Mapped[str | None]

    program: Mapped[Program | None] = relationship()

    @property
    def ref(self) -> str:
        """The public name of the row: its slug."""
        return self.slug

    @property
    def scope(self) -> str | None:
        """The program whose staff follow it in the journal; None for a tool of all."""
        return self.program.ref if self.program else None

    @property
    def title(self) -> str:
        """The title in the language of the page; French where no English was given."""
        return self.title_en if language() == "en" and self.title_en else self.title_fr


class HandOut(Model):
    """Copies of a tool were handed out, somewhere, to an audience. `subject`, the ref of what it happened at, such as a visit."""

    __tablename__ = "hand_out"
    __table_args__ = (
        CheckConstraint("count > 0", name="count"),
        UniqueConstraint("subject", "tool_id"),
        Index("ix_hand_out_program_id_handed_on", "program_id", "handed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
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
