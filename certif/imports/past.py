"""Employers certified before the platform was there: each line becomes an employer of the register, with its certification.

Nobody is let in, and nobody is written to, before a member of staff asks for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from certif.certification import Certification, PastBadge, enter_certification, past_obstacle, remove_past_certification
from certif.employers import Employer, Hires, Membership, enter_employer, entry_obstacle, invite_to_take_over, remove_entry
from certif.imports.model import Intake, IntakeLine, PastCertification, Step
from certif.imports.reading import intake_named, take_step
from certif.kit import audit
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import enqueue, job
from certif.kit.languages import _, _l
from certif.programs import version_in_force

audit.declare("take_overs_asked", _l("%(by)s a fait inviter les personnes-ressources de « %(file)s » à reprendre leur dossier."), "file")

BATCH = 200


def write_past(intake: Intake, line: IntakeLine, *, by: Actor) -> None:
    """Enter the employer of a line, its certification and what ties them to the file.

    Refuses: what the acts of the register and of certification refuse.
    """
    known, version = line.values, version_in_force(intake.program)
    level = version.level(known.get("level")) if version is not None else None
    answers = {
        "legal_name": line.name, "neq": line.neq, "sector": known["sector"], "language": known.get("language", "fr"),
        "hires": Hires.NONE if level is not None and level.is_supporter else Hires.STUDENTS, "contact_name": known["contact_name"],
        "contact_role": known.get("contact_role") or _("Personne-ressource"), "contact_email": known["contact_email"],
        "contact_phone": known.get("contact_phone"),
    }  # fmt: skip
    employer = enter_employer(answers, known, by=by)
    days = (dt.date.fromisoformat(known[name]) for name in ("valid_from", "valid_until"))
    granted = PastBadge(known["number"], known.get("level"), *days)
    source = _("importé de %(file)s", file=intake.file_name)
    certification = enter_certification(employer, intake.program, granted, source=source, by=by)
    db.session.add(PastCertification(intake_id=intake.id, line_number=line.number, certification=certification))
    db.session.flush()


def invite_contacts(intake: Intake, *, by: Actor) -> None:
    """Ask that the contacts of a file be written to: each is invited to take its own file over.

    Refuses: a file of prospects, or one that is not all in; one whose contacts were invited already, or that was undone.
    """
    lock(intake)
    if not intake.is_past_certified or intake.step(Step.WRITTEN) is None or intake.step(Step.UNDO_ASKED) is not None:
        raise Refusal(_("Il n’y a personne à inviter pour ce fichier."))
    if intake.step(Step.INVITED) is not None:
        raise Refusal(_("Les personnes-ressources de ce fichier ont déjà été invitées."))
    take_step(intake, Step.INVITED, by=by)
    audit.record("take_overs_asked", intake, by=by, file=intake.file_name)
    enqueue("invite_contacts", once=f"invite_contacts {intake.ref} 0", intake=intake.ref, after=0)


@job("invite_contacts")
def write_to_contacts(intake: str, after: int) -> None:
    """Write to the contacts of a file, some at a time, those aside who were written to lately or have come in already."""
    with transaction():
        found = intake_named(intake)
        asked, rows = found.step(Step.INVITED), _entered(found, after)
    assert asked is not None
    for row in rows:
        with suppress(Refusal), transaction():
            entered = db.session.get_one(PastCertification, row)
            invite_to_take_over(entered.certification.employer, by=Actor(ref=asked.taken_by, name=asked.taker))
    if rows:
        with transaction():
            enqueue("invite_contacts", once=f"invite_contacts {intake} {rows[-1]}", intake=intake, after=rows[-1])


def undo_past(intake: Intake) -> None:
    """Take back what the lines of a file entered, each on its own, where nothing has happened since; the rest stays, and it shows."""
    after = 0
    while True:
        with transaction():
            rows = _entered(intake, after)
        if not rows:
            return
        for row in rows:
            with suppress(Refusal, IntegrityError), transaction():
                _remove(db.session.get_one(PastCertification, row))
        after = rows[-1]


def unclaimed_in(intake: Intake) -> int:
    """Count the employers of a file for which nobody acts yet."""
    nobody = ~select(Membership.id).where(Membership.employer_id == Certification.employer_id).exists()
    query = select(func.count()).select_from(PastCertification).join(Certification).where(PastCertification.intake_id == intake.id, nobody)
    return db.session.scalar(query) or 0


def entered_in(intake: Intake, most: int) -> Sequence[tuple[PastCertification, Employer]]:
    """Give the first certifications that a file entered and that are still there, with their employers."""
    query = select(PastCertification, Employer).join(Certification, Certification.id == PastCertification.certification_id)
    query = query.join(Employer, Employer.id == Certification.employer_id).where(PastCertification.intake_id == intake.id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(PastCertification.line_number).limit(most))]


def why_kept(row: PastCertification) -> str:
    """Say why a line of a file that was undone is still there."""
    certification = row.certification
    return past_obstacle(certification) or entry_obstacle(certification.employer) or str(_("Autre chose s’y rattache depuis."))


def _remove(row: PastCertification) -> None:
    certification = row.certification
    employer = certification.employer
    db.session.delete(row)
    db.session.flush()
    remove_past_certification(certification)
    remove_entry(employer, by=SYSTEM)


def _entered(intake: Intake, after: int) -> Sequence[int]:
    mine = PastCertification.intake_id == intake.id, PastCertification.id > after
    return db.session.scalars(select(PastCertification.id).where(*mine).order_by(PastCertification.id).limit(BATCH)).all()
