"""The tables of laureate lists: keys for programs, and lists that other organisers ask for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.galas.model import Gala
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.programs import Program
from certif.territory import Mrc


class ListToken(Model):
    """A key with which a program reads the laureates of one gala, and nothing else. Shown once; only its digest is here.

    `beginning`, its first signs, by which people tell keys apart; `sees_embargoed`, whether it reads before the embargo is lifted;
    `last_used_at`, to within a few seconds.
    """

    __tablename__ = "list_token"
    __table_args__ = (CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    gala_id: Mapped[int] = mapped_column(ForeignKey("gala.id"), index=True)
    label: Mapped[str]
    beginning: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    sees_embargoed: Mapped[bool]
    expires_on: Mapped[dt.date]
    issued_at: Mapped[dt.datetime]
    issued_by: Mapped[str]
    last_used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]
    revoked_by: Mapped[str | None]

    gala: Mapped[Gala] = relationship(lazy="joined")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.gala.scope

    @property
    def is_in_force(self) -> bool:
        """Whether it opens anything today; its last day is included."""
        return self.revoked_at is None and clock.today() <= self.expires_on


class ListRequest(Model):
    """Someone who holds another gala asks a program for its laureates of a year, of the whole territory or of one MRC.

    `time`, 1 when somebody asks for the first time, one more each time they ask again after an answer.
    Keeps: the name of who asked and for what, as long as laureates are honoured; why: to know who received names, and for what.
    """

    __tablename__ = "list_request"
    __table_args__ = (
        UniqueConstraint("user_id", "program_id", "year", "time"),
        Index("ix_list_request_program_id_asked_at", "program_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"))
    year: Mapped[int]
    time: Mapped[int]
    organisation: Mapped[str]
    purpose: Mapped[str]
    held_on: Mapped[dt.date]
    asked_at: Mapped[dt.datetime]

    program: Mapped[Program] = relationship()
    user: Mapped[User] = relationship()
    mrc: Mapped[Mrc | None] = relationship()
    answer: Mapped[ListAnswer | None] = relationship(back_populates="request", lazy="joined")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def is_granted(self) -> bool:
        """Whether the list may be taken today: granted, and not past its last day."""
        return self.answer is not None and self.answer.until_on is not None and clock.today() <= self.answer.until_on


class ListAnswer(Model):
    """The region granted the list until a day, or declined, and why."""

    __tablename__ = "list_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("list_request.id"), unique=True)
    until_on: Mapped[dt.date | None]
    reason: Mapped[str]
    answered_at: Mapped[dt.datetime]
    answered_by: Mapped[str]

    request: Mapped[ListRequest] = relationship(back_populates="answer")
