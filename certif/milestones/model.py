"""What is kept of the letters about promises that fall due."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from certif.kit.db import Model


class Kind(StrEnum):
    """Which letter: before the day, or after it."""

    COMING = "coming"
    PASSED = "passed"


class MilestoneReminder(Model):
    """A promise was recalled to its employer. Once of each kind."""

    __tablename__ = "milestone_reminder"
    __table_args__ = (UniqueConstraint("milestone_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    kind: Mapped[str]
    reminded_at: Mapped[dt.datetime]
