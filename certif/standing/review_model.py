"""A person is asked to look again at what was decided without one."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.certification import Certification
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l

TIME_TO_REVIEW = dt.timedelta(days=30)
"""How long an answer may take: the term of every other request about one's own information, since the law sets none for this one.
Source: Act respecting the protection of personal information in the private sector, s. 32."""


class Outcome(StrEnum):
    """What came of a review."""

    KEPT = "kept"
    CHANGED = "changed"

    @property
    def label(self) -> object:
        """What it is called, in words (lazy)."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.KEPT: _l("La décision demeure"),
    Outcome.CHANGED: _l("La décision change, comme la réponse le dit"),
}


class HumanReview(Model):
    """An employer asks that a person review the decision that a machine alone took on its file. Once: there is one such decision a file.

    Keeps: what was said and answered, with the reasons of the decision, as long as the certification.
    """

    __tablename__ = "human_review"
    __table_args__ = (
        CheckConstraint("outcome IN ('kept', 'changed')", name="outcome"),
        CheckConstraint(
            "(answered_at IS NULL) = (outcome IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL)"
            " AND (answered_at IS NULL) = (answerer IS NULL) AND (answered_at IS NULL) = (answer IS NULL)",
            name="answered",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), unique=True)
    words: Mapped[str]
    asked_at: Mapped[dt.datetime]
    asked_by: Mapped[str]
    outcome: Mapped[str | None]
    answer: Mapped[str | None]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[str | None]
    answerer: Mapped[str | None]

    certification: Mapped[Certification] = relationship()

    @property
    def answer_by(self) -> dt.datetime:
        """When it must be answered at the latest."""
        return self.asked_at + TIME_TO_REVIEW

    @property
    def outcome_label(self) -> str:
        """What came of it, in the reader's language; nothing before the answer."""
        return str(Outcome(self.outcome).label) if self.outcome else ""
