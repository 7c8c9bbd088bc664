"""The journal, the letters and the contributions of my programs: bounded first, then searched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from werkzeug.exceptions import NotFound

from certif.contributions import KEEPERS, Contribution, Cover, Payment, Refund, Waiver
from certif.employers import Employer
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.kit.money import Money
from certif.kit.outbox import Letter
from certif.kit.paging import PAGE, Slice, cut, read_cursor
from certif.programs import Program
from certif.staff.queries import is_named

READERS = KEEPERS
"""Who reads the registers of a whole program. A partner does not: it follows the files of its own territory."""
MOST_EXPORTED = 50_000


@dataclass(frozen=True)
class JournalFilter:
    """What narrows the journal; both days are included."""

    text: str = ""
    event: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class ContributionRow:
    """One contribution in a list, in money."""

    ref: str
    employer: str
    program: str
    opened_at: dt.datetime
    amount: Money
    received: Money
    refunded: Money
    covered: Money
    is_waived: bool

    @property
    def opened_on(self) -> dt.date:
        """The day it was asked, in Québec."""
        return self.opened_at.astimezone(clock.TORONTO).date()

    @property
    def due(self) -> Money:
        """What remains to be given."""
        kept = self.received - self.refunded if self.received > self.refunded else Money(0)
        given = kept + self.covered
        return Money(0) if self.is_waived or given >= self.amount else self.amount - given


@dataclass(frozen=True)
class Totals:
    """What a list of contributions amounts to."""

    count: int
    asked: Money
    received: Money
    refunded: Money
    covered: Money
    waived: int


def journal_of(actor: Actor, asked: JournalFilter, after: str | None) -> Slice[JournalEntry]:
    """Give the entries that this person may read, the newest first. `after`: the mark of the last entry of the page before."""
    found = _journal(actor, asked)
    if after:
        here = select(JournalEntry.id).where(JournalEntry.digest == after).scalar_subquery()
        found = found.where(JournalEntry.id < here)
    rows = db.session.scalars(found.limit(PAGE + 1)).all()
    return Slice(rows[:PAGE], rows[PAGE - 1].digest if len(rows) > PAGE else None)


def whole_journal_of(actor: Actor, asked: JournalFilter) -> Sequence[JournalEntry]:
    """Give the entries that this person may read, the newest first, to be taken away: at most the last fifty thousand."""
    return db.session.scalars(_journal(actor, asked).limit(MOST_EXPORTED)).all()


def letters_of(actor: Actor, text: str, state: str | None, after: str | None) -> Slice[Letter]:
    """Give the letters of this person's programs, the newest first.

    Takes: `state`, `waiting`, `sent` or `refused`, None for all.
    """
    found = select(Letter, Letter.queued_at.label("since"), Letter.ref).where(_scoped(Letter.scope, actor))
    if text:
        found = found.where(or_(Letter.to_address.icontains(text, autoescape=True), Letter.subject.icontains(text, autoescape=True)))
    states = {
        "waiting": and_(Letter.sent_at.is_(None), Letter.refused.is_(None)),
        "sent": Letter.sent_at.is_not(None),
        "refused": Letter.refused.is_not(None),
    }
    if state in states:
        found = found.where(states[state])
    page = cut(found, Letter.queued_at.expression, Letter.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.Letter for row in page.rows], page.next)


def letter_of(actor: Actor, ref: str) -> Letter:
    """Give one letter of this person's programs. Refuses (404) any other."""
    found = db.session.scalar(select(Letter).where(Letter.ref == ref, _scoped(Letter.scope, actor)))
    if found is None:
        raise NotFound
    return found


def contributions_listed(actor: Actor, text: str, state: str | None, program: str | None, after: str | None) -> Slice[ContributionRow]:
    """Give the contributions of this person's programs, the newest first.

    Takes: `state`, `due`, `received`, `waived`, `covered` or `refunded`, None for all; `program`, a slug.
    """
    found = _contributions(actor, text, state, program)
    page = cut(found, Contribution.opened_at.expression, Contribution.ref.expression, read_cursor(after), newest_first=True)
    return Slice([_contribution(row) for row in page.rows], page.next)


def every_contribution(actor: Actor, text: str, state: str | None, program: str | None) -> list[ContributionRow]:
    """Give the contributions of this person's programs, the newest first, to be taken away."""
    found = _contributions(actor, text, state, program).order_by(Contribution.opened_at.desc(), Contribution.ref.desc())
    return [_contribution(row) for row in db.session.execute(found.limit(MOST_EXPORTED))]


def totals_of(actor: Actor, text: str, state: str | None, program: str | None) -> Totals:
    """Give what the list amounts to, all its pages together."""
    each = _contributions(actor, text, state, program).subquery()
    sums = (func.coalesce(func.sum(each.c[name]), 0) for name in ("amount_cents", "received", "refunded", "covered"))
    waived = func.count().filter(each.c.is_waived)
    count, asked, received, refunded, covered, spared = db.session.execute(select(func.count(), *sums, waived).select_from(each)).one()
    return Totals(count, Money(int(asked)), Money(int(received)), Money(int(refunded)), Money(int(covered)), spared)


def _scoped(scope: Any, actor: Actor) -> ColumnElement[bool]:
    """Give the condition that a row belongs to a program whose registers this person reads."""
    held = actor.program_ids(*READERS)
    if held is None:
        return true()
    return scope.in_(select(Program.ref).where(Program.id.in_(held))) if held else false()


def _journal(actor: Actor, asked: JournalFilter) -> Select[tuple[JournalEntry]]:
    found = select(JournalEntry).where(_scoped(JournalEntry.scope, actor)).order_by(JournalEntry.id.desc())
    if asked.event:
        found = found.where(JournalEntry.event == asked.event)
    if asked.since:
        found = found.where(JournalEntry.at >= clock.midnight(asked.since))
    if asked.until:
        found = found.where(JournalEntry.at < clock.midnight(asked.until + dt.timedelta(days=1)))
    if asked.text:
        found = found.where(or_(*(column.icontains(asked.text, autoescape=True) for column in (JournalEntry.by_name, JournalEntry.facts))))
    return found


def _contributions(actor: Actor, text: str, state: str | None, program: str | None) -> Select[Any]:
    received = select(func.coalesce(func.sum(Payment.cents), 0)).where(Payment.contribution_id == Contribution.id)
    returned = select(func.coalesce(func.sum(Refund.cents), 0)).join(Payment, Payment.id == Refund.payment_id)
    returned = returned.where(Payment.contribution_id == Contribution.id, Refund.failed_at.is_(None))
    waived = exists().where(Waiver.contribution_id == Contribution.id)
    covered = select(func.coalesce(func.sum(Cover.cents), 0)).where(Cover.contribution_id == Contribution.id, Cover.released_at.is_(None))
    received_column, refunded_column, covered_column = (
        one.correlate(Contribution).scalar_subquery() for one in (received, returned, covered)
    )
    states = {
        "due": ~Contribution.is_settled,
        "received": received_column > 0,
        "waived": waived,
        "covered": covered_column > 0,
        "refunded": refunded_column > 0,
    }
    held = actor.program_ids(*READERS)
    conditions = [
        Contribution.program_id.in_(held) if held is not None else true(),
        is_named(text) if text else true(),
        states.get(state or "", true()),
        Program.slug == program if program else true(),
    ]
    return (
        select(
            Contribution.ref, Contribution.opened_at.label("since"), Contribution.amount_cents, Employer.trade_name, Employer.legal_name,
            Program.name.label("program"), received_column.label("received"), refunded_column.label("refunded"),
            covered_column.label("covered"), waived.label("is_waived"),
        )
        .join(Employer, Employer.id == Contribution.employer_id)
        .join(Program, Program.id == Contribution.program_id)
        .where(*conditions)
    )  # fmt: skip


def _contribution(row: Any) -> ContributionRow:
    return ContributionRow(
        row.ref, row.trade_name or row.legal_name, row.program, row.since, Money(row.amount_cents), Money(int(row.received)),
        Money(int(row.refunded)), Money(int(row.covered)), bool(row.is_waived),
    )  # fmt: skip
