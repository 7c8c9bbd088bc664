"""From one cycle to the next: a path is opened, a new badge begins the day after the old one ends, and what was held without a gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select

from certif import contributions
from certif.certification.issuing import issue_progress_credentials
from certif.certification.model import Certification, Stage, Verification
from certif.employers import Employer, Establishment
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.programs import Program, ProgramVersion

Span = tuple[dt.date, dt.date]
_DAY = dt.timedelta(days=1)


def open_cycle(employer: Employer, version: ProgramVersion, places: Iterable[Establishment], *, by: Actor) -> Certification:
    """Open the next cycle of an employer in the program of a version, with all that the version asks; each place has its code.

    The caller has seen that it may be opened; two who open the same cycle at once are told apart by its number.
    """
    program, last = version.program, latest(employer, version.program)
    certification = Certification(
        employer=employer,
        program=program,
        version=version,
        contribution=contributions.open_contribution(employer, version, by=by) if version.requires_contribution else None,
        cycle=last.cycle + 1 if last else 1,
        opened_at=clock.now(),
        opened_by=by.ref,
    )
    db.session.add(certification)
    db.session.flush()
    issue_progress_credentials(certification, [give_code(place, program, by=by) for place in places], by=by)
    audit.record("certification_opened", certification, by=by, program=program.name, cycle=certification.cycle)
    return certification


def give_code(establishment: Establishment, program: Program, *, by: Actor) -> Verification:
    """Give an establishment its public code in a program; it keeps the same one for ever."""
    found = db.session.scalar(
        select(Verification).where(Verification.establishment_id == establishment.id, Verification.program_id == program.id)
    )
    if found is None:
        found = Verification(establishment=establishment, program=program, issued_at=clock.now(), issued_by=by.ref)
        db.session.add(found)
        db.session.flush()
    return found


def cycles_of(employer: Employer, program: Program) -> list[Certification]:
    """Give every cycle of an employer in a program, the newest first."""
    query = select(Certification).where(Certification.employer_id == employer.id, Certification.program_id == program.id)
    return list(db.session.scalars(query.order_by(Certification.cycle.desc())))


def latest(employer: Employer, program: Program) -> Certification | None:
    """Give the newest cycle of an employer in a program."""
    return next(iter(cycles_of(employer, program)), None)


def granted_before(certification: Certification) -> Certification | None:
    """Give the cycle granted last before this one, or None."""
    earlier = (one for one in cycles_of(certification.employer, certification.program) if one.cycle < certification.cycle)
    return next((one for one in earlier if one.badges), None)


def granted_after(certification: Certification) -> Certification | None:
    """Give a later cycle that was granted, and so speaks in the place of this one, or None."""
    found = cycles_of(certification.employer, certification.program)
    return next((one for one in found if one.cycle > certification.cycle and one.badges), None)


def first_days(certification: Certification) -> tuple[dt.date, dict[Verification, dt.date]]:
    """Give the first day of the cycle that is being granted, and that of each place already held.

    A badge that still runs is followed the day after it ends, so that no day is lost; in the grace and after it, a badge begins today.
    """
    today, before = clock.today(), granted_before(certification)
    if before is None or before.stage is not Stage.CERTIFIED:
        return today, {}
    ends = {badge.verification: badge.valid_until for badge in before.current_badges if badge.valid_until >= today}
    return max(ends.values(), default=today - _DAY) + _DAY, {place: end + _DAY for place, end in ends.items()}


def held_since(certification: Certification) -> dt.date | None:
    """Give the first day of the cycles that follow one another without a gap up to this one; None before it is granted."""
    spans = []
    for one in cycles_of(certification.employer, certification.program):
        if one.cycle > certification.cycle or not one.badges:
            continue
        if one.revocation and one is not certification:
            break
        spans += [(badge.valid_from, badge.expires_on) for badge in reversed(one.badges)]
    return unbroken(spans)


def unbroken(spans: Iterable[Span]) -> dt.date | None:
    """Give the first day of the spans (first day, last day of the grace) that follow one another without a gap, the newest first."""
    since: dt.date | None = None
    for first, last in spans:
        if since is not None and last + _DAY < since:
            break
        since = first if since is None else min(since, first)
    return since
