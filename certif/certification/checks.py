"""The checks that a program may name: each is a question about a file, answered from its rows. No person, no guess."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import exists, select

from certif.certification.cycles import granted_before
from certif.certification.levels import check_level
from certif.certification.model import Certification, Revocation, Stage
from certif.employers import Employer, establishments_of, find_similar
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.programs import Check, covers

ALWAYS = (Check.ENTRY_LEVEL, Check.NO_VISIT, Check.UNTOUCHED)
"""What must hold whatever a program names: a machine grants the first level only, and takes nothing out of anybody's hands."""


def failing(certification: Certification, named: tuple[Check, ...]) -> list[Check]:
    """Give the checks, of those named and of those that always count, that do not hold for a file today."""
    return [check for check in asked_of(named) if not _CHECKS[check](certification)]


def asked_of(named: tuple[Check, ...]) -> list[Check]:
    """Give the checks that count where a program names these, in their order."""
    return [check for check in Check if check in named or check in ALWAYS]


def entry_level(certification: Certification) -> str | None:
    """Give the level that may be granted without anybody looking: the first, or None where the program has none."""
    earned = certification.version.rules.earned_levels
    return earned[0].code if earned else None


def _is_signed(certification: Certification) -> bool:
    signature = certification.signature
    if signature is None:
        return not certification.version.requires_signature
    return any(code.email == signature.email for code in certification.signing_codes)


def _is_settled(certification: Certification) -> bool:
    return certification.contribution is None or certification.contribution.is_settled


def _has_own_neq(certification: Certification) -> bool:
    neq = certification.employer.neq or ""
    is_elsewhere = select(Employer.id).where(Employer.neq == neq, Employer.id != certification.employer_id)
    return len(neq) == 10 and neq.isdecimal() and db.session.scalar(is_elsewhere.limit(1)) is None


def _has_no_twin(certification: Certification) -> bool:
    employer = certification.employer
    codes = [place.postal_code for place in establishments_of(employer)]
    found = find_similar(None, employer.legal_name, *codes, other_than=[employer.ref])
    return found is None


def _is_inside(certification: Certification) -> bool:
    places = establishments_of(certification.employer)
    return bool(places) and all(covers(certification.program, place.mrc) for place in places)


def _was_never_revoked(certification: Certification) -> bool:
    revoked = exists().where(Revocation.certification_id == Certification.id)
    return db.session.scalar(select(Certification.id).where(Certification.employer_id == certification.employer_id, revoked)) is None


def _enters(certification: Certification) -> bool:
    """Whether the first level suits the employer: not a supporter, nor one that has held more, or been there long enough."""
    level, before = entry_level(certification), granted_before(certification)
    if before is not None and before.level != level:
        return False
    try:
        check_level(certification, level)
    except Refusal:
        return False
    return True


def _needs_no_visit(certification: Certification) -> bool:
    return not certification.version.requires_visit


def _is_untouched(certification: Certification) -> bool:
    before = granted_before(certification)
    return not certification.decisions and (before is None or before.stage is not Stage.SUSPENDED)


_CHECKS: dict[Check, Callable[[Certification], bool]] = {
    Check.SIGNED: _is_signed,
    Check.CONTRIBUTION: _is_settled,
    Check.NEQ: _has_own_neq,
    Check.NO_TWIN: _has_no_twin,
    Check.TERRITORY: _is_inside,
    Check.NO_REVOCATION: _was_never_revoked,
    Check.ENTRY_LEVEL: _enters,
    Check.NO_VISIT: _needs_no_visit,
    Check.UNTOUCHED: _is_untouched,
}
