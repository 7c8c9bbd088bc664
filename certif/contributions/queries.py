"""Questions about contributions: whose they are, who may see them, what waits at the gateway."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from certif import payments
from certif.contributions.model import CheckoutAttempt, Contribution, Payment, Receipt, Refund, Waiver
from certif.employers import Employer, employers_of
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.programs import PaymentMethod, Program, version_in_force

KEEPERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who sees contributions and records what arrives by post, by transfer or in hand. A partner does not: money is the program's."""
APPROVERS = (Role.ADMIN, Role.MANAGER)
"""Who waives and refunds."""


def methods_for(contribution: Contribution) -> list[PaymentMethod]:
    """Give the ways in which this contribution may be given, as the program orders them; the card only where it can be taken."""
    offered = list(contribution.version.rules.instructions)
    return [method for method in offered if method is not PaymentMethod.CARD or payments.takes_cards()]


def contributions_of(employer: Employer) -> list[Contribution]:
    """Give what was asked of an employer, the newest first."""
    query = select(Contribution).where(Contribution.employer_id == employer.id)
    return list(db.session.scalars(query.order_by(Contribution.opened_at.desc(), Contribution.id.desc())))


def contribution_for(actor: Actor, ref: str, *roles: Role) -> Contribution:
    """Give a contribution to staff of its program. Refuses (404) any other."""
    found = db.session.scalar(select(Contribution).where(Contribution.ref == ref))
    if found is None or not actor.holds(found.program_id, *(roles or KEEPERS)):
        raise NotFound
    return found


def contribution_of(actor: Actor, ref: str) -> Contribution:
    """Give a contribution to those who act for its employer. Refuses (404) any other."""
    found = db.session.scalar(select(Contribution).where(Contribution.ref == ref))
    if found is None or found.employer not in employers_of(actor):
        raise NotFound
    return found


def payment_for(actor: Actor, ref: str, *roles: Role) -> Payment:
    """Give a payment to staff of its program. Refuses (404) any other."""
    found = db.session.scalar(select(Payment).where(Payment.ref == ref))
    if found is None or not actor.holds(found.contribution.program_id, *(roles or KEEPERS)):
        raise NotFound
    return found


def receipt_for(actor: Actor, number: str) -> Receipt:
    """Give a receipt to those who act for the employer, and to staff of the program. Refuses (404) any other person."""
    found = db.session.scalar(select(Receipt).where(Receipt.number == number))
    if found is None:
        raise NotFound
    contribution = found.contribution
    if contribution.employer not in employers_of(actor) and not actor.holds(contribution.program_id, *KEEPERS):
        raise NotFound
    return found


def attempt_of(actor: Actor, session_ref: str) -> CheckoutAttempt:
    """Give the attempt that a person comes back from. Refuses (404) one of somebody else, and one that is none, alike."""
    if not session_ref.isprintable():
        raise NotFound  # PostgreSQL will not even look for a NUL
    found = db.session.scalar(select(CheckoutAttempt).where(CheckoutAttempt.session_ref == session_ref))
    if found is None or found.contribution.employer not in employers_of(actor):
        raise NotFound
    return found


def open_attempts() -> list[CheckoutAttempt]:
    """Give the attempts of which nobody knows the end yet, the oldest first."""
    query = select(CheckoutAttempt).where(CheckoutAttempt.closed_at.is_(None)).order_by(CheckoutAttempt.opened_at, CheckoutAttempt.id)
    return list(db.session.scalars(query))


def unanswered_refunds() -> list[Refund]:
    """Give the refunds asked of the gateway that it has not confirmed."""
    query = select(Refund).join(Payment).where(Refund.refunded_at.is_(None), Refund.failed_at.is_(None), Payment.gateway_ref.is_not(None))
    return list(db.session.scalars(query.order_by(Refund.id)))


def waivers_left(program: Program, on: dt.date | None = None) -> int | None:
    """Give how many more contributions may be waived this year; None where the program sets no cap."""
    day = on or clock.today()
    version = version_in_force(program, day)
    cap = version.rules.waivers_per_year if version is not None else None
    return None if cap is None else max(cap - waived_in(program, day.year), 0)


def waived_in(program: Program, year: int) -> int:
    """Count the contributions waived by a program in a year."""
    query = select(func.count()).select_from(Waiver).where(Waiver.program_id == program.id, Waiver.year == year)
    return db.session.scalar(query) or 0
