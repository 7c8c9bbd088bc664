"""What can happen to a workshop that somebody asks for: asked, accepted by planning it, declined with a reason, forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_, select

from certif.accounts import User, staff_of
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock, transaction
from certif.kit.errors import Refusal
from certif.kit.jobs import recurring
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.plans import Audience
from certif.programs import program_at
from certif.territory import Mrc
from certif.visits.invitation_actions import invite_person
from certif.visits.model import Visit
from certif.visits.plan_actions import plan_visit
from certif.visits.plan_terms import VisitTerms, VisitTime
from certif.visits.workshop_model import WorkshopAnswer, WorkshopRequest

audit.declare("workshop_asked", _l("Un atelier a été demandé par le formulaire public."))
audit.declare("workshop_accepted", _l("%(by)s a accepté une demande d’atelier."))
audit.declare("workshop_declined", _l("%(by)s a refusé une demande d’atelier."))

KEPT, KEPT_UNANSWERED = dt.timedelta(days=180), dt.timedelta(days=365)
"""How long a request is kept after its answer, and without one."""

MOST_TOLD = 10


@dataclass(frozen=True)
class WorkshopWish:
    """What is asked for, and by whom."""

    audience: Audience
    body: str
    people: int
    wished: str
    preferred_on: dt.date | None
    contact_name: str
    contact_email: str
    contact_phone: str | None
    language: str


def ask_for_workshop(mrc: Mrc, wish: WorkshopWish, *, by: Actor) -> WorkshopRequest:
    """Ask for a workshop in an MRC: whoever works in its program is told. Nothing is written to the address that was given.

    Refuses: an MRC that no program serves; a day that is past; the same body asking from the same address while its request waits.
    """
    found = program_at(mrc)
    if not found:
        raise Refusal(_("Aucun programme ne sert cette MRC pour le moment."))
    if wish.preferred_on is not None and wish.preferred_on < clock.today():
        raise Refusal(_("Choisissez une date à venir."))
    program = lock(found[0])
    same = WorkshopRequest.program_id == program.id, WorkshopRequest.contact_email == wish.contact_email, WorkshopRequest.body == wish.body
    waits = ~select(WorkshopAnswer.id).where(WorkshopAnswer.request_id == WorkshopRequest.id).exists()
    if db.session.scalar(select(WorkshopRequest.id).where(*same, waits).limit(1)) is not None:
        raise Refusal(_("Votre demande est déjà reçue : nous vous répondrons."))
    request = WorkshopRequest(
        ref=tokens.ref(), program=program, mrc=mrc, audience=wish.audience.value, body=wish.body, people=wish.people, wished=wish.wished,
        preferred_on=wish.preferred_on, contact_name=wish.contact_name, contact_email=wish.contact_email, contact_phone=wish.contact_phone,
        language=wish.language, asked_at=clock.now(),
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    audit.record("workshop_asked", request, by=by)
    for user in staff_of(program, (Role.MANAGER, Role.AGENT))[:MOST_TOLD]:
        outbox.queue(
            "visits/workshop_asked", user.email, language=user.language, scope=request.scope, asked=request,
            url=absolute_url("visits.list_workshops", language=user.language),
        )  # fmt: skip
    return request


def accept_workshop(
    request: WorkshopRequest, terms: VisitTerms, when: VisitTime, *, goers: Sequence[User], despite: bool = True, by: Actor
) -> Visit:
    """Plan the workshop that was asked for, and invite whoever asked. Refuses: one that is answered; what `plan_visit` refuses."""
    _check_waiting(request)
    visit = plan_visit(request.program, terms, when, goers=goers, despite=despite, by=by)
    request.answer = WorkshopAnswer(visit=visit, reason=None, answered_at=clock.now(), answered_by=by.ref)
    db.session.flush()
    invite_person(visit, name=request.contact_name, email=request.contact_email, language=request.language, by=by)
    audit.record("workshop_accepted", request, by=by)
    return visit


def decline_workshop(request: WorkshopRequest, reason: str, *, by: Actor) -> None:
    """Say why the workshop that was asked for will not be held, to whoever asked. Refuses: one that is answered."""
    _check_waiting(request)
    request.answer = WorkshopAnswer(visit=None, reason=reason, answered_at=clock.now(), answered_by=by.ref)
    db.session.flush()
    audit.record("workshop_declined", request, by=by)
    outbox.queue(
        "visits/workshop_declined", request.contact_email, language=request.language, scope=request.scope, asked=request, reason=reason
    )


@recurring("forget_workshop_requests", every=dt.timedelta(days=1), retention=True)
def forget_workshop_requests() -> None:
    """Forget who asked for workshops long ago, as their model says."""
    with transaction():
        answered = select(WorkshopAnswer.request_id).where(WorkshopAnswer.answered_at < clock.now() - KEPT)
        waiting = ~select(WorkshopAnswer.id).where(WorkshopAnswer.request_id == WorkshopRequest.id).exists()
        ages = WorkshopRequest.asked_at < clock.now() - KEPT_UNANSWERED
        old = select(WorkshopRequest.id).where(or_(WorkshopRequest.id.in_(answered), waiting & ages))
        ids = list(db.session.scalars(old))
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            db.session.execute(delete(WorkshopAnswer).where(WorkshopAnswer.request_id.in_(some)))
            db.session.execute(delete(WorkshopRequest).where(WorkshopRequest.id.in_(some)))


def _check_waiting(request: WorkshopRequest) -> None:
    lock(request)
    if db.session.scalar(select(WorkshopAnswer.id).where(WorkshopAnswer.request_id == request.id)) is not None:
        raise Refusal(_("Cette demande a déjà sa réponse."))
