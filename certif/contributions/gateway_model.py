"""What is remembered of the gateway besides payments: its notices, disputes, and reminders to those who left it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from certif.kit.db import Model


class CheckoutReminder(Model):
    """Someone who left the page of the gateway without paying was written to: once for each contribution."""

    __tablename__ = "checkout_reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("checkout_attempt.id"))
    reminded_at: Mapped[dt.datetime]


class PaymentDispute(Model):
    """The owner of the card contests a payment at their bank."""

    __tablename__ = "payment_dispute"

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), unique=True)
    noticed_at: Mapped[dt.datetime]


class GatewayEvent(Model):
    """A genuine notice from the gateway, written with what came of it: it has its effect once."""

    __tablename__ = "gateway_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    received_at: Mapped[dt.datetime]
