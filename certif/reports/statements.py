"""What a partner did in a period, and what it comes to: live until it is approved, then as it was that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import selectinload
from werkzeug.exceptions import NotFound

from certif.accounts import Grant, User
from certif.employers import Employer
from certif.imports import Prospect
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.languages import folded
from certif.kit.money import Money
from certif.kit.paging import Slice, cut, read_cursor
from certif.programs import Program, programs_of
from certif.reports.model import ReportPeriod
from certif.reports.queries import READERS
from certif.reports.statement_model import ActivityRate, ApprovedLine, StatementApproval
from certif.territory import Partner
from certif.visits import Visit, VisitReport

SEEN_BY = (*READERS, Role.PARTNER)


@dataclass(frozen=True)
class Worked:
    """One meeting of a partner, with what it is worth in cents; `has_rate`: whether a rate was in force that day."""

    report_ref: str
    met_on: dt.date
    what: str
    who: str
    kilometres: int
    minutes: int
    visit_cents: int
    kilometre_cents: int
    hour_cents: int
    has_rate: bool = True

    @property
    def amount(self) -> Money:
        """What it is worth: the visit, its kilometres, its minutes at the price of an hour, to the nearest cent."""
        return Money(self.visit_cents + self.kilometres * self.kilometre_cents + (self.minutes * self.hour_cents + 30) // 60)


@dataclass(frozen=True)
class Statement:
    """What a partner did in a period. `approval`: None until it is approved; `added`, `gone`: how many meetings came or went since."""

    period: ReportPeriod
    partner: Partner
    lines: Sequence[Worked]
    approval: StatementApproval | None
    added: int = 0
    gone: int = 0

    @property
    def kilometres(self) -> int:
        """All of them."""
        return sum(one.kilometres for one in self.lines)

    @property
    def minutes(self) -> int:
        """All of them."""
        return sum(one.minutes for one in self.lines)

    @property
    def total(self) -> Money:
        """What it comes to."""
        return Money(sum(one.amount.cents for one in self.lines))

    @property
    def has_rates(self) -> bool:
        """Whether each meeting has its rate."""
        return all(one.has_rate for one in self.lines)


def statement_for(period: ReportPeriod, partner: Partner) -> Statement:
    """Give the statement of a partner: as it was approved, else as the reports stand."""
    live, approval = _live(period, partner), approval_of(period, partner)
    if approval is None:
        return Statement(period, partner, live, None)
    kept, now = {one.report_ref for one in approval.lines}, {one.report_ref for one in live}
    return Statement(period, partner, [_approved(one) for one in approval.lines], approval, len(now - kept), len(kept - now))


def approval_of(period: ReportPeriod, partner: Partner) -> StatementApproval | None:
    """Give the approval of a statement, if any."""
    mine = StatementApproval.period_id == period.id, StatementApproval.partner_id == partner.id
    return db.session.scalar(select(StatementApproval).where(*mine).options(selectinload(StatementApproval.lines)))


def statement_of(actor: Actor, period_ref: str, partner_ref: str) -> Statement:
    """Give a statement to the region's team, and to the partner whose it is. Refuses (404) any other."""
    period = db.session.scalar(select(ReportPeriod).where(ReportPeriod.ref == period_ref))
    partner = db.session.scalar(select(Partner).where(Partner.ref == partner_ref))
    if period is None or partner is None or partner not in partners_seen(actor, period.program):
        raise NotFound
    return statement_for(period, partner)


def partners_seen(actor: Actor, program: Program) -> list[Partner]:
    """Give the partners of a program whose statements this person may read: all of them for its team, its own for a partner."""
    theirs = exists().where(Grant.partner_id == Partner.id, Grant.program_id == program.id, Grant.role == Role.PARTNER)
    found = select(Partner).where(theirs)
    if not actor.holds(program.id, *READERS):
        mine = [one.partner_id for one in actor.grants if one.role is Role.PARTNER and one.program_id == program.id and one.partner_id]
        found = found.where(Partner.id.in_(mine))
    return sorted(db.session.scalars(found), key=lambda one: folded(one.name))


def periods_seen(actor: Actor, after: str | None) -> Slice[ReportPeriod]:
    """Give the periods of the programs in which this person reads statements, the last opened first."""
    mine = ReportPeriod.program_id.in_([one.id for one in programs_of(actor, *SEEN_BY)])
    found = select(ReportPeriod, ReportPeriod.opened_at.label("since"), ReportPeriod.ref).where(mine)
    page = cut(found, ReportPeriod.opened_at.expression, ReportPeriod.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.ReportPeriod for row in page.rows], page.next)


def approvals_in(periods: Sequence[ReportPeriod]) -> dict[tuple[int, int], StatementApproval]:
    """Give what was approved in periods, by period and partner."""
    found = db.session.scalars(select(StatementApproval).where(StatementApproval.period_id.in_([one.id for one in periods])))
    return {(one.period_id, one.partner_id): one for one in found}


def rates_of(program: Program) -> Sequence[ActivityRate]:
    """Give the rates of a program, the newest first."""
    return db.session.scalars(select(ActivityRate).where(ActivityRate.program_id == program.id).order_by(ActivityRate.from_on.desc())).all()


def _live(period: ReportPeriod, partner: Partner) -> list[Worked]:
    """Read the reports of whoever went there for the partner; a meeting that was approved in another period is not counted again."""
    for_them = exists().where(
        Grant.user_id == VisitReport.user_id, Grant.role == Role.PARTNER, Grant.partner_id == partner.id,
        Grant.program_id == period.program_id, Grant.granted_at <= VisitReport.filed_at,
        or_(Grant.revoked_at.is_(None), Grant.revoked_at >= Visit.starts_at),
    )  # fmt: skip
    elsewhere = exists().where(
        and_(
            ApprovedLine.report_ref == VisitReport.ref, StatementApproval.id == ApprovedLine.approval_id,
            or_(StatementApproval.period_id != period.id, StatementApproval.partner_id != partner.id),
        )
    )  # fmt: skip
    named = func.coalesce(func.nullif(Visit.title, ""), Employer.trade_name, Employer.legal_name, Prospect.name, Visit.place)
    who = func.coalesce(func.nullif(User.name, ""), User.email)
    columns = VisitReport.ref, VisitReport.met_on, named.label("what"), who.label("who"), VisitReport.kilometres, VisitReport.minutes
    joined = select(*columns).join(Visit, Visit.id == VisitReport.visit_id).join(User, User.id == VisitReport.user_id)
    joined = joined.outerjoin(Employer, Employer.id == Visit.employer_id).outerjoin(Prospect, Prospect.id == Visit.prospect_id)
    within = VisitReport.met_on >= period.from_on, VisitReport.met_on <= period.until_on
    found = joined.where(VisitReport.program_id == period.program_id, *within, for_them, ~elsewhere)
    rates = rates_of(period.program)
    rows = db.session.execute(found.order_by(VisitReport.met_on, VisitReport.id))
    return [_worked(tuple(row), next((one for one in rates if one.from_on <= row.met_on), None)) for row in rows]


def _worked(row: tuple[str, dt.date, str, str, int, int], rate: ActivityRate | None) -> Worked:
    if rate is None:
        return Worked(*row, 0, 0, 0, has_rate=False)
    return Worked(*row, rate.visit_cents, rate.kilometre_cents, rate.hour_cents)


def _approved(line: ApprovedLine) -> Worked:
    said = line.report_ref, line.met_on, line.what, line.who, line.kilometres, line.minutes
    return Worked(*said, line.visit_cents, line.kilometre_cents, line.hour_cents)
