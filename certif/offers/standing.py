"""Who may offer a job, and which offers are shown today: asked anew each time, of the rows that say what happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from certif.certification import Badge, Certification, Stage, certifications_of_employer, is_certified
from certif.employers import Employer, Establishment
from certif.kit import clock
from certif.kit.db import db
from certif.offers.model import JobOffer, OfferEnd, OfferReading
from certif.programs import Program

MOST_DAYS = 90
"""How long an offer is shown at most, from the day it was posted."""


@dataclass(frozen=True)
class Place:
    """A place of work that a certification covers today; `code`, its public code, which names it and the program."""

    code: str
    establishment: Establishment
    certification: Certification


def places_offering(employer: Employer) -> list[Place]:
    """Give the places at which an employer may offer jobs now, one for each program that certifies it there."""
    return [
        Place(badge.verification.code, badge.verification.establishment, one)
        for one in certifications_of_employer(employer)
        if one.badges and is_standing(one)
        for badge in one.current_badges
        if badge.verification.establishment.closed_at is None
    ]


def is_standing(certification: Certification) -> bool:
    """Whether a certification lets its employer offer jobs: it is the last one granted by its program, it stands, and hires."""
    same = Certification.employer_id == certification.employer_id, Certification.program_id == certification.program_id
    granted = exists().where(Badge.certification_id == Certification.id)
    later = select(Certification.id).where(*same, Certification.cycle > certification.cycle, granted)
    is_last = db.session.scalar(later.limit(1)) is None
    return is_last and certification.stage is Stage.CERTIFIED and not certification.is_supporter


def is_shown() -> tuple[ColumnElement[bool], ...]:
    """Give the conditions under which a `JobOffer` is shown to anyone today. Nothing that was published
    before the first day is looked at: an offer is shown ninety days at most."""
    first = clock.midnight(clock.today() - dt.timedelta(days=MOST_DAYS + 1))
    return (
        JobOffer.published_at > first,
        JobOffer.until_on >= clock.today(),
        ~exists().where(OfferEnd.offer_id == JobOffer.id).correlate(JobOffer),
        ~exists().where(Establishment.id == JobOffer.establishment_id, Establishment.closed_at.is_not(None)).correlate(JobOffer),
        is_certified(JobOffer.employer_id.expression, JobOffer.program_id.expression),
    )


def reads_offers(program: Program) -> bool:
    """Whether the team of a program reads offers before they are published."""
    open_reading = OfferReading.program_id == program.id, OfferReading.ended_at.is_(None)
    return db.session.scalar(select(OfferReading.id).where(*open_reading).limit(1)) is not None
