"""The tables of invitations: who is invited to a meeting, what they answer, and what reminds them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.visits.model import Visit


class InvitationAnswer(StrEnum):
    """What the other party says to an invitation."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    PROPOSED = "proposed"


ANSWERS = {
    InvitationAnswer.ACCEPTED: _l("J’y serai"),
    InvitationAnswer.DECLINED: _l("Je ne pourrai pas"),
    InvitationAnswer.PROPOSED: _l("Je propose un autre moment"),
}
SAID = {
    InvitationAnswer.ACCEPTED: _l("Acceptée"),
    InvitationAnswer.DECLINED: _l("Déclinée"),
    InvitationAnswer.PROPOSED: _l("Autre moment proposé"),
}


class VisitInvitation(Model):
    """Somebody outside is invited to a meeting. `token_digest`: SHA-256 of what the link of the letter ends with.

    Keeps: name and address, until 90 days after the meeting; why: to invite, to say that it moves, to remind.
    """

    __tablename__ = "visit_invitation"
    __table_args__ = (
        UniqueConstraint("visit_id", "email"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    name: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    token_digest: Mapped[str | None] = mapped_column(unique=True)
    invited_at: Mapped[dt.datetime]
    invited_by: Mapped[str]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[str | None]

    visit: Mapped[Visit] = relationship()
    replies: Mapped[list[InvitationReply]] = relationship(
        order_by="InvitationReply.number", back_populates="invitation", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def reply(self) -> InvitationReply | None:
        """What was answered last; None while nothing was."""
        return self.replies[-1] if self.replies else None

    @property
    def answer(self) -> InvitationAnswer | None:
        """What counts now: an answer to a time that has changed since does not."""
        said = self.reply
        return InvitationAnswer(said.answer) if said and said.sequence == self.visit.sequence else None


class InvitationReply(Model):
    """Whoever is invited answered. Many; the last counts. `sequence`, that of the meeting they read; `proposed_at`, when they could."""

    __tablename__ = "invitation_reply"
    __table_args__ = (
        UniqueConstraint("invitation_id", "number"),
        CheckConstraint("answer IN ('accepted', 'declined', 'proposed')", name="answer"),
        CheckConstraint("(answer = 'proposed') = (proposed_at IS NOT NULL)", name="proposed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("visit_invitation.id"))
    number: Mapped[int]
    answer: Mapped[str]
    sequence: Mapped[int]
    proposed_at: Mapped[dt.datetime | None]
    note: Mapped[str]
    replied_at: Mapped[dt.datetime]

    invitation: Mapped[VisitInvitation] = relationship(back_populates="replies")


class InvitationReminder(Model):
    """Whoever is invited was reminded, once for each time that the meeting has had."""

    __tablename__ = "invitation_reminder"
    __table_args__ = (UniqueConstraint("invitation_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("visit_invitation.id"))
    sequence: Mapped[int]
    reminded_at: Mapped[dt.datetime]
