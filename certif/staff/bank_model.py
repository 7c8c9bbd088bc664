"""The tables of bank statements: each line of a file that the bank gave, and the contribution that it settled."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.contributions import Contribution, Payment
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.money import Money
from certif.programs import Program


class BankStatement(Model):
    """A file of the bank, or of transfer notices, as it was read: `lines`, its credits; `known`, those that another file had brought."""

    __tablename__ = "bank_statement"
    __table_args__ = (Index("ix_bank_statement_program_id_uploaded_at", "program_id", "uploaded_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    file_name: Mapped[str]
    lines: Mapped[int]
    known: Mapped[int]
    uploaded_at: Mapped[dt.datetime]
    uploaded_by: Mapped[str]

    program: Mapped[Program] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class BankLine(Model):
    """One credit. `digest` tells it from any other of the program, so that a file brought twice counts once. `contribution`, whose
    reference it carries, or to which staff tied it; `payment`, once it is recorded.

    Keeps: what the bank wrote, names included, until 90 days after it was brought (then the amounts alone); why: to find who paid.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("program_id", "digest"),
        Index("ix_bank_line_statement_id", "statement_id"),
        CheckConstraint("(set_aside_at IS NULL) = (set_aside_by IS NULL)", name="set_aside"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"))
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    digest: Mapped[str]
    received_on: Mapped[dt.date]
    cents: Mapped[int]
    said: Mapped[str]
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), unique=True)
    set_aside_at: Mapped[dt.datetime | None]
    set_aside_by: Mapped[str | None]

    statement: Mapped[BankStatement] = relationship()
    contribution: Mapped[Contribution | None] = relationship()
    payment: Mapped[Payment | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.statement.scope

    @property
    def amount(self) -> Money:
        """What came in."""
        return Money(self.cents)

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided of it."""
        return self.payment_id is None and self.set_aside_at is None

    @property
    def fits(self) -> bool:
        """Whether it is exactly what its contribution waits for."""
        found = self.contribution
        return self.is_open and found is not None and not found.is_settled and found.due.cents == self.cents
