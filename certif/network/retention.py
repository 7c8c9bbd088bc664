"""What is forgotten, and when: whom to reach a year after they no longer are; who asked for support 90 days after it is settled."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import and_, exists, or_, update

from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring
from certif.network.model import BodyContact
from certif.network.request_model import SupportRequest, SupportSettlement

CONTACT_KEPT = dt.timedelta(days=365)
SETTLED_KEPT = dt.timedelta(days=90)
UNSETTLED_KEPT = dt.timedelta(days=365)


@recurring("forget_contacts", every=dt.timedelta(days=1), retention=True)
def forget_contacts() -> None:
    """Forget whom one reached in bodies, as their model says."""
    is_over = BodyContact.ended_at < clock.now() - CONTACT_KEPT, BodyContact.name != ""
    with transaction():
        db.session.execute(
            update(BodyContact).where(*is_over).values(name="", email=None, phone=None), execution_options={"synchronize_session": False}
        )


@recurring("forget_askers", every=dt.timedelta(days=1), retention=True)
def forget_askers() -> None:
    """Forget who asked for support and what they wrote, as their model says; that something was asked stays, to be counted."""
    at = clock.now()
    is_settled = exists().where(SupportSettlement.request_id == SupportRequest.id)
    is_long_settled = exists().where(SupportSettlement.request_id == SupportRequest.id, SupportSettlement.settled_at < at - SETTLED_KEPT)
    is_over = or_(is_long_settled, and_(~is_settled, SupportRequest.asked_at < at - UNSETTLED_KEPT))
    gone = update(SupportRequest).where(SupportRequest.email != "", is_over).values(name="", email="", phone=None, words="")
    answers = update(SupportSettlement).where(SupportSettlement.answer != "", SupportSettlement.settled_at < at - SETTLED_KEPT)
    with transaction():
        db.session.execute(gone, execution_options={"synchronize_session": False})
        db.session.execute(answers.values(answer=""), execution_options={"synchronize_session": False})
