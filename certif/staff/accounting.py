"""The accounts of my programs: every payment, refund and waiver of a period, with what the gateway calls it, and what they add up to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true

from certif.contributions import Contribution, Payment, Receipt, Refund, Waiver
from certif.employers import Employer
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.languages import _, _l
from certif.kit.money import Money
from certif.programs import PaymentMethod, Program
from certif.staff.registers import MOST_EXPORTED, READERS

NOTHING = Money(0)
KINDS = {"payment": _l("Paiement"), "refund": _l("Remboursement"), "waiver": _l("Dispense")}


@dataclass(frozen=True)
class Period:
    """What narrows the accounts; both days are included. `program` is a slug."""

    program: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Entry:
    """One entry. `gateway_ref`, what the gateway calls it; `payment_ref`, for a refund, what it calls the payment."""

    day: dt.date
    kind: str
    program: str
    employer: str
    neq: str | None
    contribution: str
    by: str
    received: Money = NOTHING
    refunded: Money = NOTHING
    waived: Money = NOTHING
    method: str | None = None
    receipt: str | None = None
    gateway_ref: str | None = None
    payment_ref: str | None = None
    reference: str | None = None
    is_pending: bool = False
    is_test: bool = False

    @property
    def kind_label(self) -> str:
        """What it is, in the reader's language."""
        return str(KINDS[self.kind])

    @property
    def method_label(self) -> str:
        """How it was paid, in the reader's language."""
        return str(PaymentMethod(self.method).label) if self.method else ""

    @property
    def state_label(self) -> str:
        """Whether the gateway has confirmed it, in the reader's language."""
        return str(_("demandé") if self.is_pending else _("fait"))


@dataclass(frozen=True)
class AccountingTotals:
    """What entries add up to."""

    received: Money
    refunded: Money
    waived: Money
    payments: int
    refunds: int
    waivers: int
    receipts: int

    @property
    def kept(self) -> Money:
        """What was received and not given back; nothing when more went than came in the period."""
        return self.received - self.refunded if self.received > self.refunded else Money(0)

    def amounts(self) -> list[tuple[str, Money]]:
        """Give the sums, named."""
        names = (_("Reçu"), _("Remboursé"), _("Gardé"), _("Dispensé"))
        return list(zip(names, (self.received, self.refunded, self.kept, self.waived), strict=True))

    def counts(self) -> list[tuple[str, int]]:
        """Give the counts, named."""
        names = (_("Paiements"), _("Remboursements"), _("Dispenses"), _("Reçus délivrés"))
        return list(zip(names, (self.payments, self.refunds, self.waivers, self.receipts), strict=True))


def entries_of(actor: Actor, asked: Period) -> list[Entry]:
    """Give the entries of a period in this person's programs, by day: at most fifty thousand of each kind."""
    found = [*_payments(actor, asked), *_refunds(actor, asked), *_waivers(actor, asked)]
    return sorted(found, key=lambda one: (one.day, one.employer, one.kind))


def added_up(entries: Iterable[Entry]) -> AccountingTotals:
    """Add entries up."""
    listed: Sequence[Entry] = list(entries)
    received, refunded, waived = (sum((getattr(one, name) for one in listed), NOTHING) for name in ("received", "refunded", "waived"))
    payments, refunds, waivers = (sum(one.kind == kind for one in listed) for kind in KINDS)
    receipts = len({one.receipt for one in listed if one.receipt and one.kind == "payment"})
    return AccountingTotals(received, refunded, waived, payments, refunds, waivers, receipts)


def _payments(actor: Actor, asked: Period) -> list[Entry]:
    found = _of(actor, asked, Payment.method, Payment.cents, Payment.received_on.label("day"), Payment.gateway_ref, Payment.reference,
                Payment.is_test, Payment.recorded_by.label("by"), Receipt.number)  # fmt: skip
    found = found.join(Payment, Payment.contribution_id == Contribution.id).outerjoin(Receipt, Receipt.payment_id == Payment.id)
    days = [Payment.received_on >= asked.since if asked.since else true(), Payment.received_on <= asked.until if asked.until else true()]
    return [
        _entry(
            row, row.day, "payment", received=Money(row.cents), method=row.method, receipt=row.number, gateway_ref=row.gateway_ref,
            reference=row.reference, is_test=row.is_test,
        )
        for row in db.session.execute(found.where(*days).limit(MOST_EXPORTED))
    ]  # fmt: skip


def _refunds(actor: Actor, asked: Period) -> list[Entry]:
    at: ColumnElement[dt.datetime] = func.coalesce(Refund.refunded_at, Refund.asked_at)
    found = _of(actor, asked, Payment.method, Refund.cents, at.label("at"), Refund.gateway_ref, Refund.refunded_at, Payment.is_test,
                Payment.gateway_ref.label("payment_ref"), Refund.asked_by.label("by"), Receipt.number)  # fmt: skip
    found = (
        found.join(Payment, Payment.contribution_id == Contribution.id)
        .join(Refund, Refund.payment_id == Payment.id)
        .outerjoin(Receipt, Receipt.payment_id == Payment.id)
        .where(Refund.failed_at.is_(None), *_between(at, asked))
    )
    return [
        _entry(
            row, _local(row.at), "refund", refunded=Money(row.cents), method=row.method, receipt=row.number, gateway_ref=row.gateway_ref,
            payment_ref=row.payment_ref, is_pending=row.refunded_at is None, is_test=row.is_test,
        )
        for row in db.session.execute(found.limit(MOST_EXPORTED))
    ]  # fmt: skip


def _waivers(actor: Actor, asked: Period) -> list[Entry]:
    found = _of(actor, asked, Contribution.amount_cents, Waiver.waived_at.label("at"), Waiver.approver.label("by"))
    found = found.join(Waiver, Waiver.contribution_id == Contribution.id).where(*_between(Waiver.waived_at.expression, asked))
    rows = db.session.execute(found.limit(MOST_EXPORTED))
    return [_entry(row, _local(row.at), "waiver", waived=Money(row.amount_cents)) for row in rows]


def _of(actor: Actor, asked: Period, *columns: Any) -> Select[Any]:
    """Select from the contributions of this person's programs."""
    held = actor.program_ids(*READERS)
    return (
        select(
            Program.name.label("program"), Employer.trade_name, Employer.legal_name, Employer.neq, Contribution.ref.label("contribution"),
            *columns,
        )
        .select_from(Contribution)
        .join(Employer, Employer.id == Contribution.employer_id)
        .join(Program, Program.id == Contribution.program_id)
        .where(Contribution.program_id.in_(held) if held is not None else true())
        .where(Program.slug == asked.program if asked.program else true())
    )  # fmt: skip


def _between(at: ColumnElement[Any], asked: Period) -> list[ColumnElement[bool]]:
    found = []
    if asked.since:
        found.append(at >= clock.midnight(asked.since))
    if asked.until:
        found.append(at < clock.midnight(asked.until + dt.timedelta(days=1)))
    return found


def _entry(row: Any, day: dt.date, kind: str, **told: Any) -> Entry:
    return Entry(
        day=day, kind=kind, program=row.program, employer=row.trade_name or row.legal_name, neq=row.neq, contribution=row.contribution,
        by=row.by, **told,
    )  # fmt: skip


def _local(at: dt.datetime) -> dt.date:
    return at.astimezone(clock.TORONTO).date()
