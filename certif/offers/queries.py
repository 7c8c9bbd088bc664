"""Questions about offers: which are shown, where and in what sector; whose they are; what was reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.employers import Employer, employers_of
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.offers.model import EndKind, JobOffer, OfferReport
from certif.offers.standing import is_shown
from certif.territory import Mrc

READERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)
"""Who looks after offers: those who work for the whole program."""
NEWEST = 50
ON_A_SHEET = 80


@dataclass(frozen=True)
class Wanted:
    """What narrows the list: the slug of an MRC, the code of a sector; empty for all."""

    mrc: str = ""
    sector: str = ""


def shown_offers(wanted: Wanted, after: str | None) -> Slice[JobOffer]:
    """Give a page of the offers that are shown, the newest first."""
    page = cut(list_of(wanted), JobOffer.published_at.expression, JobOffer.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.JobOffer for row in page.rows], page.next)


def newest_offers(wanted: Wanted) -> Sequence[JobOffer]:
    """Give the last ones."""
    return db.session.scalars(list_of(wanted).order_by(JobOffer.published_at.desc(), JobOffer.ref.desc()).limit(NEWEST)).all()


def offers_in(mrcs: Sequence[Mrc]) -> Sequence[JobOffer]:
    """Give the offers that are shown in these MRC, MRC by MRC, the newest first: as many as a sheet holds."""
    found = list_of(Wanted()).where(JobOffer.mrc_id.in_([one.id for one in mrcs]))
    rows = db.session.scalars(found.order_by(JobOffer.published_at.desc(), JobOffer.ref.desc()).limit(ON_A_SHEET)).all()
    places = {one.id: number for number, one in enumerate(mrcs)}
    return sorted(rows, key=lambda offer: places[offer.mrc_id])


def shown_offer(ref: str) -> JobOffer:
    """Give an offer that is shown today. Refuses (404) any other, whatever hides it."""
    found: JobOffer | None = db.session.scalar(list_of(Wanted()).where(JobOffer.ref == ref))
    if found is None:
        raise NotFound
    return found


def list_of(wanted: Wanted) -> Select[Any]:
    """Give the statement of the list, before it is cut: one index gives its rows in order."""
    found = (
        select(JobOffer, JobOffer.published_at.label("since"), JobOffer.ref.label("ref"))
        .options(*(joinedload(one) for one in (JobOffer.establishment, JobOffer.employer, JobOffer.mrc, JobOffer.program)))
        .where(*is_shown())
    )
    if wanted.mrc:
        found = found.where(JobOffer.mrc_id == select(Mrc.id).where(Mrc.slug == wanted.mrc).scalar_subquery())
    return found.where(JobOffer.sector == wanted.sector) if wanted.sector else found


def offers_of(employer: Employer, after: str | None) -> Slice[JobOffer]:
    """Give the offers of an employer, the newest first, whatever became of them."""
    found = select(JobOffer, JobOffer.posted_at.label("since"), JobOffer.ref.label("ref")).where(JobOffer.employer_id == employer.id)
    found = found.options(joinedload(JobOffer.end), joinedload(JobOffer.establishment))
    page = cut(found, JobOffer.posted_at.expression, JobOffer.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.JobOffer for row in page.rows], page.next)


def own_offer(actor: Actor, ref: str) -> JobOffer:
    """Give the offer named `ref` to the people of its employer. Refuses (404) any other."""
    found = db.session.scalar(select(JobOffer).where(JobOffer.ref == ref))
    if found is None or found.employer_id not in {one.id for one in employers_of(actor)}:
        raise NotFound
    return found


def offer_of(actor: Actor, ref: str) -> JobOffer:
    """Give the offer named `ref` to those who look after its program. Refuses (404) any other."""
    found = db.session.scalar(select(JobOffer).where(JobOffer.ref == ref))
    if found is None or not actor.holds(found.program_id, *READERS):
        raise NotFound
    return found


def report_of(actor: Actor, ref: str) -> OfferReport:
    """Give a report to those who look after its program. Refuses (404) any other."""
    found = db.session.scalar(select(OfferReport).where(OfferReport.ref == ref))
    if found is None or not actor.holds(found.program_id, *READERS):
        raise NotFound
    return found


def offers_to_look_after(actor: Actor, after: str | None, *, awaited: bool) -> Slice[JobOffer]:
    """Give the offers of this person's programs, the newest first; `awaited`, only those that wait to be read."""
    found = select(JobOffer, JobOffer.posted_at.label("since"), JobOffer.ref.label("ref")).where(
        _held(JobOffer.program_id.expression, actor)
    )
    if awaited:
        found = found.where(JobOffer.published_at.is_(None), JobOffer.until_on >= clock.today(), ~JobOffer.end.has())
    found = found.options(joinedload(JobOffer.end), joinedload(JobOffer.employer), joinedload(JobOffer.mrc), joinedload(JobOffer.program))
    page = cut(found, JobOffer.posted_at.expression, JobOffer.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.JobOffer for row in page.rows], page.next)


def reports_waiting(actor: Actor, after: str | None) -> Slice[OfferReport]:
    """Give the reports of this person's programs that nobody has settled, the newest first."""
    found = select(OfferReport, OfferReport.reported_at.label("since"), OfferReport.ref.label("ref")).where(
        _held(OfferReport.program_id.expression, actor), OfferReport.settled_at.is_(None)
    )
    found = found.options(joinedload(OfferReport.offer).joinedload(JobOffer.employer))
    page = cut(found, OfferReport.reported_at.expression, OfferReport.ref.expression, read_cursor(after), newest_first=True)
    return Slice([row.OfferReport for row in page.rows], page.next)


def reports_of(offer: JobOffer) -> Sequence[OfferReport]:
    """Give what was reported of an offer, the newest first."""
    return db.session.scalars(select(OfferReport).where(OfferReport.offer_id == offer.id).order_by(OfferReport.id.desc())).all()


def are_shown(offers: Sequence[JobOffer]) -> set[str]:
    """Give which of these offers anyone sees today: one statement for all."""
    wanted = select(JobOffer.ref).where(JobOffer.id.in_([one.id for one in offers]), *is_shown())
    return set(db.session.scalars(wanted))


def state_of(offer: JobOffer, shown: set[str]) -> str:
    """Give where an offer stands: `shown`, `awaited`, `closed`, `removed`, `past`, or `hidden` while its employer is not certified."""
    if offer.end is not None:
        return "removed" if offer.end.kind == EndKind.REMOVED else "closed"
    if offer.until_on < clock.today():
        return "past"
    if offer.published_at is None:
        return "awaited"
    return "shown" if offer.ref in shown else "hidden"


def _held(program_id: ColumnElement[int], actor: Actor) -> ColumnElement[bool]:
    held = actor.program_ids(*READERS)
    return program_id.in_(held) if held is not None else true()
