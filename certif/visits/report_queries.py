"""Questions about meetings on the road: whose they are to see, which await a report, what was told of them, where two accounts differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.accounts import User
from certif.certification import Certification
from certif.certification import visible_to as followed_by
from certif.employers import Employer
from certif.imports import Prospect, visible_to
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.library import HandOut
from certif.programs import Program
from certif.territory import Mrc, Partner, mrcs, territory_of
from certif.visits.model import Visit, VisitCancellation, VisitGoer, VisitReport
from certif.visits.report_model import ReportConflict
from certif.visits.report_terms import Account, Told

WHOLE = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who sees all the meetings of a program; a partner sees those of its territory, those about itself and those it goes to."""

REPORTED_LATE = dt.timedelta(days=21)
AT_HAND = dt.timedelta(hours=4)
SHOWN = 40


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Give the condition under which somebody of the team or of a partner sees a `Visit`."""
    whole = actor.program_ids(*WHOLE)
    if whole is None:
        return true()
    seen: list[ColumnElement[bool]] = [Visit.program_id.in_(whole)]
    goes = exists().where(VisitGoer.visit_id == Visit.id, VisitGoer.user_id == actor.user_id).correlate(Visit)
    for grant in actor.grants:
        if grant.role is Role.PARTNER and grant.partner_id is not None:
            served = [mrc.id for mrc in territory_of(db.session.get_one(Partner, grant.partner_id))]
            theirs = or_(Visit.mrc_id.in_(served), Visit.partner_id == grant.partner_id, goes)
            seen.append(and_(Visit.program_id == grant.program_id, theirs))
    return or_(*seen)


def visit_seen(actor: Actor, ref: str) -> Visit:
    """Give the meeting named `ref` to whoever may see it. Refuses (404) any other."""
    found = db.session.scalar(select(Visit).where(Visit.ref == ref, seen_by(actor)))
    if found is None:
        raise NotFound
    return found


def awaiting_report(actor: Actor, program: Program) -> Sequence[Visit]:
    """Give the meetings of a program that this person sees and that nobody reported, those of three weeks until tomorrow evening, the
    nearest to this hour first among the forty oldest."""
    now = clock.now()
    near = Visit.starts_at.between(now - REPORTED_LATE, clock.midnight(clock.today() + dt.timedelta(days=2)))
    told = exists().where(VisitReport.visit_id == Visit.id).correlate(Visit)
    gone = exists().where(VisitCancellation.visit_id == Visit.id).correlate(Visit)
    mine = Visit.program_id == program.id, near, ~told, ~gone, seen_by(actor)
    found = db.session.scalars(select(Visit).where(*mine).order_by(Visit.starts_at.desc()).limit(SHOWN)).all()
    return sorted(found, key=lambda visit: abs(visit.starts_at - now))


def at_hand(visits: Sequence[Visit]) -> Visit | None:
    """Give the meeting that somebody most probably comes from: the nearest, within four hours."""
    return next((one for one in visits[:1] if abs(one.starts_at - clock.now()) < AT_HAND), None)


def prospect_seen(actor: Actor, ref: str | None) -> Prospect | None:
    """Give the prospect named `ref` to whoever sees it, or None."""
    return db.session.scalar(select(Prospect).where(Prospect.ref == ref, visible_to(actor))) if ref else None


def employer_seen(actor: Actor, ref: str | None) -> Employer | None:
    """Give the employer named `ref` to whoever follows one of its files, or None."""
    if not ref:
        return None
    followed = exists().where(Certification.employer_id == Employer.id, followed_by(actor))
    return db.session.scalar(select(Employer).where(Employer.ref == ref, followed))


def places_to_go(actor: Actor, program: Program) -> list[Mrc]:
    """Give the MRC of a program in which this person works: all of them, or those that their partner serves."""
    found = list(program.mrcs) or mrcs(program.region)
    if actor.holds(program.id, *WHOLE):
        return found
    mine = [one.partner_id for one in actor.grants if one.role is Role.PARTNER and one.program_id == program.id and one.partner_id]
    served = {mrc.id for partner_id in mine for mrc in territory_of(db.session.get_one(Partner, partner_id))}
    return [mrc for mrc in found if mrc.id in served]


def standing_report(visit: Visit) -> VisitReport | None:
    """Give the report of a meeting as the database has it now."""
    return db.session.scalar(select(VisitReport).where(VisitReport.visit_id == visit.id))


def standing_cancellation(visit: Visit) -> VisitCancellation | None:
    """Give why a meeting is not held, as the database has it now."""
    return db.session.scalar(select(VisitCancellation).where(VisitCancellation.visit_id == visit.id))


def told_under(client_key: str) -> VisitReport | ReportConflict | None:
    """Give what came of a report that was sent under this key; None where none came."""
    filed = db.session.scalar(select(VisitReport).where(VisitReport.client_key == client_key))
    return filed or db.session.scalar(select(ReportConflict).where(ReportConflict.client_key == client_key))


def reports_of(actor: Actor, after: str | None) -> Slice[VisitReport]:
    """Give the reports that this person sees, the last filed first."""
    whole = (joinedload(VisitReport.visit).joinedload(Visit.mrc), joinedload(VisitReport.user))
    found = select(VisitReport, VisitReport.filed_at.label("since"), VisitReport.ref).join(Visit).where(seen_by(actor)).options(*whole)
    page = cut(found, VisitReport.filed_at.expression, VisitReport.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.VisitReport for row in page.rows], page.next)


def report_seen(actor: Actor, ref: str) -> VisitReport:
    """Give the report named `ref` to whoever sees its meeting. Refuses (404) any other."""
    found = db.session.scalar(select(VisitReport).join(Visit).where(VisitReport.ref == ref, seen_by(actor)))
    if found is None:
        raise NotFound
    return found


def open_conflicts(actor: Actor) -> Sequence[ReportConflict]:
    """Give the accounts that differ and that nobody decided between, the oldest first: those of meetings that this person sees."""
    waiting = ReportConflict.settled_at.is_(None), seen_by(actor)
    found = select(ReportConflict).join(Visit).where(*waiting).options(joinedload(ReportConflict.visit), joinedload(ReportConflict.user))
    return db.session.scalars(found.order_by(ReportConflict.id).limit(SHOWN)).all()


def conflict_seen(actor: Actor, ref: str) -> ReportConflict:
    """Give the conflict named `ref` to whoever sees its meeting. Refuses (404) any other."""
    found = db.session.scalar(select(ReportConflict).join(Visit).where(ReportConflict.ref == ref, seen_by(actor)))
    if found is None:
        raise NotFound
    return found


def told_in(report: VisitReport) -> Told:
    """Give what a report says, as it is kept where another takes its place."""
    names = ("client_key", "outcome", "met_on", "written_at", "people_met", "minutes", "kilometres", "needs_training", "note")
    tools = {one.tool.slug: one.count for one in handed_out_at(report.visit)}
    return Told(**{name: getattr(report, name) for name in names}, tools=tools, photo_digest=report.photo_digest)


def first_account(conflict: ReportConflict) -> Account | None:
    """Give the account that stood before a second one came; None where the meeting was cancelled."""
    report = standing_report(conflict.visit)
    if report is None:
        return None
    said = dict(conflict.replaced or {})
    user = db.session.get(User, said.pop("user_id", None) or 0) if conflict.replaced else report.user
    told = Told.from_kept(said, conflict.photo_digest) if conflict.replaced else told_in(report)
    return Account(told, user.shown_name if user else "", report.ref)


def conflicts_about(visit: Visit) -> Sequence[ReportConflict]:
    """Give every second account of a meeting, decided or not, in the order in which they came."""
    return db.session.scalars(select(ReportConflict).where(ReportConflict.visit_id == visit.id).order_by(ReportConflict.id)).all()


def handed_out_at(visit: Visit) -> Sequence[HandOut]:
    """Give what was handed out at a meeting, the most copies first."""
    found = select(HandOut).where(HandOut.subject == visit.ref).options(joinedload(HandOut.tool))
    return db.session.scalars(found.order_by(HandOut.count.desc(), HandOut.id)).all()


def reports_about(subject: Prospect | Employer, actor: Actor) -> Sequence[VisitReport]:
    """Give what was told of the meetings with a prospect or an employer that this person sees, the last first, twenty at most."""
    about = Visit.prospect_id == subject.id if isinstance(subject, Prospect) else Visit.employer_id == subject.id
    found = (
        select(VisitReport).join(Visit).where(about, seen_by(actor)).options(joinedload(VisitReport.visit), joinedload(VisitReport.user))
    )
    return db.session.scalars(found.order_by(VisitReport.met_on.desc(), VisitReport.id.desc()).limit(20)).all()
