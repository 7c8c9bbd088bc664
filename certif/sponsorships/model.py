"""What a sponsor offers, what it paid, who was covered, and when it was stopped: each a row."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.contributions import Cover
from certif.kit import tokens
from certif.kit.db import Model
from certif.kit.languages import folded
from certif.kit.money import Money
from certif.programs import Program
from certif.sponsorships.kinds import SPONSOR_KINDS, SponsorKind, sponsor_method_label
from certif.territory import Mrc, sector

_METHODS = "method IN ('invoice', 'cheque', 'transfer')"
_KINDS = "kind IN ('mrc', 'municipality', 'chamber', 'other')"


class SponsorshipMrc(Model):
    """A sponsorship is for the employers of this MRC, and of the others it names."""

    __tablename__ = "sponsorship_mrc"

    sponsorship_id: Mapped[int] = mapped_column(ForeignKey("sponsorship.id"), primary_key=True)
    mrc_id: Mapped[int] = mapped_column(ForeignKey("mrc.id"), primary_key=True, index=True)


class Sponsorship(Model):
    """A number of contributions, or an amount, that a sponsor gives to the employers of a program, and the code that they type.

    Takes: `seats` or `budget_cents`, the one that bounds it; `percent`, the share of each contribution that it covers, and `most_cents`,
    at most so much of each; MRC and `municipalities`, where it is used (none of both: everywhere in the program); `sector`, a SCIAN code;
    `sight`, what the sponsor's own link ends with; `shows_name`, whether the employers it helps read who it is.

    Keeps: the name and the address of a contact at the sponsor's, as long as the accounts of the program.
    """

    __tablename__ = "sponsorship"
    __table_args__ = (
        CheckConstraint(_KINDS, name="kind"),
        CheckConstraint(
            "(seats IS NULL) <> (budget_cents IS NULL) AND (seats IS NULL OR seats > 0) AND (budget_cents IS NULL OR budget_cents > 0)",
            name="bound",
        ),
        CheckConstraint("percent BETWEEN 1 AND 100 AND (most_cents IS NULL OR most_cents > 0)", name="share"),
        CheckConstraint("valid_until >= valid_from", name="days"),
        Index("ix_sponsorship_program_id_recorded_at", "program_id", "recorded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    code: Mapped[str] = mapped_column(unique=True)
    sight: Mapped[str] = mapped_column(unique=True, default=tokens.ref)
    sponsor: Mapped[str]
    kind: Mapped[str]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    language: Mapped[str]
    seats: Mapped[int | None]
    budget_cents: Mapped[int | None]
    percent: Mapped[int]
    most_cents: Mapped[int | None]
    municipalities: Mapped[list[str]] = mapped_column(JSON)
    sector: Mapped[str | None]
    valid_from: Mapped[dt.date]
    valid_until: Mapped[dt.date]
    shows_name: Mapped[bool]
    reference: Mapped[str | None]
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[str]
    recorder: Mapped[str]

    program: Mapped[Program] = relationship()
    mrcs: Mapped[list[Mrc]] = relationship(secondary="sponsorship_mrc", order_by=Mrc.name)
    payments: Mapped[list[SponsorPayment]] = relationship(order_by="SponsorPayment.id", back_populates="sponsorship")
    stop: Mapped[SponsorshipStop | None] = relationship()

    @property
    def scope(self) -> str:
        """The program whose staff follow it in the journal."""
        return self.program.ref

    @property
    def kind_label(self) -> str:
        """What the sponsor is, in the reader's language."""
        return str(SPONSOR_KINDS[SponsorKind(self.kind)])

    @property
    def shown_code(self) -> str:
        """The code as it is printed: two groups of five."""
        return f"{self.code[:5]}-{self.code[5:]}"

    @property
    def payer(self) -> str | None:
        """Who the employers read that it is; None where it would rather not be named."""
        return self.sponsor if self.shows_name else None

    @property
    def budget(self) -> Money | None:
        """The amount that bounds it, where an amount does."""
        return None if self.budget_cents is None else Money(self.budget_cents)

    @property
    def most(self) -> Money | None:
        """At most so much of each contribution."""
        return None if self.most_cents is None else Money(self.most_cents)

    @property
    def covers_all(self) -> bool:
        """Whether nothing is left to the employer."""
        return self.percent == 100 and self.most_cents is None

    @property
    def paid(self) -> Money:
        """What the sponsor has paid."""
        return sum((payment.amount for payment in self.payments), Money(0))

    @property
    def sector_name(self) -> str:
        """The sector it is for, in the reader's language; nothing where it is for all."""
        return sector(self.sector).name if self.sector else ""

    def share_of(self, asked: Money) -> Money:
        """Give how much of a contribution it covers: its percent, to the nearest cent, and no more than its most."""
        share = Money((asked.cents * self.percent + 50) // 100)
        return share if self.most is None else min(share, self.most)

    def is_for_place(self, municipality: str, mrc: Mrc) -> bool:
        """Whether it is for the employers of a place."""
        if not self.mrcs and not self.municipalities:
            return True
        return mrc in self.mrcs or folded(municipality) in {folded(name) for name in self.municipalities}


class SponsoredSeat(Model):
    """An employer was covered. `number` counts from 1 in each sponsorship: two at once cannot take the same."""

    __tablename__ = "sponsored_seat"
    __table_args__ = (UniqueConstraint("sponsorship_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sponsorship_id: Mapped[int] = mapped_column(ForeignKey("sponsorship.id"))
    number: Mapped[int]
    cover_id: Mapped[int] = mapped_column(ForeignKey("cover.id"), unique=True)

    sponsorship: Mapped[Sponsorship] = relationship()
    cover: Mapped[Cover] = relationship()


class SponsorPayment(Model):
    """Money that came from a sponsor."""

    __tablename__ = "sponsor_payment"
    __table_args__ = (CheckConstraint("cents > 0", name="cents"), CheckConstraint(_METHODS, name="method"))

    id: Mapped[int] = mapped_column(primary_key=True)
    sponsorship_id: Mapped[int] = mapped_column(ForeignKey("sponsorship.id"), index=True)
    method: Mapped[str]
    cents: Mapped[int]
    reference: Mapped[str | None]
    received_on: Mapped[dt.date]
    noted_at: Mapped[dt.datetime]
    noted_by: Mapped[str]

    sponsorship: Mapped[Sponsorship] = relationship(back_populates="payments")

    @property
    def amount(self) -> Money:
        """What came."""
        return Money(self.cents)

    @property
    def method_label(self) -> str:
        """How it came, in the reader's language."""
        return sponsor_method_label(self.method)


class SponsorshipStop(Model):
    """Nobody else is covered from now on, and why. What was given stays."""

    __tablename__ = "sponsorship_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    sponsorship_id: Mapped[int] = mapped_column(ForeignKey("sponsorship.id"), unique=True)
    reason: Mapped[str]
    stopped_at: Mapped[dt.datetime]
    stopped_by: Mapped[str]
    stopper: Mapped[str]
