"""Signing at the counter: an employer registers and signs on the phone of somebody of the team, who stands by and signs nothing."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.employers import Employer, RegistrationDraft
from certif.imports import Prospect
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.programs import Program

SITTING = dt.timedelta(hours=2)
"""How long the phone of the team may go on for whoever has proven their address: a visit, and no more."""


class CounterSitting(Model):
    """An employer at its counter, and who of the team stands by. `draft`, what was typed, until it is registered or too old; `signatory`,
    who has shown to read the contact's address, and signs; `prospect`, what the employer was before, where it was known.

    Keeps: which employer was registered with whose help, as long as the program; why: to know who stood by a signature.
    """

    __tablename__ = "counter_sitting"
    __table_args__ = (
        CheckConstraint("(proved_at IS NULL) = (employer_id IS NULL) AND (proved_at IS NULL) = (signatory_id IS NULL)", name="proved"),
        Index("ix_counter_sitting_user_id_opened_at", "user_id", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("registration_draft.id", ondelete="SET NULL"), unique=True)
    name: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    prospect_id: Mapped[int | None] = mapped_column(ForeignKey("prospect.id"), index=True)
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), unique=True)
    signatory_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proved_at: Mapped[dt.datetime | None]

    program: Mapped[Program] = relationship()
    draft: Mapped[RegistrationDraft | None] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    prospect: Mapped[Prospect | None] = relationship()
    employer: Mapped[Employer | None] = relationship()
    signatory: Mapped[User | None] = relationship(foreign_keys=[signatory_id])

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def is_running(self) -> bool:
        """Whether whoever proved their address may still go on with this phone."""
        return self.proved_at is not None and clock.now() < self.proved_at + SITTING
