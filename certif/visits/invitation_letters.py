"""What is written to those who are invited: each letter carries a link of their own, and the meeting as their calendar takes it."""

from __future__ import annotations

import base64

from sqlalchemy import select

from certif.accounts import mark
from certif.kit import calendars, clock, outbox, tokens
from certif.kit.access import Actor
from certif.kit.calendars import Happening, Person
from certif.kit.db import db
from certif.kit.languages import _, speaking
from certif.kit.web import absolute_url
from certif.visits.invitation_model import InvitationAnswer, VisitInvitation
from certif.visits.model import Visit
from certif.visits.queries import is_all_day

_STANDINGS = {InvitationAnswer.ACCEPTED: "ACCEPTED", InvitationAnswer.DECLINED: "DECLINED", InvitationAnswer.PROPOSED: "TENTATIVE"}

_SECRET = ("visits/person_invited", "visits/visit_moved", "visits/visit_soon", "visits/slots_offered")
_FLEETING = (*_SECRET, "visits/visit_cancelled", "visits/workshop_declined", "visits/invitation_answered")

for _letter in _FLEETING:
    outbox.forget_once_sent(_letter)
for _letter in _SECRET:
    outbox.hide_once_sent(_letter)


def invite_by_letter(invitation: VisitInvitation) -> None:
    """Write the invitation itself."""
    _write("visits/person_invited", invitation)


def tell_moved(visit: Visit, *, by: Actor) -> None:
    """Write to those who are invited that the meeting has another time or place."""
    for invitation in invited_to(visit):
        _write("visits/visit_moved", invitation)


def tell_cancelled(visit: Visit, *, by: Actor) -> None:
    """Write to those who are invited that the meeting will not be held."""
    for invitation in invited_to(visit):
        tell_off(invitation, reason=visit.cancellation.reason if visit.cancellation else "")


def tell_off(invitation: VisitInvitation, *, reason: str) -> None:
    """Write to one who was invited that they are expected no more; their calendar takes the meeting away."""
    _write("visits/visit_cancelled", invitation, method="CANCEL", reason=reason)


def remind_by_letter(invitation: VisitInvitation) -> None:
    """Write to one who is invited that the meeting is in two days."""
    _write("visits/visit_soon", invitation, with_calendar=False)


def invited_to(visit: Visit) -> list[VisitInvitation]:
    """Give who is invited to a meeting and was not told off, as they were invited."""
    found = select(VisitInvitation).where(VisitInvitation.visit_id == visit.id, VisitInvitation.withdrawn_at.is_(None))
    return list(db.session.scalars(found.order_by(VisitInvitation.id)))


def calendar_for(invitation: VisitInvitation, *, method: str, url: str = "") -> str:
    """Give the meeting as the calendar of one who is invited takes it. Nobody else who is invited is named."""
    visit = invitation.visit
    guest = Person(invitation.name, invitation.email, _STANDINGS[invitation.answer] if invitation.answer else "NEEDS-ACTION")
    host = visit.goers[0].user if visit.goers else None
    with speaking(invitation.language):
        title, where = title_for_guests(visit), ", ".join(filter(None, (visit.place, visit.address)))
    return calendars.calendar_of(
        [
            Happening(
                key_of(visit), title, where, visit.starts_at, visit.ends_at, clock.now(), sequence=visit.sequence, url=url,
                is_cancelled=method == "CANCEL", is_all_day=is_all_day(visit), guests=(guest,),
                organiser=Person(host.shown_name, host.email) if host else None,
            )
        ],
        method=method,
    )  # fmt: skip


def title_for_guests(visit: Visit) -> str:
    """Give what a meeting is called to those who are invited: its title, else with whom it is."""
    return visit.title or str(_("Rencontre avec %(body)s", body=visit.program.body.name))


def key_of(visit: Visit) -> str:
    """Give the name of a meeting in every calendar."""
    return f"visite-{visit.ref}"


def token_for(invitation: VisitInvitation) -> str:
    """Give what the link of an invitation ends with, the same in each letter; and remember its digest."""
    token = base64.urlsafe_b64encode(mark(invitation.ref, for_="visit invitations")).decode().rstrip("=")
    invitation.token_digest = tokens.digest(token)
    return token


def _write(name: str, invitation: VisitInvitation, *, method: str = "REQUEST", with_calendar: bool = True, reason: str = "") -> None:
    visit, url = invitation.visit, absolute_url("visits.answer_invitation", token=token_for(invitation), language=invitation.language)
    with speaking(invitation.language):
        title = title_for_guests(visit)
    outbox.queue(
        name, invitation.email, language=invitation.language, scope=visit.scope, visit=visit, person=invitation.name, url=url,
        title=title, hosts=[goer.user.shown_name for goer in visit.goers], reason=reason, is_all_day=is_all_day(visit),
        has_accepted=invitation.answer is InvitationAnswer.ACCEPTED,
        calendar=calendar_for(invitation, method=method, url=url) if with_calendar else None,
    )  # fmt: skip
