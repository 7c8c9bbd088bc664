"""What can be done with an offer, in story order: posted, read by staff where the program asks, edited, closed or removed, reported."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sqlalchemy import func, select

from certif.employers import Employer, check_may_edit
from certif.kit import audit, clock, outbox
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.offers import breaks, reminding
from certif.offers.hours import faults_of
from certif.offers.model import REPORT_REASONS, EndKind, JobOffer, OfferEnd, OfferReading, OfferReport, ReportReason
from certif.offers.standing import MOST_DAYS, Place, is_standing, places_offering, reads_offers
from certif.offers.terms import OfferTerms
from certif.programs import Program, Text, english, french

MOST_OPEN = 40
"""How many offers of one employer may be shown at once."""
MOST_REPORTS = 20
"""How many reports of one offer may wait: whoever floods it fills no more than that."""

audit.declare("offer_posted", _l("%(by)s a publié l’offre d’emploi « %(title)s »."), "title")
audit.declare("offer_approved", _l("%(by)s a relu et publié l’offre d’emploi « %(title)s »."), "title")
audit.declare("offer_edited", _l("%(by)s a modifié l’offre d’emploi « %(title)s »."), "title")
audit.declare("offer_closed", _l("%(by)s a fermé l’offre d’emploi « %(title)s »."), "title")
audit.declare("offer_removed", _l("%(by)s a retiré l’offre d’emploi « %(title)s ». Motif : %(reason)s"), "title", "reason")
audit.declare("offer_reported", _l("Une offre d’emploi a été signalée (%(reason)s)."), "reason", words={"reason": REPORT_REASONS})
audit.declare("offer_report_settled", _l("%(by)s a traité un signalement d’offre d’emploi."))
audit.declare("offer_reading_started", _l("%(by)s a demandé que les offres d’emploi soient relues avant de paraître."))
audit.declare("offer_reading_ended", _l("%(by)s a permis que les offres d’emploi paraissent sans relecture."))


def post_offer(employer: Employer, code: str, terms: OfferTerms, *, by: Actor) -> JobOffer:
    """Offer a job. It is shown at once, or once the team of the program has read it, where it asks to.

    Takes: `code`, the public code of the place of work, which the employer's certification covers today.
    Refuses: who may not speak for the employer; an employer that is not certified there; what keeps neither the promise nor the law; an
    offer shown more than ninety days; too many at once.
    """
    lock(employer)
    check_may_edit(employer, by)
    place = _place(employer, code)
    _check(terms, place, first=clock.today())
    if _open_count(employer) >= MOST_OPEN:
        raise Refusal(_("Vous avez déjà %(most)s offres ouvertes : fermez-en une avant d’en publier une autre.", most=MOST_OPEN))
    offer = JobOffer(
        program=place.certification.program, employer=employer, posted_at=clock.now(), posted_by=by.ref, **_values(terms, place)
    )
    _publish(offer, by)
    db.session.add(offer)
    db.session.flush()
    audit.record("offer_posted", offer, by=by, title=offer.title_fr)
    return offer


def edit_offer(offer: JobOffer, code: str, terms: OfferTerms, *, by: Actor) -> None:
    """Say an offer anew. Where the team of the program reads offers, it reads this one again before it is shown.

    Refuses: an offer that ended; another program than the first; what `post_offer` refuses.
    """
    lock(offer)
    check_may_edit(offer.employer, by)
    _check_open(offer)
    place = _place(offer.employer, code)
    if place.certification.program_id != offer.program_id:
        raise Refusal(_("Une offre reste dans son programme : publiez-en une autre pour celui-là."))
    _check(terms, place, first=offer.posted_at.astimezone(clock.TORONTO).date())
    for name, value in _values(terms, place).items():
        setattr(offer, name, value)
    offer.edited_at, offer.edited_by = clock.now(), by.ref
    if reads_offers(offer.program):
        offer.published_at = offer.published_by = None
    audit.record("offer_edited", offer, by=by, title=offer.title_fr)


def approve_offer(offer: JobOffer, *, by: Actor) -> None:
    """Publish an offer that staff have read. Refuses: one that is published, ended, or whose employer is certified no longer."""
    lock(offer)
    _check_open(offer)
    if offer.published_at is not None:
        raise Refusal(_("Cette offre est déjà publiée."))
    if not any(one.certification.program_id == offer.program_id for one in places_offering(offer.employer)):
        raise Refusal(_("Cet employeur n’est plus certifié : son offre ne peut pas paraître."))
    offer.published_at, offer.published_by = clock.now(), by.ref
    audit.record("offer_approved", offer, by=by, title=offer.title_fr)


def close_offer(offer: JobOffer, *, by: Actor) -> None:
    """Show an offer no longer, for its employer: the job is taken, or offered no more. Refuses: one that ended already."""
    lock(offer)
    check_may_edit(offer.employer, by)
    if not _end(offer, EndKind.CLOSED, "", by):
        raise Refusal(_("Cette offre est déjà fermée."))
    audit.record("offer_closed", offer, by=by, title=offer.title_fr)


def remove_offer(offer: JobOffer, reason: str, *, by: Actor) -> None:
    """Show an offer no longer, for the team of its program; the employer is told why. Refuses: one that ended already."""
    lock(offer)
    if not _end(offer, EndKind.REMOVED, reason, by):
        raise Refusal(_("Cette offre est déjà fermée."))
    audit.record("offer_removed", offer, by=by, title=offer.title_fr, reason=reason)
    employer = offer.employer
    outbox.queue(
        "offers/offer_removed", employer.contact_email, language=employer.language, scope=offer.scope, offer=offer, reason=reason,
        url=absolute_url("offers.list_mine", ref=employer.ref, language=employer.language),
    )  # fmt: skip


def report_offer(offer: JobOffer, reason: ReportReason, words: str, *, by: Actor) -> OfferReport:
    """Say that an offer is not as it should be. Who says so is not noted, even signed in. Refuses: an offer reported very often already."""
    lock(offer)
    waiting = select(func.count()).where(OfferReport.offer_id == offer.id, OfferReport.settled_at.is_(None))
    if (db.session.scalar(waiting) or 0) >= MOST_REPORTS:
        raise Refusal(_("Cette offre a déjà été signalée : l’équipe régionale l’examine."))
    report = OfferReport(offer=offer, program_id=offer.program_id, reason=reason.value, words=words, reported_at=clock.now())
    db.session.add(report)
    db.session.flush()
    audit.record("offer_reported", offer, by=dataclasses.replace(by, ref="visitor", name=""), reason=reason.value)
    return report


def settle_report(report: OfferReport, *, by: Actor) -> None:
    """Note that a report was looked into. Refuses: one that was already."""
    lock(report)
    if report.settled_at is not None:
        raise Refusal(_("Ce signalement est déjà traité."))
    report.settled_at, report.settled_by = clock.now(), by.ref
    audit.record("offer_report_settled", report.offer, by=by)


def start_reading(program: Program, *, by: Actor) -> None:
    """Let the team read offers before they are published, from now on. Those that are shown stay.

    Refuses: a program that asks it already.
    """
    lock(program)
    if reads_offers(program):
        raise Refusal(_("Les offres de ce programme sont déjà relues avant de paraître."))
    db.session.add(OfferReading(program_id=program.id, since_at=clock.now(), since_by=by.ref))
    audit.record("offer_reading_started", program, by=by)


def end_reading(program: Program, *, by: Actor) -> None:
    """Let offers be published at once from now on. Those that wait still wait for the team.

    Refuses: a program whose offers nobody reads.
    """
    lock(program)
    found = db.session.scalar(select(OfferReading).where(OfferReading.program_id == program.id, OfferReading.ended_at.is_(None)))
    if found is None:
        raise Refusal(_("Les offres de ce programme paraissent déjà sans relecture."))
    found.ended_at, found.ended_by = clock.now(), by.ref
    audit.record("offer_reading_ended", program, by=by)


def _place(employer: Employer, code: str) -> Place:
    found = next((one for one in places_offering(employer) if one.code == code), None)
    if found is None:
        raise Refusal(_("Seul un employeur dont la certification est en vigueur peut offrir un emploi ici. Revoyez-la dans Mon espace."))
    assert is_standing(found.certification)
    return found


def _check(terms: OfferTerms, place: Place, *, first: dt.date) -> None:
    if terms.until_on < clock.today() or terms.until_on > first + dt.timedelta(days=MOST_DAYS):
        raise Refusal(_("Une offre paraît au plus %(days)s jours : choisissez un dernier jour plus proche, à venir.", days=MOST_DAYS))
    if not (terms.apply_email or terms.apply_phone or terms.apply_url):
        raise Refusal(_("Donnez au moins une façon de postuler : une adresse courriel, un téléphone ou une page."))
    employer, rules = place.establishment.employer, place.certification.version.rules
    faults = faults_of(terms, rules.hours, is_federal=employer.federally_regulated, on=max(terms.starts_on, clock.today()))
    if not employer.federally_regulated and (fault := breaks.fault_of(terms, place.establishment.mrc)):
        faults.append(fault)
    if faults:
        raise Refusal(" ".join(faults))


def _check_open(offer: JobOffer) -> None:
    if offer.end is not None:
        raise Refusal(_("Cette offre est fermée : publiez-en une autre."))
    if offer.until_on < clock.today():
        raise Refusal(_("Cette offre est échue : publiez-en une autre."))


def _publish(offer: JobOffer, by: Actor) -> None:
    if not reads_offers(offer.program):
        offer.published_at, offer.published_by = clock.now(), by.ref


def _end(offer: JobOffer, kind: EndKind, reason: str, by: Actor) -> bool:
    row = {"offer_id": offer.id, "kind": kind.value, "reason": reason, "ended_at": clock.now(), "ended_by": by.ref}
    is_new = bool(insert_new(OfferEnd, [row], OfferEnd.id))
    db.session.expire(offer, ["end"])
    return is_new


def _open_count(employer: Employer) -> int:
    standing = JobOffer.employer_id == employer.id, JobOffer.until_on >= clock.today(), ~JobOffer.end.has()
    return db.session.scalar(select(func.count()).select_from(JobOffer).where(*standing)) or 0


def _values(terms: OfferTerms, place: Place) -> dict[str, object]:
    plain = {
        one.name: getattr(terms, one.name) for one in dataclasses.fields(terms) if one.name not in {"title", "tasks", "group", "season"}
    }
    words = {f"{name}_{spoken}": text for name in ("title", "tasks") for spoken, text in _printed(getattr(terms, name)).items()}
    where = {"establishment": place.establishment, "mrc_id": place.establishment.mrc_id, "sector": place.establishment.employer.sector}
    return {**plain, **words, **where, "group": terms.group.value, "season": terms.season.value}


def _printed(text: Text) -> dict[str, str]:
    return {"fr": french(text.fr).strip(), "en": english(text.en).strip()}


__all__ = [
    "approve_offer", "close_offer", "edit_offer", "end_reading", "post_offer", "reminding", "remove_offer", "report_offer",
    "settle_report", "start_reading",
]  # fmt: skip
