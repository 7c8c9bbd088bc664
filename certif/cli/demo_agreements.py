"""The agreements of the demonstration: one signed by all, one that waits, one for an internship, one with a school; and exam weeks."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sqlalchemy import select

from certif.accounts import actor_of
from certif.agreements import (
    AgeBand,
    Agreement,
    AgreementKind,
    AgreementTerms,
    ExamKind,
    PeriodTerms,
    Signer,
    Studies,
    evaluations,
    make_exam_feed,
    note_exam_period,
    open_agreement,
    signing,
)
from certif.agreements.exam_queries import bodies_of
from certif.certification import Certification
from certif.employers import establishments_of, members_of
from certif.kit import clock
from certif.kit.access import VISITOR, Actor
from certif.kit.db import checkpoint, db
from certif.kit.outbox import Letter
from certif.territory import school_year_of, set_school_calendar


def agree(certification: Certification, by: Actor) -> None:
    """Give an employer its agreements, and its region exam weeks. Takes: `by`, an agent of the region."""
    owner = actor_of(members_of(certification.employer)[0].user)
    place, today = establishments_of(certification.employer)[0], clock.today()
    until = today + dt.timedelta(days=120)
    student: dict[str, Any] = {
        "place": place.name, "first_day": today - dt.timedelta(days=20), "last_day": until, "band": AgeBand.FROM_14,
        "studies": Studies.SECONDARY, "week_hours": 12, "weekday_hours": 8, "latest_finish": dt.time(20), "shares_timetable": True,
    }  # fmt: skip
    zoe, noah = Signer("Zoé", "zoe-ententes@exemple.com"), Signer("Noah", "noah-ententes@exemple.com", "en")
    school: dict[str, Any] = {
        "school": "École secondaire des Cascades",
        "contact": Signer("Marie-Ève Gagnon", "direction-ententes@exemple.com"),
    }
    shifts: list[list[str | int]] = [[3, "16:30", "20:00"], [5, "09:00", "16:00"]]
    signed = open_agreement(certification, place, AgreementTerms(AgreementKind.STUDENT, **student, student=zoe, shifts=shifts), by=owner)
    open_agreement(certification, place, AgreementTerms(AgreementKind.STUDENT, **student, student=noah), by=owner)
    intern = AgreementTerms(
        AgreementKind.INTERNSHIP, **student, **school, total_hours=60, student=Signer("Léo", "leo-ententes@exemple.com")
    )
    internship = open_agreement(certification, place, intern, by=owner)
    both = AgreementTerms(AgreementKind.SCHOOL, place.name, today, today + dt.timedelta(days=300), **school)
    for one in (signed, internship, open_agreement(certification, place, both, by=owner)):
        _sign(one)
    student_side = next(party for party in internship.parties if party.side == "student")
    marks = {"welcome": 4, "tasks": 3, "learning": 4, "studies": 4}
    evaluations.give_evaluation(student_side, evaluations.Moment.MIDTERM, marks, "On prend le temps de m’expliquer.", by=VISITOR)
    _note_exams(certification, by)


def _sign(agreement: Agreement) -> None:
    checkpoint()  # attempts are counted before anything is written
    for party in list(agreement.parties):
        signing.send_code(party, by=VISITOR)
        letter = db.session.scalars(select(Letter).where(Letter.to_address == party.email).order_by(Letter.id.desc()).limit(1)).one()
        code = re.search(r"\b\d{3} \d{3}\b", letter.body)
        assert code is not None
        checkpoint()
        said = signing.Consent(agreement.french_digest, code.group().replace(" ", ""), party.name, party.language)
        signing.sign_agreement(party, said, by=VISITOR)
        checkpoint()


def _note_exams(certification: Certification, by: Actor) -> None:
    bodies = bodies_of(by)
    first_year = int(school_year_of(clock.today())[:4])
    told = "Dates inventées pour la démonstration"
    spring = (dt.date(first_year + 1, 2, 27), dt.date(first_year + 1, 3, 7), "Relâche")
    for body in bodies:
        set_school_calendar(
            body, first_day=dt.date(first_year, 8, 27), last_day=dt.date(first_year + 1, 6, 23), breaks=[spring], source=told, by=by
        )
    for kind, weeks in ((ExamKind.END_OF_TERM, 2), (ExamKind.MINISTRY, 8), (ExamKind.RETAKES, 14)):
        first = clock.today() + dt.timedelta(weeks=weeks, days=-clock.today().weekday())
        note_exam_period(bodies, PeriodTerms(kind, first, first + dt.timedelta(days=4), told, "U"), by=by)
    make_exam_feed(establishments_of(certification.employer)[0], by=by)
