"""Who people are here: persons, what they were granted, the ways they sign in, and the sessions they have open."""

from __future__ import annotations

import datetime as dt
import unicodedata
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, and_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from certif.kit import clock, tokens
from certif.kit.access import STAFF, Role
from certif.kit.db import Model
from certif.kit.languages import _l
from certif.programs import Program
from certif.territory import Partner

LINK_LIFE = dt.timedelta(minutes=15)
"""How long a link and its code may be used. Source: OWASP ASVS 5.0, 6.5.5."""

STAFF_IDLE, STAFF_LONGEST = dt.timedelta(minutes=30), dt.timedelta(hours=12)
EMPLOYER_IDLE, EMPLOYER_LONGEST = dt.timedelta(days=14), dt.timedelta(days=90)
FRESH = dt.timedelta(minutes=15)
"""How long a proof of identity allows sensitive changes: address, second factor, passkeys."""

ROLE_LABELS = {
    Role.ADMIN: _l("Administration provinciale"),
    Role.MANAGER: _l("Gestion régionale"),
    Role.AGENT: _l("Agente ou agent régional"),
    Role.PARTNER: _l("Partenaire"),
}

_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}

_IN_FORCE = text("revoked_at IS NULL")
_ADMIN_IN_FORCE = text("revoked_at IS NULL AND program_id IS NULL")
_PROGRAM_IN_FORCE = text("revoked_at IS NULL AND program_id IS NOT NULL AND partner_id IS NULL")
_PLACES = (
    "(role = 'admin' AND program_id IS NULL AND partner_id IS NULL)"
    " OR (role IN ('manager', 'agent') AND program_id IS NOT NULL AND partner_id IS NULL)"
    " OR (role = 'partner' AND program_id IS NOT NULL AND partner_id IS NOT NULL)"
)


class Purpose(StrEnum):
    """Why an address is being proven."""

    SIGN_IN = "sign_in"
    REGISTRATION = "registration"
    INVITATION = "invitation"
    IDENTITY = "identity"
    NEW_ADDRESS = "new_address"


class _RoleName(TypeDecorator[Role]):
    """A role, kept as its name."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Role | None, dialect: Any) -> str | None:
        return value.value if value else None

    def process_result_value(self, value: str | None, dialect: Any) -> Role | None:
        return Role(value) if value else None


def folded_email(email: str) -> str:
    """Give an address as it is kept and compared: composed, lower case, without blanks around."""
    return unicodedata.normalize("NFC", email).strip().lower()


class User(Model):
    """A person with an account. `email` is folded; `name` is empty until it is known.

    Keeps: name, address and language, as long as the account is open, then as the retention schedule says; why: to know who acts, and to
    write to them.
    """

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fr")
    created_at: Mapped[dt.datetime]
    disabled_at: Mapped[dt.datetime | None]
    disabled_by: Mapped[str | None]

    @property
    def shown_name(self) -> str:
        """The name, or the address while no name is known."""
        return self.name or self.email


class Grant(Model):
    """A role that a person holds, from `granted_at` to `revoked_at`: administrators everywhere, others in a program, partners for one body.

    Keeps: who could do what and when, as long as the journal; why: to answer for decisions.
    """

    __tablename__ = "grant"
    __table_args__ = (
        CheckConstraint(_PLACES, name="place"),
        Index("uq_grant_admin_in_force", "user_id", "role", unique=True, sqlite_where=_ADMIN_IN_FORCE, postgresql_where=_ADMIN_IN_FORCE),
        Index(
            "uq_grant_program_in_force", "user_id", "role", "program_id",
            unique=True, sqlite_where=_PROGRAM_IN_FORCE, postgresql_where=_PROGRAM_IN_FORCE,
        ),
        Index(
            "uq_grant_partner_in_force", "user_id", "role", "program_id", "partner_id",
            unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[Role] = mapped_column(_RoleName)
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    granted_at: Mapped[dt.datetime]
    granted_by: Mapped[str]
    revoked_at: Mapped[dt.datetime | None]
    revoked_by: Mapped[str | None]

    user: Mapped[User] = relationship()
    program: Mapped[Program | None] = relationship()
    partner: Mapped[Partner | None] = relationship()

    @property
    def label(self) -> str:
        """The role, in the reader's language."""
        return str(ROLE_LABELS[self.role])

    @property
    def scope(self) -> str | None:
        """The program whose staff may read of it."""
        return self.program.ref if self.program else None

    @staticmethod
    def in_force() -> ColumnElement[bool]:
        """Give the condition that a grant counts now."""
        return Grant.revoked_at.is_(None)


class StaffInvitation(Model):
    """Someone is invited to hold a role. Accepted once the invited address is proven; only the digest of the link's token is here.

    Keeps: name and address, until 30 days after it was accepted or ran out; why: to let that person, and nobody else, in.
    """

    __tablename__ = "staff_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    email: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    language: Mapped[str]
    role: Mapped[Role] = mapped_column(_RoleName)
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    token_digest: Mapped[str] = mapped_column(unique=True)
    invited_at: Mapped[dt.datetime]
    invited_by: Mapped[str]
    valid_until: Mapped[dt.datetime]
    accepted_at: Mapped[dt.datetime | None]
    withdrawn_at: Mapped[dt.datetime | None]

    program: Mapped[Program | None] = relationship()
    partner: Mapped[Partner | None] = relationship()

    @property
    def label(self) -> str:
        """The role, in the reader's language."""
        return str(ROLE_LABELS[self.role])

    @property
    def scope(self) -> str | None:
        """The program whose staff may read of it."""
        return self.program.ref if self.program else None

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and clock.now() < self.valid_until

    @staticmethod
    def still_open() -> ColumnElement[bool]:
        """Give the condition that it can still be accepted."""
        return and_(
            StaffInvitation.accepted_at.is_(None), StaffInvitation.withdrawn_at.is_(None), StaffInvitation.valid_until > clock.now()
        )


class SignInLink(Model):
    """A link and a six-digit code sent to one address for one purpose. Only the newest of an address and a purpose works, once.

    An unknown address gets a row like any other, with no user: same work, same answer. Only digests are kept.

    Keeps: an address, seven days; why: to bound the letters sent to it.
    """

    __tablename__ = "sign_in_link"
    __table_args__ = (Index("ix_sign_in_link_newest", "email", "purpose", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    email: Mapped[str]
    purpose: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("staff_invitation.id"))
    token_digest: Mapped[str] = mapped_column(unique=True)
    code_digest: Mapped[str]
    next_path: Mapped[str]
    sent_at: Mapped[dt.datetime] = mapped_column(index=True)
    valid_until: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]

    user: Mapped[User | None] = relationship()
    invitation: Mapped[StaffInvitation | None] = relationship()


class UserSession(Model):
    """One browser in which a person is signed in. The cookie holds the token; its digest is here, and changes at each gain of power.

    `proved_at`: when the person last showed to be who they say; `second_factor_at`: when they last gave a second factor in this session.

    Keeps: instants and the browser's own description of itself, 90 days after the end; why: for people to see and end their sessions.
    """

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime] = mapped_column(index=True)
    proved_at: Mapped[dt.datetime]
    second_factor_at: Mapped[dt.datetime | None]
    agent: Mapped[str]
    ended_at: Mapped[dt.datetime | None]

    user: Mapped[User] = relationship()

    def is_alive(self, *, staff: bool) -> bool:
        """Whether it still counts: not ended, not idle for too long, not too old. Staff have shorter limits."""
        idle, longest = (STAFF_IDLE, STAFF_LONGEST) if staff else (EMPLOYER_IDLE, EMPLOYER_LONGEST)
        at = clock.now()
        return self.ended_at is None and at < self.last_seen_at + idle and at < self.created_at + longest

    @property
    def device(self) -> str:
        """The browser and the system, as far as they say."""
        found = [next((name for mark, name in names.items() if mark in self.agent), "") for names in (_BROWSERS, _SYSTEMS)]
        return " · ".join(filter(None, found))


assert frozenset(ROLE_LABELS) == frozenset(STAFF)
