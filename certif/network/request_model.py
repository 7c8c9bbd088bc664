"""The tables of what others ask of us and tell us: requests for support, and consultations on a draft."""

from __future__ import annotations

import datetime as dt
import json
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.employers import Employer
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.network.model import BodyContact
from certif.programs import Program


def digest_of(clauses: list[dict[str, Any]]) -> str:
    """Give the SHA-256 of the clauses of a draft, in hexadecimal."""
    return tokens.digest(json.dumps(clauses, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


class AskerKind(StrEnum):
    """For whom somebody asks."""

    SCHOOL = "school"
    PARTNER = "partner"
    EMPLOYER = "employer"
    OTHER = "other"


ASKER_KINDS = {
    AskerKind.SCHOOL: _l("Un milieu scolaire"),
    AskerKind.PARTNER: _l("Un organisme partenaire"),
    AskerKind.EMPLOYER: _l("Un employeur"),
    AskerKind.OTHER: _l("Un autre milieu"),
}


class SupportRequest(Model):
    """Somebody asks to be supported (*accompagnement*): advice, a workshop, help with an event.

    Keeps: name, address, telephone and words of who asked, until 90 days after the request is settled, a year where nobody settles it;
    why: to answer. The kind of asker, the organisation and the days stay, to be counted.
    """

    __tablename__ = "support_request"
    __table_args__ = (
        Index("ix_support_request_program_id_asked_at", "program_id", "asked_at"),
        CheckConstraint("asker IN ('school', 'partner', 'employer', 'other')", name="asker"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    asker: Mapped[str]
    organisation: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str | None]
    words: Mapped[str]
    language: Mapped[str]
    asked_at: Mapped[dt.datetime]

    program: Mapped[Program] = relationship()
    settlement: Mapped[SupportSettlement | None] = relationship(back_populates="request")
    assignments: Mapped[list[SupportAssignment]] = relationship(order_by="SupportAssignment.id")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def asker_label(self) -> object:
        """For whom it is asked, in words."""
        return ASKER_KINDS[AskerKind(self.asker)]

    @property
    def follower(self) -> str | None:
        """Who follows it now; None while nobody does."""
        return self.assignments[-1].name if self.assignments else None


class SupportAssignment(Model):
    """A request was given to somebody of the team, or to an expert of the register. The last counts."""

    __tablename__ = "support_assignment"
    __table_args__ = (CheckConstraint("(user_id IS NULL) <> (expert_id IS NULL)", name="one_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("support_request.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    expert_id: Mapped[int | None] = mapped_column(ForeignKey("body_contact.id"), index=True)
    assigned_at: Mapped[dt.datetime]
    assigned_by: Mapped[str]

    user: Mapped[User | None] = relationship()
    expert: Mapped[BodyContact | None] = relationship()

    @property
    def name(self) -> str:
        """Whom it was given to."""
        if self.user is not None:
            return self.user.shown_name
        assert self.expert is not None
        return f"{self.expert.name or '…'} ({self.expert.body.name})"


class SupportSettlement(Model):
    """What became of a request: answered by letter (`answer`), or closed without one; `note` is for colleagues. Once."""

    __tablename__ = "support_settlement"
    __table_args__ = (Index("ix_support_settlement_settled_at", "settled_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("support_request.id"), unique=True)
    answer: Mapped[str]
    note: Mapped[str]
    settled_at: Mapped[dt.datetime]
    settled_by: Mapped[str]
    settler: Mapped[str]

    request: Mapped[SupportRequest] = relationship(back_populates="settlement")


class Consultation(Model):
    """A round of comments on a draft of the program, from a day to a day, both included. `clauses`, the draft as it was that day: keys and
    words in both languages; `digest`, their SHA-256. The draft may change since: what is commented does not."""

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="order"),
        CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
        Index("ix_consultation_opened_at", "opened_at", "ref"),
        Index(
            "uq_consultation_open", "program_id", unique=True,
            sqlite_where=text("closed_at IS NULL"), postgresql_where=text("closed_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    clauses: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    digest: Mapped[str]
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date]
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]
    summary: Mapped[str]
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[str | None]

    program: Mapped[Program] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def is_intact(self) -> bool:
        """Whether the words that are shown are those that were frozen."""
        return digest_of(self.clauses) == self.digest

    @property
    def is_open(self) -> bool:
        """Whether comments are taken today."""
        return self.closed_at is None and self.opens_on <= clock.today() <= self.closes_on


class ConsultationInvitation(Model):
    """An employer was asked what it thinks, by a link of its own.

    Keeps: the digest of a link, as long as the consultation; why: to know who was heard. The address is the employer’s, and is not here.
    """

    __tablename__ = "consultation_invitation"
    __table_args__ = (UniqueConstraint("consultation_id", "employer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    link_digest: Mapped[str | None] = mapped_column(unique=True)
    invited_at: Mapped[dt.datetime]
    invited_by: Mapped[str]
    answered_at: Mapped[dt.datetime | None]

    consultation: Mapped[Consultation] = relationship()
    employer: Mapped[Employer] = relationship()


class ConsultationComment(Model):
    """What an invited employer says of a clause (`clause`, its key); said again, it replaces what was said."""

    __tablename__ = "consultation_comment"
    __table_args__ = (UniqueConstraint("invitation_id", "clause"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("consultation_invitation.id"))
    clause: Mapped[str]
    words: Mapped[str]
    said_at: Mapped[dt.datetime]

    invitation: Mapped[ConsultationInvitation] = relationship()
