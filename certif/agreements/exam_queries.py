"""Questions about exam weeks: those of a region’s school bodies, and those around a place of work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.agreements.exam_model import ExamFeed, ExamPeriod
from certif.certification import Stage, certifications_of_employer
from certif.employers import Employer, Establishment
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.programs import programs_of
from certif.territory import Partner, PartnerKind, partners, partners_serving

KEPT_BEFORE = dt.timedelta(days=30)
MOST_PERIODS = 400


def bodies_of(actor: Actor) -> list[Partner]:
    """Give the school bodies of the regions in which someone works, by name."""
    regions = {program.region_id: program.region for program in programs_of(actor)}
    found = {body.id: body for region in regions.values() for body in partners(PartnerKind.SCHOOL_BODY, region)}
    return sorted(found.values(), key=lambda body: body.name)


def periods_for(actor: Actor) -> Sequence[ExamPeriod]:
    """Give the exam periods of someone’s school bodies that are not over for long, in the order of the days."""
    bodies = [body.id for body in bodies_of(actor)]
    return _periods_of(bodies)


def period_for(actor: Actor, ref: str) -> ExamPeriod:
    """Give one of them. Refuses (404) any other."""
    found = db.session.scalar(select(ExamPeriod).where(ExamPeriod.ref == ref))
    if found is None or found.partner_id not in {body.id for body in bodies_of(actor)}:
        raise NotFound
    return found


def periods_around(place: Establishment) -> Sequence[ExamPeriod]:
    """Give the exam periods of the school bodies that serve the MRC of a place of work, in the order of the days."""
    return _periods_of([body.id for body in partners_serving(place.mrc, PartnerKind.SCHOOL_BODY)])


def periods_by_mrc(places: Sequence[Establishment]) -> dict[int, Sequence[ExamPeriod]]:
    """Give the exam periods around places of work, by the number of their MRC: each MRC is asked once."""
    return {place.mrc_id: periods_around(place) for place in {place.mrc_id: place for place in places}.values()}


def feed_of(place: Establishment) -> ExamFeed | None:
    """Give the address of a place of work that counts, if one was made."""
    made = select(ExamFeed).where(ExamFeed.establishment_id == place.id)
    return db.session.scalar(made.order_by(ExamFeed.number.desc()).limit(1))


def feed_at(code: str) -> ExamFeed:
    """Give what an address opens. Refuses (404): an address that was changed; a place that is closed; an employer no longer certified."""
    found = db.session.scalar(select(ExamFeed).where(ExamFeed.code == code))
    if found is None or feed_of(found.establishment) is not found:
        raise NotFound
    if found.establishment.closed_at is not None or not is_certified(found.establishment.employer):
        raise NotFound
    return found


def is_certified(employer: Employer) -> bool:
    """Whether an employer is certified today."""
    return any(one.stage is Stage.CERTIFIED for one in certifications_of_employer(employer))


def _periods_of(bodies: Sequence[int]) -> Sequence[ExamPeriod]:
    recent = ExamPeriod.partner_id.in_(bodies), ExamPeriod.last_day >= clock.today() - KEPT_BEFORE
    found = select(ExamPeriod).where(*recent).options(joinedload(ExamPeriod.partner))
    return db.session.scalars(found.order_by(ExamPeriod.first_day, ExamPeriod.id).limit(MOST_PERIODS)).all()
