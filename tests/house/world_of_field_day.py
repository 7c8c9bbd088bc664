"""What stands behind the doors of a day in the field: a meeting told, told again by somebody else, what follows, and a counter."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from certif.certification import Certification
from certif.imports import note_prospect
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.programs import Program
from certif.visits import CounterSitting, FollowUp
from tests.factories import make_staff, owner_of, unit
from tests.visits.making_reports import make_conflict, make_report, make_visit

TOLD = ("show_report", "download_photo")
AT_THE_COUNTER = (
    "show_sitting", "prove_contact", "resend_contact_code", "read_there", "choose_there", "send_code_there", "sign_there", "hang_sticker",
)  # fmt: skip


def lived(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """One row of each kind, under the name that strangers must not read."""
    one, other = make_staff(Role.AGENT, program), make_staff(Role.AGENT, program)
    place = certification.badges[0].verification.establishment.mrc
    visit = make_visit(program, title=f"{secret} inc.", employer_id=certification.employer_id, mrc=place)
    make_visit(program, title=f"{secret} ce soir", hours=1, mrc=place)
    report, conflict = make_report(visit, one.actor), make_conflict(visit, other.actor)
    with unit():
        sitting = CounterSitting(
            program_id=program.id, name=f"{secret} inc.", user_id=one.user.id, opened_at=clock.now(), opened_by=one.user.ref,
            employer_id=certification.employer_id, signatory_id=owner_of(certification.employer).id, proved_at=clock.now(),
        )  # fmt: skip
        db.session.add(sitting)
        db.session.flush()
        prospect = note_prospect(program, f"{secret} de la rue", "Joliette", place, None, source="essai", note="", by=one.actor)
        assert prospect is not None
    follow_up = db.session.scalars(select(FollowUp).where(FollowUp.visit_id == visit.id).limit(1)).one()
    return {
        **{f"visits.{name}": {"ref": report.ref} for name in TOLD},
        **{f"visits.{name}": {"ref": sitting.ref} for name in AT_THE_COUNTER},
        "visits.settle_conflict": {"ref": conflict.ref},
        "visits.finish_follow_up": {"ref": follow_up.ref},
        "visits.show_prospect_trail": {"ref": prospect.ref},
        "visits.show_employer_trail": {"ref": certification.employer.ref},
        "visits.open_sitting": {"slug": program.slug},
    }
