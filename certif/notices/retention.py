"""What is forgotten, and when: the words of a question 90 days after it is settled, a year after it was asked when nobody settled it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import and_, exists, or_, update

from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring
from certif.notices.model import ProgramQuestion, Settlement

SETTLED_KEPT = dt.timedelta(days=90)
UNSETTLED_KEPT = dt.timedelta(days=365)


@recurring("forget_questions", every=dt.timedelta(days=1), retention=True)
def forget_questions() -> None:
    """Forget what people typed, as its model says; what staff published was written by them, and stays."""
    at = clock.now()
    is_settled = exists().where(Settlement.question_id == ProgramQuestion.id)
    is_long_settled = exists().where(Settlement.question_id == ProgramQuestion.id, Settlement.settled_at < at - SETTLED_KEPT)
    is_over = or_(is_long_settled, and_(~is_settled, ProgramQuestion.asked_at < at - UNSETTLED_KEPT))
    with transaction():
        db.session.execute(
            update(ProgramQuestion).where(ProgramQuestion.words != "", is_over).values(words="", email=None),
            execution_options={"synchronize_session": False},
        )
