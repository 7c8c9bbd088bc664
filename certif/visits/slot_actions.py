"""What can happen to hours that are offered: opened to one party, chosen once, closed; forgotten later."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update

from certif.accounts import User
from certif.imports import LetterStop, Prospect, address_digest, has_stopped
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.plans import Audience
from certif.programs import Program
from certif.territory import Mrc
from certif.visits.contact_actions import STOPPED, is_stopped, note_letter
from certif.visits.invitation_actions import invite_person
from certif.visits.model import Visit, VisitKind
from certif.visits.plan_actions import plan_visit
from certif.visits.plan_terms import About, VisitTerms, VisitTime
from certif.visits.slot_hours import free_hours
from certif.visits.slot_model import SlotChoice, SlotOffer

audit.declare("slots_opened", _l("%(by)s a offert des plages de rendez-vous."))
audit.declare("slots_closed", _l("%(by)s a fermé des plages de rendez-vous."))
audit.declare("slot_letters_stopped", _l("La personne à qui des plages étaient offertes ne veut plus recevoir d’invitations."))
audit.declare("slot_chosen", _l("Une plage de rendez-vous a été choisie par le lien."))

KEPT = dt.timedelta(days=90)
"""How long after the last day offered its contact is kept."""

LONGEST = dt.timedelta(days=62)


@dataclass(frozen=True)
class SlotTerms:
    """What is offered, and to whom."""

    contact_name: str
    contact_email: str
    language: str
    place: str
    address: str
    from_on: dt.date
    until_on: dt.date
    weekdays: str
    from_hour: str
    until_hour: str
    minutes: int
    buffer_minutes: int


def open_slots(program: Program, terms: SlotTerms, *, user: User, mrc: Mrc | None, about: About, by: Actor) -> SlotOffer:
    """Offer hours of somebody of the team to one party, by a letter with a link; to a prospect, it counts as an approach.

    Refuses: days that are past, or more than two months of them; hours of which none is free; whoever may not be written to.
    """
    if terms.until_on < terms.from_on or terms.until_on < clock.today():
        raise Refusal(_("Le dernier jour doit venir après le premier, et n’être pas passé."))
    if terms.until_on - terms.from_on > LONGEST:
        raise Refusal(_("Offrez des plages sur deux mois au plus."))
    _check_ground(about.prospect, terms.contact_email)
    offer = SlotOffer(
        program=program, user=user, mrc=mrc, prospect=about.prospect, employer=about.employer, ref=tokens.ref(), opened_at=clock.now(),
        opened_by=by.ref, **dataclasses.asdict(terms),
    )  # fmt: skip
    with db.session.no_autoflush:
        hours = free_hours(offer)
    if not hours:
        raise Refusal(_("Aucune plage n’est libre avec ces réponses : élargissez les jours ou les heures."))
    token = tokens.secret()
    offer.token_digest = tokens.digest(token)
    db.session.add(offer)
    db.session.flush()
    audit.record("slots_opened", offer, by=by)
    if about.prospect is not None:
        note_letter(about.prospect, str(_("Plages de rendez-vous offertes par courriel.")), by=by)
    outbox.queue(
        "visits/slots_offered", offer.contact_email, language=offer.language, scope=offer.scope, offer=offer,
        url=absolute_url("visits.choose_slot", token=token, language=offer.language),
        stop_url=absolute_url("visits.stop_offers", token=token, language=offer.language),
    )  # fmt: skip
    return offer


def close_slots(offer: SlotOffer, *, by: Actor) -> None:
    """Offer them no more. Refuses: hours that are closed already, or of which one was chosen."""
    lock(offer)
    _check_open(offer)
    offer.closed_at, offer.closed_by = clock.now(), by.ref
    audit.record("slots_closed", offer, by=by)


def choose_slot(offer: SlotOffer, starts_at: dt.datetime, *, by: Actor) -> Visit:
    """Choose one of the hours: the meeting is planned, and whoever chose has it in writing. Of many at once, the first one has it.

    Refuses: an offer that is closed or taken; an hour that is not free, or no longer.
    """
    lock(offer.user)  # whoever else chooses among this person’s hours waits here
    lock(offer)
    _check_open(offer)
    if starts_at not in free_hours(offer):
        raise Refusal(_("Cette plage vient d’être prise. Choisissez-en une autre."))
    when = VisitTime(starts_at, starts_at + dt.timedelta(minutes=offer.minutes), offer.place, offer.address, offer.mrc)
    terms, about = VisitTerms(VisitKind.VISIT, Audience.EMPLOYERS), About(offer.prospect, offer.employer)
    visit = plan_visit(offer.program, terms, when, goers=[offer.user], about=about, by=by)
    offer.choices.append(SlotChoice(user_id=offer.user_id, starts_at=starts_at, visit=visit, chosen_at=clock.now()))
    db.session.flush()
    invite_person(visit, name=offer.contact_name, email=offer.contact_email, language=offer.language, has_chosen=True, by=by)
    audit.record("slot_chosen", offer, by=by)
    return visit


def stop_offers(offer: SlotOffer, *, by: Actor) -> None:
    """Write no more to the address of this offer, here or to invite it to register. Said again, it changes nothing."""
    stop = {"address_digest": address_digest(offer.contact_email), "stopped_at": clock.now()}
    if insert_new(LetterStop, [stop], LetterStop.id):
        audit.record("slot_letters_stopped", offer, by=by)


@recurring("forget_slot_contacts", every=dt.timedelta(days=1), retention=True)
def forget_slot_contacts() -> None:
    """Forget to whom hours of long ago were offered, as their model says."""
    with transaction():
        old = SlotOffer.until_on < clock.today() - KEPT, SlotOffer.contact_email != ""
        blank = {"contact_name": "", "contact_email": "", "token_digest": None}
        db.session.execute(update(SlotOffer).where(*old).values(**blank), execution_options={"synchronize_session": False})


def _check_open(offer: SlotOffer) -> None:
    held = select(SlotChoice.id).where(SlotChoice.offer_id == offer.id, SlotChoice.released_at.is_(None))
    if db.session.scalar(held) is not None:
        raise Refusal(_("Votre rendez-vous est déjà choisi."))
    if offer.closed_at is not None:
        raise Refusal(_("Ces plages ne sont plus offertes."))


def _check_ground(prospect: Prospect | None, email: str) -> None:
    if has_stopped(email):
        raise Refusal(_("Cette personne a demandé de ne plus recevoir d’invitations."))
    if prospect is not None and is_stopped(lock(prospect)):
        raise Refusal(str(STOPPED))
    if prospect is not None and not prospect.contact_ground:
        raise Refusal(_("Notez d’abord, à la fiche du prospect, ce qui permet de lui écrire."))
