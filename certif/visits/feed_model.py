"""The table of subscriptions: the secret address at which somebody’s own calendar reads their meetings."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.kit import tokens
from certif.kit.db import Model

_IN_FORCE = text("revoked_at IS NULL")


class CalendarFeed(Model):
    """A secret address that gives the meetings of one person, until it is revoked or changed. Only the digest of its end is here."""

    __tablename__ = "calendar_feed"
    __table_args__ = (Index("uq_calendar_feed_in_force", "user_id", unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    token_digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]

    user: Mapped[User] = relationship()
