"""The tables of consents: given, withdrawn; never erased by the other."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.consents.purposes import PURPOSES
from certif.kit import clock, tokens
from certif.kit.db import Model


class Consent(Model):
    """Someone agreed to one purpose, in the words of one version, in one language.

    Keeps: the public name of the person or record it is about, and who gave it, as proof, while the purpose is pursued and five years more.
    """

    __tablename__ = "consent"
    __table_args__ = (CheckConstraint("language IN ('fr', 'en')", name="language"), Index(None, "subject", "purpose"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    subject: Mapped[str]
    purpose: Mapped[str]
    text_version: Mapped[int]
    text_digest: Mapped[str]
    language: Mapped[str]
    given_at: Mapped[dt.datetime]
    given_by: Mapped[str]

    withdrawal: Mapped[ConsentWithdrawal | None] = relationship(lazy="joined")

    @property
    def text(self) -> str:
        """The words that were agreed to."""
        return PURPOSES[self.purpose].text(self.language, self.text_version)

    @property
    def valid_until(self) -> dt.datetime:
        """The instant from which it counts no more, even if never withdrawn."""
        return self.given_at + dt.timedelta(days=PURPOSES[self.purpose].days)

    @property
    def is_in_force(self) -> bool:
        """Whether it counts now: the text is the one in force, it was not withdrawn, and its time is not over."""
        is_current = self.text_version == PURPOSES[self.purpose].version
        return is_current and self.withdrawal is None and clock.now() < self.valid_until


class ConsentWithdrawal(Model):
    """A consent was withdrawn. Keeps: who withdrew it and when, as long as the consent."""

    __tablename__ = "consent_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"), unique=True)
    withdrawn_at: Mapped[dt.datetime]
    withdrawn_by: Mapped[str]
