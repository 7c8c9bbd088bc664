"""What is forgotten, and when: what supported a request for a level, two years after the decision or the end of the cycle."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, select, update

from certif.certification import Badge
from certif.kit import clock, sent_files
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring
from certif.programs import months_after
from certif.standing.level_model import CriterionEvidence, LevelDecision, LevelRequest

KEPT_MONTHS = 24


@recurring("forget_old_level_evidence", every=dt.timedelta(days=1), retention=True)
def forget_old_level_evidence() -> None:
    """Erase the words and the files of requests whose time has come. That a level was asked for, and why it was refused, stay."""
    decided = exists().where(LevelDecision.request_id == LevelRequest.id, LevelDecision.decided_at >= clock.midnight(kept_since()))
    over = select(LevelRequest.id).where(~decided, ended_before(LevelRequest.certification_id, kept_since()))
    with transaction():
        db.session.execute(
            update(CriterionEvidence)
            .where(CriterionEvidence.request_id.in_(over), CriterionEvidence.words != "")
            .values(words="", piece_digest=None, piece_name=None)
            .execution_options(synchronize_session=False)
        )
        sent_files.erase_unused()


def kept_since() -> dt.date:
    """Give the day before which what is over has been kept long enough."""
    return months_after(clock.today(), -KEPT_MONTHS)


def ended_before(certification_id: SQLColumnExpression[int], day: dt.date) -> ColumnElement[bool]:
    """Give the condition that a cycle ended before a day: none of its badges is good on that day, or later."""
    return ~exists().where(Badge.certification_id == certification_id, Badge.valid_until >= day)
