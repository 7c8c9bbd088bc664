"""What is due, and what came of it: order, payment, refund, cover and receipt are rows. Whether it is settled is read from them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint, exists, func, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.contributions.cover_model import Cover
from certif.contributions.gateway_model import PaymentDispute
from certif.employers import Employer
from certif.kit import clock, tokens
from certif.kit.db import Model
from certif.kit.money import Money
from certif.programs import SIZES, PaymentMethod, Program, ProgramVersion

_UNUSED_LIFE = dt.timedelta(minutes=10)
_LEAST_TIME_TO_PAY = dt.timedelta(minutes=30)


class CheckoutAttempt(Model):
    """A page asked of the payment gateway, for `cents`. Written before the gateway is asked, so that whatever it did is found again.

    Keeps: the address of whoever pays, which the gateway shows them; as long as the contribution.
    """

    __tablename__ = "checkout_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    email: Mapped[str]
    language: Mapped[str]
    back_url: Mapped[str]
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]
    cents: Mapped[int | None]
    session_ref: Mapped[str | None] = mapped_column(unique=True)
    url: Mapped[str | None]
    expires_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None] = mapped_column(index=True)

    contribution: Mapped[Contribution] = relationship(back_populates="attempts")

    @property
    def amount(self) -> Money:
        """What the page asks; the oldest pages asked for the whole contribution."""
        return Money(self.contribution.amount_cents if self.cents is None else self.cents)

    @property
    def idempotency_key(self) -> str:
        """What the gateway knows this attempt by: asked twice, it is the same page."""
        return f"checkout-{self.ref}"

    @property
    def may_be_used(self) -> bool:
        """Whether a person can still be sent to this page; or, when the gateway has not answered yet, whether it may be asked again.

        The gateway repeats its first answer to a key, even an error: after a while another key is better.
        """
        if self.closed_at is not None:
            return False
        if self.expires_at is None:
            return clock.now() < self.opened_at + _UNUSED_LIFE
        return clock.now() < self.expires_at - _LEAST_TIME_TO_PAY


class Payment(Model):
    """Money received. `is_test`: none was, a card of the sandbox or of the gateway's test mode was used."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint("method IN ('card', 'cheque', 'interac', 'cash')", name="method"),
        CheckConstraint("(method = 'card') = (gateway_ref IS NOT NULL)", name="gateway_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    method: Mapped[str]
    cents: Mapped[int]
    currency: Mapped[str]
    is_test: Mapped[bool]
    gateway_ref: Mapped[str | None] = mapped_column(unique=True)
    reference: Mapped[str | None]
    received_on: Mapped[dt.date]
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[str]

    contribution: Mapped[Contribution] = relationship(back_populates="payments")
    refunds: Mapped[list[Refund]] = relationship(order_by="Refund.id", back_populates="payment")
    receipt: Mapped[Receipt | None] = relationship(back_populates="payment")
    dispute: Mapped[PaymentDispute | None] = relationship()

    @property
    def amount(self) -> Money:
        """What was received."""
        return Money(self.cents)

    @property
    def left(self) -> Money:
        """What has not been given back, nor asked to be."""
        return Money(self.cents - sum(refund.cents for refund in self.refunds if refund.counts))

    @property
    def method_label(self) -> object:
        """How it was paid, in the reader's language."""
        return PaymentMethod(self.method).label


class Refund(Model):
    """Money given back, or asked of the gateway to be: `refunded_at` when it was, `failed_at` when it cannot be."""

    __tablename__ = "refund"
    __table_args__ = (CheckConstraint("cents > 0", name="cents"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    cents: Mapped[int]
    reason: Mapped[str]
    asked_at: Mapped[dt.datetime]
    asked_by: Mapped[str]
    gateway_ref: Mapped[str | None] = mapped_column(unique=True)
    refunded_at: Mapped[dt.datetime | None]
    failed_at: Mapped[dt.datetime | None]

    payment: Mapped[Payment] = relationship(back_populates="refunds")

    @property
    def amount(self) -> Money:
        """What is given back."""
        return Money(self.cents)

    @property
    def counts(self) -> bool:
        """Whether this money is no longer ours."""
        return self.failed_at is None


class Receipt(Model):
    """The numbered receipt of a payment or of a cover, in both languages, kept byte for byte. Not an official receipt for tax purposes.

    `sequence` counts from 1 in each program and year, without a hole.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("program_id", "year", "sequence"),
        CheckConstraint("(payment_id IS NULL) <> (cover_id IS NULL)", name="of_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    year: Mapped[int]
    sequence: Mapped[int]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), unique=True)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("cover.id"), unique=True)
    digest_fr: Mapped[str] = mapped_column(ForeignKey("evidence.digest"))
    digest_en: Mapped[str] = mapped_column(ForeignKey("evidence.digest"))
    issued_at: Mapped[dt.datetime]

    payment: Mapped[Payment | None] = relationship(back_populates="receipt")
    cover: Mapped[Cover | None] = relationship(back_populates="receipt")

    @property
    def contribution(self) -> Contribution:
        """What it is the receipt of."""
        found = self.payment or self.cover
        assert found is not None
        return found.contribution

    @property
    def ref(self) -> str:
        """Its public name is its number."""
        return self.number

    def digest(self, language: str) -> str:
        """Give the name of the PDF in `fr` or `en`."""
        return self.digest_en if language == "en" else self.digest_fr

    def file_name(self, language: str) -> str:
        """Give the name of the file in `fr` or `en`."""
        return f"receipt-{self.number}.pdf" if language == "en" else f"recu-{self.number}.pdf"


class Waiver(Model):
    """Nothing is asked of this employer, and why. `number` counts the waivers of a program in a year: a cap cannot be raced past."""

    __tablename__ = "waiver"
    __table_args__ = (UniqueConstraint("program_id", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    year: Mapped[int]
    number: Mapped[int]
    reason: Mapped[str]
    waived_at: Mapped[dt.datetime]
    approved_by: Mapped[str]
    approver: Mapped[str]


class Contribution(Model):
    """What one employer is asked to give, once, in one program. The amount is copied from the version of the program, and never changes.

    `size`: the band of size that set the amount; None where it is the same for all.
    `document_language`: that of its receipts: French, or what was expressly chosen after it.
    """

    __tablename__ = "contribution"
    __table_args__ = (CheckConstraint("amount_cents >= 0", name="amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("program_version.id"))
    amount_cents: Mapped[int]
    size: Mapped[str | None]
    document_language: Mapped[str] = mapped_column(default="fr")
    opened_at: Mapped[dt.datetime]
    opened_by: Mapped[str]

    employer: Mapped[Employer] = relationship()
    program: Mapped[Program] = relationship()
    version: Mapped[ProgramVersion] = relationship()
    attempts: Mapped[list[CheckoutAttempt]] = relationship(order_by=CheckoutAttempt.id, back_populates="contribution")
    payments: Mapped[list[Payment]] = relationship(order_by=Payment.id, back_populates="contribution")
    covers: Mapped[list[Cover]] = relationship(order_by=Cover.id, back_populates="contribution")
    waiver: Mapped[Waiver | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def amount(self) -> Money:
        """What is asked."""
        return Money(self.amount_cents)

    @property
    def received(self) -> Money:
        """What was received and not given back."""
        return sum((payment.left for payment in self.payments), Money(0))

    @property
    def cover(self) -> Cover | None:
        """What a sponsor gives in the employer's place, where one does."""
        return next((cover for cover in self.covers if cover.stands), None)

    @property
    def covered(self) -> Money:
        """What is given in the employer's place."""
        return self.cover.amount if self.cover else Money(0)

    @property
    def due(self) -> Money:
        """What remains to be given."""
        return Money(0) if self.waiver else max(self.amount - self.received - self.covered, Money(0))

    @property
    def overpaid(self) -> Money:
        """What was received beyond what is asked: two pages were paid, or one that a sponsor covered; it should be given back."""
        return max(self.received + self.covered - self.amount, Money(0))

    @property
    def size_label(self) -> str:
        """The band of size that set the amount, in the reader's language; nothing where it is the same for all."""
        return str(SIZES[self.size]) if self.size else ""

    @property
    def receipts(self) -> list[Receipt]:
        """The receipts, the oldest first."""
        found = [payment.receipt for payment in self.payments] + [cover.receipt for cover in self.covers]
        return sorted((receipt for receipt in found if receipt), key=lambda receipt: receipt.id)

    @hybrid_property
    def is_settled(self) -> bool:
        """Whether nothing remains to be given: nothing was asked, it was waived, or enough was received and kept, or covered."""
        return self.due.is_zero

    @is_settled.inplace.expression
    @classmethod
    def _is_settled(cls) -> ColumnElement[bool]:
        received = select(func.coalesce(func.sum(Payment.cents), 0)).where(Payment.contribution_id == cls.id)
        returned = select(func.coalesce(func.sum(Refund.cents), 0)).join(Payment, Refund.payment_id == Payment.id)
        returned = returned.where(Payment.contribution_id == cls.id, Refund.failed_at.is_(None))
        covered = select(func.coalesce(func.sum(Cover.cents), 0)).where(Cover.contribution_id == cls.id, Cover.released_at.is_(None))
        given = received.correlate(cls).scalar_subquery() + covered.correlate(cls).scalar_subquery()
        kept = given - returned.correlate(cls).scalar_subquery()
        return or_(cls.amount_cents == 0, exists().where(Waiver.contribution_id == cls.id), kept >= cls.amount_cents)
