"""The tables of this room: what people ask about what is known of them, and what was erased."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.kit import tokens
from certif.kit.db import Model

TIME_TO_ANSWER = dt.timedelta(days=30)
"""How long an answer may take. Source: Act respecting the protection of personal information in the private sector, s. 32; same term in
the Act respecting Access, s. 47."""


class PrivacyRequest(Model):
    """Somebody with an account asks about what is known of them: to erase it, or to put it right. `time`, 1 for their first request.

    Keeps: what was asked and answered, as long as the account; why: to show that it was answered in time.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (
        UniqueConstraint("user_id", "time"),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    time: Mapped[int]
    words: Mapped[str]
    asked_at: Mapped[dt.datetime] = mapped_column(index=True)
    answer: Mapped[str | None]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[str | None]

    user: Mapped[User] = relationship()

    @property
    def answer_by(self) -> dt.datetime:
        """When it must be answered at the latest."""
        return self.asked_at + TIME_TO_ANSWER


class Erasure(Model):
    """What was known of a person in one table was erased: which table, how many rows, by whom. Nothing of the person is here."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    holding: Mapped[str]
    count: Mapped[int]
    erased_at: Mapped[dt.datetime]
    erased_by: Mapped[str]
