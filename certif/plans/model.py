"""The frame that outreach answers to: who pays for it, under which plan, towards which objectives."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program


class Audience(StrEnum):
    """Whom outreach addresses."""

    STUDENTS = "students"
    PARENTS = "parents"
    EMPLOYERS = "employers"
    SCHOOLS = "schools"
    PARTNERS = "partners"
    ELECTED = "elected"
    PUBLIC = "public"


AUDIENCES = {
    Audience.STUDENTS: _l("Élèves et étudiants"),
    Audience.PARENTS: _l("Parents"),
    Audience.EMPLOYERS: _l("Employeurs"),
    Audience.SCHOOLS: _l("Milieux scolaires"),
    Audience.PARTNERS: _l("Partenaires"),
    Audience.ELECTED: _l("Élues et élus"),
    Audience.PUBLIC: _l("Population"),
}


class Funder(Model):
    """A body that pays for part of the work of a program. One that is gone, such as a council that was abolished, is archived."""

    __tablename__ = "funder"
    __table_args__ = (
        UniqueConstraint("program_id", "name"),
        CheckConstraint("(archived_at IS NULL) = (archived_by IS NULL)", name="archived"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]
    archived_at: Mapped[dt.datetime | None]
    archived_by: Mapped[str | None]

    program: Mapped[Program] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class ActionPlan(Model):
    """What a program set out to do, from a day to a day, both included; `funder`, who pays; `is_pilot`, a trial that is evaluated."""

    __tablename__ = "action_plan"
    __table_args__ = (
        Index("ix_action_plan_program_id_from_on", "program_id", "from_on"),
        CheckConstraint("until_on > from_on", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    funder_id: Mapped[int | None] = mapped_column(ForeignKey("funder.id"), index=True)
    title: Mapped[str]
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    is_pilot: Mapped[bool]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]

    program: Mapped[Program] = relationship()
    funder: Mapped[Funder | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref


class Objective(Model):
    """One objective of a plan, by which outreach is counted: `code`, as the plan numbers it (`5.1.2`); `axis`, the strategic axis under
    which it stands; `audience`, whom it addresses, None for several."""

    __tablename__ = "objective"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id"))
    code: Mapped[str]
    title: Mapped[str]
    axis: Mapped[str]
    audience: Mapped[str | None]

    plan: Mapped[ActionPlan] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.plan.scope
