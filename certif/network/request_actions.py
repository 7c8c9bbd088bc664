"""What can happen to a request for support, in story order: asked, assigned, answered, or closed without an answer."""

from __future__ import annotations

from sqlalchemy import exists, func, select

from certif.accounts import User
from certif.kit import audit, clock, outbox
from certif.kit.access import VISITOR, Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.network.actions import let_work
from certif.network.model import BodyContact
from certif.network.request_model import SupportAssignment, SupportRequest, SupportSettlement
from certif.network.terms import AskTerms
from certif.programs import Program, french

MOST_WAITING = 200
"""How many requests may wait in one program: whoever floods it fills no more than that."""

audit.declare("support_asked", _l("Une demande d’accompagnement a été reçue."), "asker")
audit.declare("support_assigned", _l("%(by)s a confié une demande d’accompagnement à quelqu’un."))
audit.declare("support_answered", _l("%(by)s a répondu à une demande d’accompagnement."))
audit.declare("support_closed", _l("%(by)s a fermé une demande d’accompagnement. Motif : %(note)s"), "note")

outbox.forget_once_sent("network/support_answered")
outbox.forget_once_sent("network/support_assigned")


def ask_for_support(program: Program, terms: AskTerms, *, by: Actor) -> SupportRequest:
    """Ask to be supported. Refuses: a program where too many requests wait."""
    lock(program)
    is_settled = exists().where(SupportSettlement.request_id == SupportRequest.id)
    waiting = select(func.count()).select_from(SupportRequest).where(SupportRequest.program_id == program.id, ~is_settled)
    if (db.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise Refusal(_("Beaucoup de demandes attendent déjà. Revenez dans quelques jours, ou écrivez à l’organisme."))
    request = SupportRequest(
        program=program, asker=terms.asker, organisation=terms.organisation, name=terms.name, email=terms.email,
        phone=terms.phone or None, words=terms.words, language=terms.language, asked_at=clock.now(),
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    audit.record("support_asked", request, by=VISITOR, asker=terms.asker)
    return request


def assign_request(request: SupportRequest, *, user: User | None = None, expert: BodyContact | None = None, by: Actor) -> None:
    """Give a request to somebody, who is told by letter; given again, the last counts.

    Takes: `user`, somebody of the team, or `expert`, of the register: one of the two.
    Refuses: someone who does not work for the program; a request settled already; nobody; an expert of another program or without an
    address.
    """
    _lock_waiting(request, by)
    if (user is None) == (expert is None):
        raise Refusal(_("Choisissez à qui confier la demande."))
    if expert is not None and (expert.body.program_id != request.program_id or not expert.email or expert.ended_at is not None):
        raise Refusal(_("Choisissez une personne experte du registre de ce programme."))
    db.session.add(SupportAssignment(request_id=request.id, user=user, expert=expert, assigned_at=clock.now(), assigned_by=by.ref))
    db.session.flush()
    db.session.expire(request, ["assignments"])
    audit.record("support_assigned", request, by=by)
    if expert is not None:
        email, language = str(expert.email), expert.language
    else:
        assert user is not None
        email, language = user.email, user.language
    outbox.queue(
        "network/support_assigned", email, language=language, scope=request.scope, request=request, is_expert=expert is not None,
        url=absolute_url("network.show_request", ref=request.ref, language=language),
    )  # fmt: skip


def answer_request(request: SupportRequest, answer: str, *, by: Actor) -> SupportSettlement:
    """Answer who asked, by letter, once. Refuses: someone who does not work for the program; a request settled already."""
    _lock_waiting(request, by)
    said = french(answer) if request.language == "fr" else answer
    settlement = _settle(request, by, answer=said)
    audit.record("support_answered", request, by=by)
    outbox.queue(
        "network/support_answered", request.email, language=request.language, scope=request.scope, answer=said, program=request.program,
    )  # fmt: skip
    return settlement


def close_request(request: SupportRequest, note: str, *, by: Actor) -> SupportSettlement:
    """Close a request that needs no answer from here, and say why to colleagues, once.

    Refuses: someone who does not work for the program; a request settled already.
    """
    _lock_waiting(request, by)
    settlement = _settle(request, by, note=note)
    audit.record("support_closed", request, by=by, note=note)
    return settlement


def _settle(request: SupportRequest, by: Actor, *, answer: str = "", note: str = "") -> SupportSettlement:
    settlement = request.settlement = SupportSettlement(
        answer=answer, note=note, settled_at=clock.now(), settled_by=by.ref, settler=by.name
    )
    db.session.flush()
    return settlement


def _lock_waiting(request: SupportRequest, by: Actor) -> None:
    lock(request)
    let_work(by, request.program)
    if request.settlement is not None:
        raise Refusal(_("%(name)s a déjà réglé cette demande.", name=request.settlement.settler))
