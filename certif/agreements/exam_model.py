"""The tables of exam weeks: when each school body holds its exams, and the address where an establishment's calendar reads them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.employers import Establishment
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.territory import Partner


class ExamKind(StrEnum):
    """Which exams: those of the ministry, those that end a term or a session, retakes."""

    MINISTRY = "ministry"
    END_OF_TERM = "end_of_term"
    RETAKES = "retakes"


EXAM_KINDS = {
    ExamKind.MINISTRY: _l("Épreuves du ministère"),
    ExamKind.END_OF_TERM: _l("Examens de fin d’étape ou de session"),
    ExamKind.RETAKES: _l("Reprises d’examens"),
}


class ExamPeriod(Model):
    """Days on which a school body holds exams, both ends included. `confidence`: A, seen in its calendar; B, told by it; C, derived from
    another year; U, to be confirmed."""

    __tablename__ = "exam_period"
    __table_args__ = (
        UniqueConstraint("partner_id", "kind", "first_day"),
        CheckConstraint("last_day >= first_day", name="order"),
        CheckConstraint("confidence IN ('A', 'B', 'C', 'U')", name="confidence"),
        CheckConstraint("kind IN ('ministry', 'end_of_term', 'retakes')", name="kind"),
        Index("ix_exam_period_last_day", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"))
    kind: Mapped[str]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    source: Mapped[str]
    confidence: Mapped[str]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]

    partner: Mapped[Partner] = relationship()

    @property
    def weeks(self) -> tuple[dt.date, dt.date, str, str, str]:
        """What school bodies whose exams are at the same time, by the same source, share."""
        return self.first_day, self.last_day, self.kind, self.source, self.confidence

    @property
    def kind_label(self) -> str:
        """Which exams, in words."""
        return str(EXAM_KINDS[ExamKind(self.kind)])


class ExamFeed(Model):
    """The address where an establishment's calendar reads the exam weeks around it. `number` counts from 1; the last counts, so that an
    address that went astray can be changed. It opens dates only, hence it is kept as it is."""

    __tablename__ = "exam_feed"
    __table_args__ = (UniqueConstraint("establishment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]

    establishment: Mapped[Establishment] = relationship()
