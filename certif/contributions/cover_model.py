"""A contribution that somebody else gives in the place of the employer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.money import Money

if TYPE_CHECKING:
    from certif.contributions.model import Contribution, Receipt

_STANDING = text("released_at IS NULL")


class Cover(Model):
    """What a sponsor gives in the place of an employer: all that is due, or a part of it. No money comes with it: it came, or will, from
    the sponsor. One stands at a time; one that was released stays, with the reason.

    `payer`: who covers it, as documents say it; None where the sponsor is not named.
    """

    __tablename__ = "cover"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint(
            "(released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (release_reason IS NULL)", name="released"
        ),
        Index("uq_cover_standing", "contribution_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    cents: Mapped[int]
    payer: Mapped[str | None]
    covered_at: Mapped[dt.datetime]
    covered_by: Mapped[str]
    released_at: Mapped[dt.datetime | None]
    released_by: Mapped[str | None]
    release_reason: Mapped[str | None]

    contribution: Mapped[Contribution] = relationship(back_populates="covers")
    receipt: Mapped[Receipt | None] = relationship(back_populates="cover")

    @property
    def amount(self) -> Money:
        """What is given in the place of the employer."""
        return Money(self.cents)

    @property
    def stands(self) -> bool:
        """Whether it still counts."""
        return self.released_at is None
