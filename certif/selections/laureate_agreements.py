"""Asking a laureate to be named: a letter to the student or to the employer, a link, and one button for each thing to agree to."""

from __future__ import annotations

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.consents import PURPOSES, Consent, consents_of, give_consent, has_consent, withdraw_consent
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.selections.choosing_model import LaureateInvitation
from certif.selections.laureate_queries import HONOURERS
from certif.selections.model import Laureate, ResultRelease

audit.declare("laureate_asked", _l("%(by)s a demandé à un lauréat s’il accepte qu’on le nomme."), "side")
outbox.hide_once_sent("selections/agreement_asked")


def sides_of(laureate: Laureate) -> dict[str, tuple[str, str]]:
    """Give who may agree, the employer, and the student of a duo; and to which purposes: the name, then the photo."""
    if laureate.nomination_id is None:
        return {"employer": ("laureate_employer", "laureate_employer_image")}
    return {"employer": ("laureate_employer", "laureate_employer_image"), "student": ("laureate_student", "laureate_image")}


def address_of(laureate: Laureate, side: str) -> str:
    """Give the address that is known of one side; empty when there is none."""
    if side == "student":
        contact = laureate.nomination.contact if laureate.nomination else None
        return contact.email if contact else ""
    place = laureate.boss.establishment
    return place.employer.contact_email if place else ""


def sides_that_know(ids: list[int]) -> set[tuple[int, str]]:
    """Give which sides of these laureates know that they are: they were asked to agree, or the results were released."""
    asked = select(LaureateInvitation.laureate_id, LaureateInvitation.side).where(LaureateInvitation.laureate_id.in_(ids)).distinct()
    released = select(Laureate.id).join(ResultRelease, ResultRelease.campaign_id == Laureate.campaign_id).where(Laureate.id.in_(ids))
    told = {(one, side) for one in db.session.scalars(released) for side in ("employer", "student")}
    return told | set(db.session.execute(asked).tuples())


def states_of(laureate: Laureate) -> dict[str, str]:
    """Say of each purpose whether it is agreed to: `given`, `withdrawn`, `asked`, or `none`."""
    asked = set(db.session.scalars(select(LaureateInvitation.side).where(LaureateInvitation.laureate_id == laureate.id)))
    every: dict[str, list[Consent]] = {}
    for consent in consents_of(laureate):
        every.setdefault(consent.purpose, []).append(consent)
    sides = sides_of(laureate).items()
    return {purpose: _state(every.get(purpose, []), is_asked=side in asked) for side, purposes in sides for purpose in purposes}


def ask_agreement(laureate: Laureate, side: str, email: str, *, language: str, by: Actor) -> LaureateInvitation:
    """Ask one side, by letter, to agree to be named. Asked again, the link before no longer works.

    Refuses: someone who has no part in the program; a laureate that stepped down; a side that there is not.
    """
    lock(laureate)
    if not by.holds(laureate.campaign.program_id, *HONOURERS):
        raise Refusal(_("Votre rôle ne permet pas d’écrire à ce lauréat."))
    if laureate.standing_down is not None or side not in sides_of(laureate):
        raise Refusal(_("Il n’y a personne à qui le demander."))
    token = tokens.secret()
    asked = LaureateInvitation(
        laureate=laureate, side=side, token_digest=tokens.digest(token), sent_at=clock.now(), sent_by=by.ref
    )  # fmt: skip
    db.session.add(asked)
    db.session.flush()
    campaign = laureate.campaign
    outbox.queue(
        "selections/agreement_asked", email, language=language, scope=laureate.scope, side=side, laureate=laureate,
        title=campaign.title_en if language == "en" else campaign.title_fr,
        url=absolute_url("selections.show_agreement", token=token, language=language),
    )  # fmt: skip
    audit.record("laureate_asked", laureate, by=by, side=side)
    return asked


def invitation_behind(token: str) -> LaureateInvitation:
    """Give what the link of a letter stands for. Refuses: a link never given, or replaced by a newer one (not found)."""
    found = db.session.scalar(select(LaureateInvitation).where(LaureateInvitation.token_digest == tokens.digest(token)))
    if found is None:
        raise NotFound
    mine = LaureateInvitation.laureate_id == found.laureate_id, LaureateInvitation.side == found.side
    newest = db.session.scalar(select(LaureateInvitation.id).where(*mine).order_by(LaureateInvitation.id.desc()).limit(1))
    if newest != found.id or found.laureate.standing_down is not None:
        raise NotFound
    return found


def agree(asked: LaureateInvitation, purpose: str, *, language: str, by: Actor) -> None:
    """Agree to one thing: to be named, or to be seen. Agreeing again changes nothing.

    Refuses: a purpose that is not asked of this side; a photo without the name.
    """
    _let_answer(asked, purpose)
    laureate = lock(asked.laureate)
    name, photo = sides_of(laureate)[asked.side]
    if purpose == photo and not has_consent(laureate, name):
        raise Refusal(_("Acceptez d’abord que l’on vous nomme."))
    give_consent(laureate, purpose, version=PURPOSES[purpose].version, language=language, by=by)


def disagree(asked: LaureateInvitation, purpose: str, *, by: Actor) -> None:
    """Take an agreement back; without the name, there is no photo either.

    Refuses: a purpose that is not asked of this side.
    """
    _let_answer(asked, purpose)
    name, photo = sides_of(asked.laureate)[asked.side]
    for one in (name, photo) if purpose == name else (photo,):
        withdraw_consent(asked.laureate, one, by=by)


def _let_answer(asked: LaureateInvitation, purpose: str) -> None:
    if purpose not in sides_of(asked.laureate)[asked.side]:
        raise Refusal(_("Ce n’est pas ce qui vous est demandé."))


def _state(consents: list[Consent], *, is_asked: bool) -> str:
    if any(one.is_in_force for one in consents):
        return "given"
    return "withdrawn" if consents else "asked" if is_asked else "none"
