"""The accounts of my programs: every payment, refund, waiver and cover of a period, and what they add up to.

What a sponsor covers was not received from the employer, and what a sponsor pays is no contribution: each has a column of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from certif.accounts import names_of
from certif.contributions import Contribution, Cover, Payment, Receipt, Refund, Waiver
from certif.employers import Employer
from certif.kit import clock
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db
from certif.kit.languages import _, _l
from certif.kit.money import Money
from certif.programs import PaymentMethod, Program
from certif.sponsorships import SponsoredSeat, SponsorPayment, Sponsorship, sponsor_method_label
from certif.staff.registers import MOST_EXPORTED, READERS

NOTHING = Money(0)
KINDS = {
    "payment": _l("Paiement"),
    "refund": _l("Remboursement"),
    "waiver": _l("Dispense"),
    "cover": _l("Prise en charge"),
    "release": _l("Retrait d’une prise en charge"),
    "sponsor": _l("Versement d’un commanditaire"),
}
_AMOUNTS = ("received", "refunded", "waived", "covered", "released", "sponsored")


@dataclass(frozen=True)
class Period:
    """What narrows the accounts; both days are included. `program` is a slug."""

    program: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Entry:
    """One entry. `gateway_ref`, what the gateway calls it; `payment_ref`, for a refund, what it calls the payment; `contribution`, the ref
    of the contribution, or of the sponsorship where a sponsor paid."""

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
    covered: Money = NOTHING
    released: Money = NOTHING
    sponsored: Money = NOTHING
    sponsor: str | None = None
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
        if self.method is None:
            return ""
        return sponsor_method_label(self.method) if self.kind == "sponsor" else str(PaymentMethod(self.method).label)

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
    covered: Money
    released: Money
    sponsored: Money
    payments: int
    refunds: int
    waivers: int
    covers: int
    receipts: int

    @property
    def kept(self) -> Money:
        """What was received and not given back; nothing when more went than came in the period."""
        return self.received - self.refunded if self.received > self.refunded else Money(0)

    @property
    def given_by_sponsors(self) -> Money:
        """What was covered and not taken back; nothing when more was taken back than covered in the period."""
        return self.covered - self.released if self.covered > self.released else Money(0)

    def amounts(self) -> list[tuple[str, Money]]:
        """Give the sums, named."""
        names = (_("Reçu"), _("Remboursé"), _("Gardé"), _("Dispensé"), _("Commandité"), _("Versé par les commanditaires"))
        sums = (self.received, self.refunded, self.kept, self.waived, self.given_by_sponsors, self.sponsored)
        return list(zip(names, sums, strict=True))

    def counts(self) -> list[tuple[str, int]]:
        """Give the counts, named."""
        names = (_("Paiements"), _("Remboursements"), _("Dispenses"), _("Prises en charge"), _("Reçus délivrés"))
        return list(zip(names, (self.payments, self.refunds, self.waivers, self.covers, self.receipts), strict=True))


def entries_of(actor: Actor, asked: Period) -> list[Entry]:
    """Give the entries of a period in this person's programs, by day: at most fifty thousand of each kind."""
    found = [
        *_payments(actor, asked), *_refunds(actor, asked), *_waivers(actor, asked), *_covers(actor, asked), *_releases(actor, asked),
        *_sponsors(actor, asked),
    ]  # fmt: skip
    names = {SYSTEM.ref: SYSTEM.name, **names_of(one.by for one in found)}
    named = (replace(one, by=names.get(one.by, one.by)) for one in found)
    return sorted(named, key=lambda one: (one.day, one.employer or one.sponsor or "", one.kind))


def added_up(entries: Iterable[Entry]) -> AccountingTotals:
    """Add entries up."""
    listed: Sequence[Entry] = list(entries)
    sums: list[Any] = [sum((getattr(one, name) for one in listed), NOTHING) for name in _AMOUNTS]
    counts: list[Any] = [sum(one.kind == kind for one in listed) for kind in ("payment", "refund", "waiver", "cover")]
    receipts = len({one.receipt for one in listed if one.receipt and one.kind in {"payment", "cover"}})
    found = (*sums, *counts, receipts)
    return AccountingTotals(*found)


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
    """Give what each waiver spared: what remained due on that day, once covers, payments and what went back are reckoned with."""
    stood = Cover.covered_at <= Waiver.waived_at, or_(Cover.released_at.is_(None), Cover.released_at > Waiver.waived_at)
    covered = select(func.coalesce(func.sum(Cover.cents), 0)).where(Cover.contribution_id == Contribution.id, *stood)
    came = select(func.coalesce(func.sum(Payment.cents), 0))
    came = came.where(Payment.contribution_id == Contribution.id, Payment.recorded_at <= Waiver.waived_at)
    back = select(func.coalesce(func.sum(Refund.cents), 0)).join(Payment, Refund.payment_id == Payment.id)
    back = back.where(Payment.contribution_id == Contribution.id, Refund.asked_at <= Waiver.waived_at, Refund.failed_at.is_(None))
    given, returned = (one.correlate(Contribution, Waiver).scalar_subquery() for one in (came, back))
    spared = Contribution.amount_cents - covered.correlate(Contribution, Waiver).scalar_subquery() - given + returned
    found = _of(actor, asked, spared.label("cents"), Waiver.waived_at.label("at"), Waiver.approver.label("by"))
    found = found.join(Waiver, Waiver.contribution_id == Contribution.id).where(*_between(Waiver.waived_at.expression, asked))
    rows = db.session.execute(found.limit(MOST_EXPORTED))
    return [_entry(row, _local(row.at), "waiver", waived=Money(int(row.cents))) for row in rows]


def _covers(actor: Actor, asked: Period) -> list[Entry]:
    found = _of(actor, asked, Cover.cents, Cover.covered_at.label("at"), Cover.covered_by.label("by"), Receipt.number, Sponsorship.sponsor)
    rows = db.session.execute(_with_sponsor(found).where(*_between(Cover.covered_at.expression, asked)).limit(MOST_EXPORTED))
    return [_entry(row, _local(row.at), "cover", covered=Money(row.cents), receipt=row.number, sponsor=row.sponsor) for row in rows]


def _releases(actor: Actor, asked: Period) -> list[Entry]:
    found = _of(
        actor, asked, Cover.cents, Cover.released_at.label("at"), Cover.released_by.label("by"), Receipt.number, Sponsorship.sponsor
    )
    found = _with_sponsor(found).where(Cover.released_at.is_not(None), *_between(Cover.released_at.expression, asked))
    rows = db.session.execute(found.limit(MOST_EXPORTED))
    return [_entry(row, _local(row.at), "release", released=Money(row.cents), receipt=row.number, sponsor=row.sponsor) for row in rows]


def _with_sponsor(found: Select[Any]) -> Select[Any]:
    return (
        found.join(Cover, Cover.contribution_id == Contribution.id)
        .join(SponsoredSeat, SponsoredSeat.cover_id == Cover.id)
        .join(Sponsorship, Sponsorship.id == SponsoredSeat.sponsorship_id)
        .outerjoin(Receipt, Receipt.cover_id == Cover.id)
    )


def _sponsors(actor: Actor, asked: Period) -> list[Entry]:
    """Give what sponsors paid: of no employer, and of no contribution in particular."""
    held = actor.program_ids(*READERS)
    found = (
        select(SponsorPayment, Sponsorship, Program.name)
        .join(Sponsorship, Sponsorship.id == SponsorPayment.sponsorship_id)
        .join(Program, Program.id == Sponsorship.program_id)
        .where(Sponsorship.program_id.in_(held) if held is not None else true(), Program.slug == asked.program if asked.program else true())
        .where(SponsorPayment.received_on >= asked.since if asked.since else true())
        .where(SponsorPayment.received_on <= asked.until if asked.until else true())
    )
    return [
        Entry(
            day=paid.received_on, kind="sponsor", program=name, employer="", neq=None, contribution=of.ref, by=paid.noted_by,
            sponsored=paid.amount, sponsor=of.sponsor, method=paid.method, reference=paid.reference,
        )
        for paid, of, name in db.session.execute(found.limit(MOST_EXPORTED))
    ]  # fmt: skip


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
