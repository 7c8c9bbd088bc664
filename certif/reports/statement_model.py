"""The tables of partners' statements: what a visit, a kilometre and an hour are worth, from which day on; and what was approved."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.money import Money
from certif.programs import Program
from certif.reports.model import ReportPeriod
from certif.territory import Partner


class ActivityRate(Model):
    """What a program pays its partners from a day on, in cents: for each visit, each kilometre and each hour. The last day that has begun
    counts."""

    __tablename__ = "activity_rate"
    __table_args__ = (
        UniqueConstraint("program_id", "from_on"),
        CheckConstraint("visit_cents >= 0 AND kilometre_cents >= 0 AND hour_cents >= 0", name="cents"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    from_on: Mapped[dt.date]
    visit_cents: Mapped[int]
    kilometre_cents: Mapped[int]
    hour_cents: Mapped[int]
    set_at: Mapped[dt.datetime]
    set_by: Mapped[str]

    program: Mapped[Program] = relationship()

    @property
    def visit(self) -> Money:
        """What a meeting is worth."""
        return Money(self.visit_cents)

    @property
    def kilometre(self) -> Money:
        """What a kilometre is worth."""
        return Money(self.kilometre_cents)

    @property
    def hour(self) -> Money:
        """What an hour is worth."""
        return Money(self.hour_cents)

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class StatementApproval(Model):
    """What a partner did in a period was approved, once: its lines stay as they were that day."""

    __tablename__ = "statement_approval"
    __table_args__ = (UniqueConstraint("period_id", "partner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    period_id: Mapped[int] = mapped_column(ForeignKey("report_period.id"))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    visits: Mapped[int]
    kilometres: Mapped[int]
    minutes: Mapped[int]
    total_cents: Mapped[int]
    digest: Mapped[str]
    approved_at: Mapped[dt.datetime]
    approved_by: Mapped[str]
    approver: Mapped[str]

    period: Mapped[ReportPeriod] = relationship()
    partner: Mapped[Partner] = relationship()
    lines: Mapped[list[ApprovedLine]] = relationship(order_by="ApprovedLine.number", back_populates="approval")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.period.scope

    @property
    def total(self) -> Money:
        """What is owed."""
        return Money(self.total_cents)


class ApprovedLine(Model):
    """One meeting of an approved statement, as it was counted. `report_ref`, the report of the meeting: it is paid once, whatever the
    periods.

    Keeps: who went, as long as the program; why: to account for what was paid.
    """

    __tablename__ = "approved_line"
    __table_args__ = (UniqueConstraint("approval_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("statement_approval.id"))
    number: Mapped[int]
    report_ref: Mapped[str] = mapped_column(unique=True)
    met_on: Mapped[dt.date]
    what: Mapped[str]
    who: Mapped[str]
    kilometres: Mapped[int]
    minutes: Mapped[int]
    visit_cents: Mapped[int]
    kilometre_cents: Mapped[int]
    hour_cents: Mapped[int]

    approval: Mapped[StatementApproval] = relationship(back_populates="lines")
