"""Certifications granted before the platform was there: their badges are entered as they were, and count like any other.

No decision is written: none was taken here. Who entered them, and from what, is told by the journal.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from certif.certification import papers
from certif.certification.cycles import give_code
from certif.certification.model import Badge, Certification, Verification
from certif.employers import Employer, establishments_of
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.programs import Program, version_in_force

audit.declare(
    "certification_entered", _l("%(by)s a inscrit la certification %(number)s, accordée avant Certif (%(source)s)."), "number", "source"
)


@dataclass(frozen=True)
class PastBadge:
    """What was granted: `level`, a code of the program's, or None; both days are included."""

    number: str
    level: str | None
    valid_from: dt.date
    valid_until: dt.date


def enter_certification(employer: Employer, program: Program, granted: PastBadge, *, source: str, by: Actor) -> Certification:
    """Enter what an employer was granted before, with its badge, its public code and a certificate.

    Takes: `employer`, with one establishment; `source`, where this is known from.
    Refuses: a program with nothing in force; a number that another badge has; a level that the program does not name.
    """
    lock(employer)
    version = version_in_force(program)
    if version is None:
        raise Refusal(_("Ce programme n’a encore rien publié."))
    if db.session.scalar(select(Badge.id).where(Badge.number == granted.number)):
        raise Refusal(_("Ce numéro est déjà celui d’une autre attestation."))
    if (granted.level is not None or version.levels) and version.level(granted.level) is None:
        raise Refusal(_("Choisissez un niveau de ce programme."))
    certification = Certification(
        employer=employer, program=program, version=version, contribution=None, cycle=1, opened_at=clock.now(), opened_by=by.ref
    )
    db.session.add(certification)
    db.session.flush()
    badge = Badge(
        verification=give_code(establishments_of(employer)[0], program, by=by), number=granted.number, level=granted.level,
        issue=1, valid_from=granted.valid_from, valid_until=granted.valid_until, expires_on=version.grace_until(granted.valid_until),
    )  # fmt: skip
    badge.certificate_digest = papers.certificate(certification, badge)
    certification.badges.append(badge)
    db.session.flush()
    audit.record("certification_entered", certification, by=by, number=badge.number, source=source)
    return certification


def past_obstacle(certification: Certification) -> str | None:
    """Say why a certification that was entered can no longer be taken out: something has happened to it, or its employer has another."""
    others = select(func.count()).select_from(Certification).where(Certification.employer_id == certification.employer_id)
    happened = (
        (certification.revocation, _l("La certification a été révoquée depuis.")),
        (certification.suspensions, _l("La certification a été suspendue depuis.")),
        (certification.decisions, _l("L’équipe a décidé de ce dossier depuis.")),
        (certification.signature or certification.deliveries, _l("Le contrat moral a été ouvert depuis.")),
        ((db.session.scalar(others) or 0) > 1, _l("Cette organisation a une autre certification.")),
    )
    return next((str(said) for fact, said in happened if fact), None)


def remove_past_certification(certification: Certification) -> None:
    """Take out what `enter_certification` entered; what was drawn and printed stays among the evidence.

    Refuses: what `past_obstacle` says.
    """
    lock(certification)
    why_not = past_obstacle(certification)
    if why_not is not None:
        raise Refusal(why_not)
    codes = [badge.verification_id for badge in certification.badges]
    db.session.execute(delete(Badge).where(Badge.certification_id == certification.id))
    db.session.execute(delete(Verification).where(Verification.id.in_(codes)))
    db.session.execute(delete(Certification).where(Certification.id == certification.id))
    db.session.expunge(certification)
