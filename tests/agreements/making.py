"""Agreements to try things with, through the real acts."""

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
    AgreementParty,
    AgreementTerms,
    ExamKind,
    PeriodTerms,
    Side,
    Signer,
    Studies,
    note_exam_period,
    open_agreement,
    signing,
)
from certif.certification import Certification
from certif.employers import establishments_of
from certif.kit import clock
from certif.kit.access import SYSTEM, VISITOR
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.territory import Partner, set_school_calendar
from tests.factories import code_in_letter, make_certification, make_program, owner_of, unit

LAWFUL: dict[str, Any] = {"week_hours": 15, "weekday_hours": 10}


def terms(kind: AgreementKind = AgreementKind.STUDENT, **said: Any) -> AgreementTerms:
    """Give what is proposed: 15 hours to a student of 14 or 15; `said` replaces what is named."""
    today = clock.today()
    plain: dict[str, Any] = {"kind": kind, "place": "Comptoir", "first_day": today, "last_day": today + dt.timedelta(days=90)}
    if kind is not AgreementKind.SCHOOL:
        plain |= {"band": AgeBand.FROM_14, "studies": Studies.SECONDARY, **LAWFUL, "student": Signer("Zoé", "zoe@exemple.com")}
    if kind is not AgreementKind.STUDENT:
        plain |= {"school": "École des Cascades", "contact": Signer("Direction", "ecole@exemple.com")}
    if kind is AgreementKind.INTERNSHIP:
        plain |= {"total_hours": 40}
    return AgreementTerms(**plain | said)


def make_agreement(certification: Certification | None = None, kind: AgreementKind = AgreementKind.STUDENT, **said: Any) -> Agreement:
    """Give an agreement that was sent to be signed."""
    certification = certification or make_certification(program=make_program())
    owner = actor_of(owner_of(certification.employer))
    with unit():
        place = establishments_of(certification.employer)[0]
        return open_agreement(certification, place, terms(kind, **said), by=owner)


def party(agreement: Agreement, side: Side) -> AgreementParty:
    """Give who signs on one side."""
    return next(one for one in agreement.parties if one.side == side)


def link_to(address: str) -> str:
    """Give the newest link that was written to an address."""
    body = next(one.body for one in _letters(address) if "/ententes/" in one.body)
    found = re.search(r"(/en)?/ententes/[\w-]+", body)
    assert found
    return found.group()


def make_signed(agreement: Agreement, *sides: Side) -> Agreement:
    """Let these sides sign, all of them when none is named."""
    for one in list(agreement.parties):
        if not sides or one.side in sides:
            with unit():
                signing.send_code(one, by=VISITOR)
            code = code_in_letter(one.email)
            said = signing.Consent(agreement.french_digest, code, one.name or "Parent", "fr", "Lou" if one.side == Side.PARENT else "")
            with unit():
                signing.sign_agreement(one, said, by=VISITOR)
    db.session.refresh(agreement)
    return agreement


def make_exam_period(*bodies: Partner, in_days: int = 10, **said: Any) -> None:
    """Note five days of exams of the ministry, some days from now."""
    first = clock.today() + dt.timedelta(days=in_days)
    plain: dict[str, Any] = {
        "kind": ExamKind.MINISTRY, "first_day": first, "last_day": first + dt.timedelta(days=4), "source": "Calendrier 2026-2027",
        "confidence": "A",
    }  # fmt: skip
    with unit():
        note_exam_period(list(bodies), PeriodTerms(**plain | said), by=SYSTEM)


def make_calendar(body: Partner) -> None:
    """Set a school year with a spring break of nine days, from 27 February to 7 March 2027."""
    spring = (dt.date(2027, 2, 27), dt.date(2027, 3, 7), "Relâche")
    with unit():
        set_school_calendar(body, first_day=dt.date(2026, 8, 27), last_day=dt.date(2027, 6, 23), breaks=[spring], by=SYSTEM)


def _letters(address: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.to_address == address).order_by(Letter.id.desc())))
