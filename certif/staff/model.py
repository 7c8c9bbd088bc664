"""The one table of this room: filters that are kept."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.kit import tokens
from certif.kit.db import Model
from certif.programs import Program


class KeptFilter(Model):
    """What somebody asks of a list again and again, under a name: for themselves, or for the whole team of a program.

    `endpoint`, the page of the list; `query`, what its address carries after the `?`.
    Keeps: what was typed in the filters, until whoever kept it removes it; why: to ask it again.
    """

    __tablename__ = "kept_filter"
    __table_args__ = (
        UniqueConstraint("user_id", "endpoint", "name"),
        Index("ix_kept_filter_program_id_endpoint", "program_id", "endpoint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"))
    endpoint: Mapped[str]
    name: Mapped[str]
    query: Mapped[str]
    kept_at: Mapped[dt.datetime]

    user: Mapped[User] = relationship()
    program: Mapped[Program | None] = relationship()
