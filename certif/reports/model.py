"""The tables of accountability: periods, their locks and the figures frozen by them; targets; evaluations of trials."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.plans import ActionPlan, Objective
from certif.programs import Program
from certif.territory import Mrc

_WHOLE = text("mrc_id IS NULL AND objective_id IS NULL")
_OF_MRC = text("mrc_id IS NOT NULL")
_OF_OBJECTIVE = text("objective_id IS NOT NULL")
_OPEN = text("unlocked_at IS NULL")


class ReportPeriod(Model):
    """Days that a program answers for, both included: a quarter, a year, the length of an agreement."""

    __tablename__ = "report_period"
    __table_args__ = (
        UniqueConstraint("program_id", "from_on", "until_on"),
        CheckConstraint("until_on >= from_on", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    title: Mapped[str]
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]

    program: Mapped[Program] = relationship()
    locks: Mapped[list[PeriodLock]] = relationship(order_by="PeriodLock.number", back_populates="period")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def lock(self) -> PeriodLock | None:
        """The lock that holds now; None where it is open."""
        return self.locks[-1] if self.locks and self.locks[-1].unlocked_at is None else None


class PeriodLock(Model):
    """The figures of a period were frozen. `number` counts from 1; `digest`, SHA-256 (hex) of the figures; why it was opened again."""

    __tablename__ = "period_lock"
    __table_args__ = (
        UniqueConstraint("period_id", "number"),
        Index("uq_period_lock_open", "period_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("(unlocked_at IS NULL) = (unlock_reason IS NULL)", name="unlocked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("report_period.id"))
    number: Mapped[int]
    digest: Mapped[str]
    locked_at: Mapped[dt.datetime]
    locked_by: Mapped[str]
    unlocked_at: Mapped[dt.datetime | None]
    unlocked_by: Mapped[str | None]
    unlock_reason: Mapped[str | None]

    period: Mapped[ReportPeriod] = relationship(back_populates="locks")


TOGETHER = "together"
"""The cut of the finest cells, each of one MRC, objective and audience: whatever combines filters adds some of them up."""


class FrozenFigure(Model):
    """One figure, as it was when its period was locked. `cut` and `key`: of what, as in `figures`; `count`: None where it was withheld."""

    __tablename__ = "frozen_figure"
    __table_args__ = (UniqueConstraint("lock_id", "indicator", "cut", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lock_id: Mapped[int] = mapped_column(ForeignKey("period_lock.id"))
    indicator: Mapped[str]
    cut: Mapped[str]
    key: Mapped[str]
    count: Mapped[int | None]


class Target(Model):
    """What a period aims at for one indicator: on the whole, in one MRC, or under one objective. The last one said counts."""

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("aim > 0", name="aim"),
        CheckConstraint("mrc_id IS NULL OR objective_id IS NULL", name="one_of"),
        Index("uq_target_whole", "period_id", "indicator", unique=True, sqlite_where=_WHOLE, postgresql_where=_WHOLE),
        Index("uq_target_mrc", "period_id", "indicator", "mrc_id", unique=True, sqlite_where=_OF_MRC, postgresql_where=_OF_MRC),
        Index(
            "uq_target_objective", "period_id", "indicator", "objective_id", unique=True, sqlite_where=_OF_OBJECTIVE,
            postgresql_where=_OF_OBJECTIVE,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    period_id: Mapped[int] = mapped_column(ForeignKey("report_period.id"))
    indicator: Mapped[str]
    mrc_id: Mapped[int | None] = mapped_column(ForeignKey("mrc.id"))
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"))
    aim: Mapped[int]
    set_at: Mapped[dt.datetime]
    set_by: Mapped[str]

    period: Mapped[ReportPeriod] = relationship()
    mrc: Mapped[Mrc | None] = relationship()
    objective: Mapped[Objective | None] = relationship()


class PilotEvaluation(Model):
    """What a trial taught: a conclusion, which may be rewritten until it is signed, once."""

    __tablename__ = "pilot_evaluation"
    __table_args__ = (CheckConstraint("(signed_at IS NULL) = (signed_by IS NULL)", name="signed"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"), unique=True)
    conclusion: Mapped[str]
    written_at: Mapped[dt.datetime]
    written_by: Mapped[str]
    signed_at: Mapped[dt.datetime | None]
    signed_by: Mapped[str | None]
    signer: Mapped[str | None]

    plan: Mapped[ActionPlan] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.plan.scope
