"""Two accounts of one meeting: both are kept until somebody decides what is true."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.kit import tokens
from certif.kit.db import Model
from certif.visits.model import Visit


class Keep(StrEnum):
    """What is kept of two accounts: what stood already, what came second in its place, or both, as two visits."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


class ReportConflict(Model):
    """A report came of a meeting that was reported already, or cancelled. `told` is the second version, as it was sent; `replaced`, the
    first one, once the second took its place. Decided once.

    Keeps: what both persons wrote of a meeting, as long as the reports; why: nothing that was written on the road is lost.
    """

    __tablename__ = "report_conflict"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (kept IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)", name="settled"),
        Index("ix_report_conflict_settled_at", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    client_key: Mapped[str] = mapped_column(unique=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    told: Mapped[dict[str, Any]] = mapped_column(JSON)
    photo_digest: Mapped[str | None] = mapped_column(ForeignKey("sent_file.digest"))
    raised_at: Mapped[dt.datetime]
    raised_by: Mapped[str]
    kept: Mapped[str | None]
    replaced: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[str | None]

    visit: Mapped[Visit] = relationship()
    user: Mapped[User | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.visit.scope
