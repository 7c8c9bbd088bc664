"""A higher level asked for: evidence for each criterion, and what staff found of each."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.certification import Certification
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _
from certif.programs import Level, criteria_lines


class CriterionEvidence(Model):
    """What the employer says of one criterion, and the file that supports it, if any.

    Keeps: words and file, two years after the decision or the end of the cycle, whichever is later; then that something was said. Why: to
    decide, and to answer for it.
    """

    __tablename__ = "criterion_evidence"
    __table_args__ = (UniqueConstraint("request_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("level_request.id"))
    position: Mapped[int]
    words: Mapped[str]
    piece_digest: Mapped[str | None] = mapped_column(ForeignKey("sent_file.digest"))
    piece_name: Mapped[str | None]


class CriterionFinding(Model):
    """What staff found of one criterion: met, or not and why."""

    __tablename__ = "criterion_finding"
    __table_args__ = (UniqueConstraint("decision_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("level_decision.id"))
    position: Mapped[int]
    is_met: Mapped[bool]
    reason: Mapped[str]


class LevelDecision(Model):
    """The answer to a request: granted when every criterion is met."""

    __tablename__ = "level_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("level_request.id"), unique=True)
    is_granted: Mapped[bool]
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[str]
    decider: Mapped[str]

    findings: Mapped[list[CriterionFinding]] = relationship(order_by=CriterionFinding.position)


class LevelRequest(Model):
    """An employer asks for the next level. `number` counts from 1: one that was refused may be followed by another."""

    __tablename__ = "level_request"
    __table_args__ = (UniqueConstraint("certification_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"))
    number: Mapped[int]
    level: Mapped[str]
    requested_at: Mapped[dt.datetime]
    requested_by: Mapped[str]

    certification: Mapped[Certification] = relationship()
    evidence: Mapped[list[CriterionEvidence]] = relationship(order_by=CriterionEvidence.position)
    decision: Mapped[LevelDecision | None] = relationship()

    @property
    def asked_level(self) -> Level:
        """The level that is asked for."""
        found = self.certification.version.level(self.level)
        assert found is not None, "a published version keeps its levels"
        return found

    @property
    def criteria(self) -> list[str]:
        """The grid, in the reader's language."""
        return grid_of(self.certification, self.asked_level)


def grid_of(certification: Certification, level: Level) -> list[str]:
    """Give what is asked for a level, a criterion a line; a level without criteria asks why it is deserved."""
    lines = criteria_lines(level, certification.version.rules)
    return lines or [str(_("Ce qui vous fait mériter ce niveau"))]
