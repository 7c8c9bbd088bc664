"""The rows behind the figures of employers and of students who name them. What each statement gives: see `field_rows`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, Integer, Select, String, and_, exists, func, literal, select

from certif.campaigns import Campaign
from certif.certification import (
    Badge,
    Certification,
    ContractSignature,
    Decision,
    Reinstatement,
    Revocation,
    Suspension,
    signature_counts,
)
from certif.employers import Employer, Establishment
from certif.imports import Prospect
from certif.nominations import Boss, Nomination, counts_now
from certif.reports.asked import Asked


def prospects(asked: Asked) -> Select[Any]:
    """Give the prospects that were noted."""
    within = Prospect.noted_at >= asked.begins, Prospect.noted_at < asked.ends
    columns = _columns(Prospect.noted_at, Prospect.ref, Prospect.name, Prospect.program_id, Prospect.mrc_id)
    return select(*columns).where(Prospect.program_id.in_(asked.program_ids), *within)


def signed(asked: Asked) -> Select[Any]:
    """Give the contracts that were signed, and not set aside."""
    within = ContractSignature.signed_at >= asked.begins, ContractSignature.signed_at < asked.ends
    found = _files(asked, ContractSignature.signed_at)
    return found.join(ContractSignature, ContractSignature.certification_id == Certification.id).where(*within, signature_counts())


def certified(asked: Asked) -> Select[Any]:
    """Give the first certifications that were granted."""
    return _granted(asked).where(Certification.cycle == 1)


def renewed(asked: Asked) -> Select[Any]:
    """Give the certifications that were granted again."""
    return _granted(asked).where(Certification.cycle > 1)


def in_force(asked: Asked) -> Select[Any]:
    """Give the certifications that count on the last day: the one that was granted last, for each employer."""
    day = asked.last_day
    badge = exists().where(Badge.certification_id == Certification.id, Badge.valid_from <= day, Badge.expires_on >= day)
    newer = Certification.__table__.alias("newer")
    later = Badge.__table__.alias("later")
    followed = exists().where(
        newer.c.employer_id == Certification.employer_id, newer.c.program_id == Certification.program_id,
        newer.c.cycle > Certification.cycle, later.c.certification_id == newer.c.id, later.c.valid_from <= day,
    )  # fmt: skip
    revoked = exists().where(Revocation.certification_id == Certification.id, Revocation.revoked_at < asked.ends)
    lifted = exists().where(Reinstatement.suspension_id == Suspension.id, Reinstatement.reinstated_at < asked.ends)
    suspended = exists().where(Suspension.certification_id == Certification.id, Suspension.suspended_at < asked.ends, ~lifted)
    return _files(asked, Certification.opened_at).where(badge, ~followed, ~revoked, ~suspended)


def nominated(asked: Asked) -> Select[Any]:
    """Give the nominations that stand."""
    within = Nomination.nominated_at >= asked.begins, Nomination.nominated_at < asked.ends
    columns = _columns(Nomination.nominated_at, Nomination.ref, Boss.name, Campaign.program_id, Boss.mrc_id)
    joined = select(*columns).join(Boss, Boss.id == Nomination.boss_id).join(Campaign, Campaign.id == Nomination.campaign_id)
    return joined.where(Campaign.program_id.in_(asked.program_ids), *within, counts_now())


def _granted(asked: Asked) -> Select[Any]:
    within = Decision.decided_at >= asked.begins, Decision.decided_at < asked.ends
    found = _files(asked, Decision.decided_at).join(Decision, Decision.certification_id == Certification.id)
    return found.where(Decision.is_granted, *within)


def _files(asked: Asked, since: Any) -> Select[Any]:
    main = and_(Establishment.employer_id == Employer.id, Establishment.is_main, Establishment.closed_at.is_(None))
    name = func.coalesce(Employer.trade_name, Employer.legal_name)
    columns = _columns(since, Certification.ref, name, Certification.program_id, Establishment.mrc_id)
    return (
        select(*columns)
        .select_from(Certification)
        .join(Employer, Employer.id == Certification.employer_id)
        .outerjoin(Establishment, main)
        .where(Certification.program_id.in_(asked.program_ids))
    )


def _columns(since: Any, ref: Any, what: Any, program_id: Any, mrc_id: Any) -> list[Any]:
    return [
        since.label("since"), ref.label("ref"), ref.label("page"), literal(None, Date).label("day"), what.label("what"),
        program_id.label("program_id"), mrc_id.label("mrc_id"), literal(None, Integer).label("objective_id"),
        literal(None, String).label("audience"), literal(1).label("amount"),
    ]  # fmt: skip
