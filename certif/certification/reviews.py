"""What the checks of a file found, before anybody looked at it. A question for the acts; the row is made by `automatic`."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from certif.certification.model import Certification
from certif.kit.db import Model, db
from certif.programs import DRAWN, Check


class AutomaticReview(Model):
    """A file was checked once, when it came: what held, what did not, and whether the lot sent it to a person anyway.

    Keeps: names of checks, no personal data, as the reasons of a decision, as long as the certification.
    """

    __tablename__ = "automatic_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certification.id"), unique=True)
    held: Mapped[list[str]] = mapped_column(JSON)
    failed: Mapped[list[str]] = mapped_column(JSON)
    is_drawn: Mapped[bool]
    checked_at: Mapped[dt.datetime]

    @property
    def allows(self) -> bool:
        """Whether the file may be validated without anybody looking at it."""
        return bool(self.held) and not self.failed and not self.is_drawn

    @property
    def held_labels(self) -> list[str]:
        """What held, in the reader's language."""
        return [str(Check(name).label) for name in self.held]

    @property
    def failed_labels(self) -> list[str]:
        """What keeps the file for a person, in the reader's language."""
        return why_by_hand(self.failed, is_drawn=self.is_drawn)


def review_of(certification: Certification) -> AutomaticReview | None:
    """Give what the checks of a file found, or None where it was never checked."""
    return db.session.scalar(select(AutomaticReview).where(AutomaticReview.certification_id == certification.id))


def why_by_hand(failed: list[str], *, is_drawn: bool) -> list[str]:
    """Say what keeps a file for a person, in the reader's language. Takes: `failed`, names of checks."""
    drawn = [str(DRAWN)] if is_drawn else []
    return [*(str(Check(name).failure) for name in failed), *drawn]
