"""Questions about invitations: which one a link opens, which belong to a meeting."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.kit import tokens
from certif.kit.db import db
from certif.visits.invitation_model import InvitationAnswer, VisitInvitation
from certif.visits.model import Visit
from certif.visits.plan_travel import is_past


def invitation_behind(token: str) -> VisitInvitation:
    """Give the invitation of a link. Refuses (404) any other."""
    found = db.session.scalar(select(VisitInvitation).where(VisitInvitation.token_digest == tokens.digest(token)))
    if found is None:
        raise NotFound
    return found


def invitation_in(visit: Visit, ref: str) -> VisitInvitation:
    """Give an invitation to a meeting. Refuses (404) any other."""
    found = db.session.scalar(select(VisitInvitation).where(VisitInvitation.visit_id == visit.id, VisitInvitation.ref == ref))
    if found is None:
        raise NotFound
    return found


def proposed_in(visit: Visit, ref: str | None) -> dt.datetime | None:
    """Give the other time that an invitation’s answer proposes; None where it proposes none. Refuses (404) one of another meeting."""
    invitation = invitation_in(visit, ref) if ref else None
    return invitation.reply.proposed_at if invitation and invitation.reply and invitation.answer is InvitationAnswer.PROPOSED else None


def is_closed(invitation: VisitInvitation) -> bool:
    """Whether it is too late to answer: the meeting is over, cancelled or told of, or the invitation was withdrawn."""
    visit = invitation.visit
    return is_past(visit) or visit.cancellation is not None or visit.report is not None or invitation.withdrawn_at is not None
