"""What is kept of the years that follow a badge: reminders sent, answers confirmed again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.certification import Certification
from certif.kit.db import Model


class Reminder(Model):
    """A certification was said to end, or to have ended; or a step was said to be awaited. Once of each kind."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("certification_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"))
    kind: Mapped[str]
    reminded_at: Mapped[dt.datetime]


class ReminderStop(Model):
    """Somebody, staff or whoever reads them, wants no more reminders of what is awaited in a file."""

    __tablename__ = "reminder_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), unique=True)
    stopped_at: Mapped[dt.datetime]
    stopped_by: Mapped[str]


class Renewal(Model):
    """The answers of a cycle, confirmed again to open the next: `renewed` once, for `certification`.

    Keeps: the answers as they stood, as evidence of what was confirmed, as long as the certification.
    """

    __tablename__ = "renewal"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), unique=True)
    renewed_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    confirmed_at: Mapped[dt.datetime]
    confirmed_by: Mapped[str]

    certification: Mapped[Certification] = relationship(foreign_keys=[certification_id])
    renewed: Mapped[Certification] = relationship(foreign_keys=[renewed_id])
