"""What is forgotten, and when: a logo that was taken back or replaced, after thirty days."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, update
from sqlalchemy.orm import aliased

from certif.kit import clock, sent_files
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring
from certif.visibility.model import EmployerLogo

LOGO_KEPT = dt.timedelta(days=30)


@recurring("forget_old_logos", every=dt.timedelta(days=1), retention=True)
def forget_old_logos() -> None:
    """Let go of the pictures that no longer stand on any sheet."""
    later = aliased(EmployerLogo)
    followed = later.employer_id == EmployerLogo.employer_id, later.number > EmployerLogo.number
    is_over = exists().where(*followed, later.given_at < clock.now() - LOGO_KEPT)
    with transaction():
        db.session.execute(
            update(EmployerLogo)
            .where(EmployerLogo.digest.is_not(None), is_over)
            .values(digest=None)
            .execution_options(synchronize_session=False)
        )
        sent_files.erase_unused()
