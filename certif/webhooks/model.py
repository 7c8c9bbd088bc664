"""The tables of webhooks: addresses to tell, the secrets that sign, what each is told, and every attempt at it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.accounts import User
from certif.galas import Gala
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.programs import Program

_STANDS = text("lifted_at IS NULL")


class End(StrEnum):
    """What came of an attempt."""

    DELIVERED = "delivered"
    ANSWERED = "answered"
    REDIRECTED = "redirected"
    INSIDE = "inside"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    LATE = "late"
    GARBLED = "garbled"
    SECRET = "secret"  # noqa: S105 — the name of an end


class Webhook(Model):
    """An address of a program of somebody else that is told when something may be read anew: of one gala, or of a whole program.

    `kinds`, of what; `sees_embargoed`, whether it learns that laureates change before the embargo is lifted; `owner`, who is written to
    when it no longer answers.
    """

    __tablename__ = "webhook"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
        Index("ix_webhook_program_id_gala_id", "program_id", "gala_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    gala_id: Mapped[int | None] = mapped_column(ForeignKey("gala.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    label: Mapped[str]
    url: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(JSON)
    sees_embargoed: Mapped[bool]
    registered_at: Mapped[dt.datetime]
    registered_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str | None]

    program: Mapped[Program] = relationship(lazy="joined")
    gala: Mapped[Gala | None] = relationship()
    owner: Mapped[User] = relationship()
    secrets: Mapped[list[WebhookSecret]] = relationship(order_by="WebhookSecret.id.desc()", back_populates="webhook", lazy="selectin")
    halts: Mapped[list[WebhookHalt]] = relationship(order_by="WebhookHalt.id", back_populates="webhook", lazy="selectin")

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def halt(self) -> WebhookHalt | None:
        """Why nothing is sent any more; None while all goes well."""
        return next((one for one in self.halts if one.lifted_at is None), None)

    @property
    def is_told(self) -> bool:
        """Whether anything is sent there."""
        return self.ended_at is None and self.halt is None

    @property
    def live_secrets(self) -> list[WebhookSecret]:
        """The secrets that sign today, the newest first: two for a day after a change."""
        return [one for one in self.secrets if one.expires_at is None or clock.now() < one.expires_at]


class WebhookSecret(Model):
    """What a webhook is signed with, shown once. `sealed` opens with the key of the application alone."""

    __tablename__ = "webhook_secret"

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"), index=True)
    sealed: Mapped[bytes]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]
    expires_at: Mapped[dt.datetime | None]

    webhook: Mapped[Webhook] = relationship(back_populates="secrets")


class WebhookHalt(Model):
    """Nothing is sent to an address any more, until someone lifts it. `why`: `failing`, it did not answer for days; `gone`, it said so."""

    __tablename__ = "webhook_halt"
    __table_args__ = (
        CheckConstraint("why IN ('failing', 'gone')", name="why"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted"),
        Index("uq_webhook_halt_standing", "webhook_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"), index=True)
    why: Mapped[str]
    halted_at: Mapped[dt.datetime]
    lifted_at: Mapped[dt.datetime | None]
    lifted_by: Mapped[str | None]

    webhook: Mapped[Webhook] = relationship(back_populates="halts")


class WebhookMessage(Model):
    """What an address is told, once, whatever the number of attempts: `body`, the very bytes that are signed; `subject`, the row that it
    speaks of; `entry_id`, the last entry of the journal that tells it, None for a test.

    Keeps: names of rows, and of no person; 90 days.
    """

    __tablename__ = "webhook_message"
    __table_args__ = (
        UniqueConstraint("webhook_id", "kind", "subject", "entry_id"),
        Index("ix_webhook_message_webhook_id_made_at", "webhook_id", "made_at"),
        Index("ix_webhook_message_made_at", "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"))
    entry_id: Mapped[int | None]
    kind: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    made_at: Mapped[dt.datetime]

    webhook: Mapped[Webhook] = relationship(lazy="joined")
    attempts: Mapped[list[WebhookAttempt]] = relationship(
        order_by="WebhookAttempt.number", back_populates="message", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def is_delivered(self) -> bool:
        """Whether an attempt succeeded."""
        return any(one.end == End.DELIVERED for one in self.attempts)


class WebhookAttempt(Model):
    """One attempt, by whom it was asked (`system` for those made by themselves), and what came of it. Nothing is kept of what was answered
    but its status.

    Keeps: as long as its message.
    """

    __tablename__ = "webhook_attempt"
    __table_args__ = (UniqueConstraint("message_id", "number"), CheckConstraint("milliseconds >= 0", name="milliseconds"))

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("webhook_message.id"))
    number: Mapped[int]
    end: Mapped[str]
    status: Mapped[int | None]
    milliseconds: Mapped[int]
    asked_by: Mapped[str]
    made_at: Mapped[dt.datetime]

    message: Mapped[WebhookMessage] = relationship(back_populates="attempts")
