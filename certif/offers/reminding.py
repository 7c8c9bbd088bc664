"""A kind letter before the last day of an offer, once; and what is forgotten of offers and reports."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import and_, delete, exists, or_, select, update

from certif.kit import clock, outbox
from certif.kit.db import db, lock, transaction
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.web import absolute_url
from certif.offers.model import JobOffer, OfferReminder, OfferReport
from certif.offers.standing import is_shown

DAYS_BEFORE = 7
LEAST_DAYS = 14
"""An offer that is shown for less is not worth a letter."""
KEPT = dt.timedelta(days=365)
REPORTS_KEPT = dt.timedelta(days=90)


@recurring("remind_of_offers", every=dt.timedelta(hours=6))
def remind_of_offers() -> None:
    """Tell each employer, once, that the last day of an offer is near. Offers that nobody sees are not spoken of."""
    for offer_id in _due():
        with transaction():
            offer = lock(db.session.get_one(JobOffer, offer_id))
            if insert_new(OfferReminder, [{"offer_id": offer.id, "reminded_at": clock.now()}], OfferReminder.id):
                employer = offer.employer
                outbox.queue(
                    "offers/offer_ending", employer.contact_email, language=employer.language, scope=offer.scope, offer=offer,
                    url=absolute_url("offers.list_mine", ref=employer.ref, language=employer.language),
                )  # fmt: skip


@recurring("forget_old_offers", every=dt.timedelta(days=1), retention=True)
def forget_old_offers() -> None:
    """Apply the retention of ways to apply and of reports, as their models say."""
    now = clock.now()
    old = JobOffer.until_on < clock.today() - KEPT, or_(JobOffer.apply_email != "", JobOffer.apply_phone != "")
    is_past = or_(OfferReport.settled_at < now - REPORTS_KEPT, and_(OfferReport.settled_at.is_(None), OfferReport.reported_at < now - KEPT))
    with transaction():
        db.session.execute(update(JobOffer).where(*old).values(apply_email="", apply_phone=""))
        db.session.execute(delete(OfferReport).where(is_past))


def _due() -> list[int]:
    today = clock.today()
    near = JobOffer.until_on.between(today, today + dt.timedelta(days=DAYS_BEFORE))
    told = exists().where(OfferReminder.offer_id == JobOffer.id).correlate(JobOffer)
    lately = JobOffer.posted_at < clock.now() - dt.timedelta(days=LEAST_DAYS - DAYS_BEFORE)
    found = select(JobOffer.id).where(near, lately, ~told, *is_shown())
    return list(db.session.scalars(found.order_by(JobOffer.id)))
