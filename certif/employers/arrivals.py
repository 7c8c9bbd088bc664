"""What is on its way in: registrations not yet finished, requests to join, invitations. Each is kept for a while only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.employers.kinds import ROLES, MemberRole
from certif.employers.model import Employer
from certif.kit import clock, tokens
from certif.kit.db import Model

_UNDECIDED = text("decided_at IS NULL")


class RegistrationDraft(Model):
    """What someone has answered so far. The browser's cookie holds the token; only its digest is here.

    `employer` is what it became; `data` is then empty.

    Keeps: what was typed, the contact's name, address and telephone included, 30 days after the last change; why: so that nothing
    typed is lost.
    """

    __tablename__ = "registration_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    resume_digest: Mapped[str | None] = mapped_column(unique=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    started_at: Mapped[dt.datetime]
    saved_at: Mapped[dt.datetime] = mapped_column(index=True)
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"))

    employer: Mapped[Employer | None] = relationship()

    def answer(self, name: str) -> Any:
        """What was answered to `name`, or None."""
        return self.data.get(name)

    @property
    def name(self) -> str:
        """The name the public will know; empty while unknown."""
        return str(self.data.get("trade_name") or self.data.get("legal_name", ""))

    @property
    def establishments(self) -> list[dict[str, str]]:
        """The places of work given so far; the first one is the main one."""
        return list(self.data.get("establishments", []))

    @property
    def contact_email(self) -> str:
        """The address to be proven before anything is registered; empty while unknown."""
        return str(self.data.get("contact_email", ""))

    @property
    def proven_email(self) -> str:
        """The contact's address, if whoever gave it has shown to read what is sent there; else empty."""
        return self.contact_email if self.data.get("proven") == tokens.digest(self.contact_email) else ""

    @property
    def wants_no_reminder(self) -> bool:
        """Whether the contact asked not to be reminded."""
        return bool(self.data.get("no_reminder"))

    @property
    def contact_name(self) -> str:
        """The name of the contact; empty while unknown."""
        return str(self.data.get("contact_name", ""))

    @property
    def language(self) -> str:
        """The language of letters to the contact."""
        return str(self.data.get("language", "fr"))

    @property
    def step(self) -> str:
        """The endpoint of the first page that still lacks its answers; `check_answers` when none does."""
        done = {"start": "legal_name", "describe": "kind", "list_places": "establishments", "give_contact": "contact_email contact_role"}
        return next((step for step, proof in done.items() if not all(self.data.get(name) for name in proof.split())), "check_answers")

    @property
    def is_complete(self) -> bool:
        """Whether every page has been answered."""
        return self.step == "check_answers"


class DraftReminder(Model):
    """The contact of a registration on its way was reminded of it. Once of each kind; forgotten with the registration."""

    __tablename__ = "draft_reminder"
    __table_args__ = (UniqueConstraint("draft_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("registration_draft.id"))
    kind: Mapped[str]
    reminded_at: Mapped[dt.datetime]


class JoinRequest(Model):
    """Someone says that they work for an employer already registered. One undecided request for an address.

    Keeps: name, address and message, until 30 days after the decision, a year without one; why: for an owner to know who asks.
    """

    __tablename__ = "join_request"
    __table_args__ = (
        Index("uq_join_request_undecided", "employer_id", "email", unique=True, sqlite_where=_UNDECIDED, postgresql_where=_UNDECIDED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    name: Mapped[str]
    email: Mapped[str]
    message: Mapped[str]
    language: Mapped[str]
    asked_at: Mapped[dt.datetime]
    is_accepted: Mapped[bool | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[str | None]

    employer: Mapped[Employer] = relationship()


class MemberInvitation(Model):
    """A person is invited to act for an employer. Only the digest of the link's token is here.

    Keeps: name and address, until 30 days after it was accepted or ran out; why: to let that person, and nobody else, in.
    """

    __tablename__ = "member_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    name: Mapped[str]
    email: Mapped[str]
    role: Mapped[str]
    language: Mapped[str]
    token_digest: Mapped[str] = mapped_column(unique=True)
    invited_at: Mapped[dt.datetime]
    invited_by: Mapped[str]
    valid_until: Mapped[dt.datetime]
    accepted_at: Mapped[dt.datetime | None]
    withdrawn_at: Mapped[dt.datetime | None]

    employer: Mapped[Employer] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and clock.now() < self.valid_until

    @property
    def role_label(self) -> str:
        """What this person will be able to do, in the reader's language."""
        return str(ROLES[MemberRole(self.role)])
