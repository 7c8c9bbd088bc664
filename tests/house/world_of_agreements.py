"""What stands behind the doors of agreements: one with a student, one with a school, exam weeks and their calendar."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from certif.agreements import AgreementKind, ExamPeriod, Side, Signer, make_exam_feed
from certif.certification import Certification
from certif.employers import establishments_of
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.territory import PartnerKind, partners
from tests.agreements.making import make_agreement, make_exam_period, make_signed, party
from tests.factories import unit


def agreed(certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """An agreement that a student has signed, one that waits with a school, an exam period, an address of a calendar."""
    ours = make_signed(make_agreement(certification, student=Signer(secret, "eleve@exemple.com")), Side.STUDENT)
    school = make_agreement(certification, AgreementKind.SCHOOL, school=f"École {secret}")
    place = establishments_of(certification.employer)[0]
    body = partners(PartnerKind.SCHOOL_BODY, certification.program.region)[0]
    make_exam_period(body)
    with unit():
        feed = make_exam_feed(place, by=SYSTEM)
    employer, period = certification.employer.ref, db.session.scalars(select(ExamPeriod)).one()
    of_the_employer = ("list_agreements", "propose_to_student", "propose_to_school", "propose_internship", "show_exams")
    return {
        "agreements.*": {
            "ref": ours.ref, "party": party(ours, Side.EMPLOYER).ref, "token": "x", "moment": "midterm", "code": feed.code,
        },
        **{f"agreements.{name}": {"ref": employer} for name in of_the_employer},
        "agreements.make_exam_feed": {"ref": place.ref},
        **{f"agreements.{name}": {"ref": school.ref} for name in ("show_school_agreement", "download_school_agreement")},
        "agreements.drop_exam_period": {"ref": period.ref},
        "agreements.set_school_calendar": {"ref": body.ref},
    }  # fmt: skip
