"""The tables of a day on the road: in which order one goes, and what reminds of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from certif.kit.db import Model


class RouteStop(Model):
    """Where a meeting stands in the day of somebody who goes there, once they put it in order by hand."""

    __tablename__ = "route_stop"
    __table_args__ = (UniqueConstraint("user_id", "visit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    position: Mapped[int]


class DayReminder(Model):
    """Somebody was written to, the evening before, about the meetings of a day: once."""

    __tablename__ = "day_reminder"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    day: Mapped[dt.date]
    reminded_at: Mapped[dt.datetime]
