"""Whom else we trust: bodies that give the same kind of credential elsewhere, with the keys that they told us."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from certif.kit import tokens
from certif.kit.db import Model


class TrustedIssuer(Model):
    """An issuer that staff have looked at. `keys`: its public keys as multikeys, one a line, typed in and never fetched.

    `since` and `until`: the first and last day on which what it signs counts here; `until` is None as long as it is trusted.
    """

    __tablename__ = "trusted_issuer"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    did: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    territory: Mapped[str]
    keys: Mapped[str]
    since: Mapped[dt.date]
    until: Mapped[dt.date | None]
    trusted_at: Mapped[dt.datetime]
    trusted_by: Mapped[str]

    @property
    def key_list(self) -> list[str]:
        """Its keys, one by one."""
        return self.keys.split()

    def is_trusted_on(self, day: dt.date) -> bool:
        """Whether what it signs on this day counts here."""
        return self.since <= day and (self.until is None or day <= self.until)
