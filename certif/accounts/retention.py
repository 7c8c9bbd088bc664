"""What is forgotten, and when: links after a week, sessions three months after their end, invitations a month after."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, or_

from certif.accounts.model import EMPLOYER_LONGEST, SignInLink, StaffInvitation, UserSession
from certif.kit import clock
from certif.kit.db import db, transaction
from certif.kit.jobs import recurring

LINKS_KEPT = dt.timedelta(days=7)
SESSIONS_KEPT = dt.timedelta(days=90)
INVITATIONS_KEPT = dt.timedelta(days=30)


@recurring("forget_old_sign_ins", every=dt.timedelta(days=1), retention=True)
def forget_old_sign_ins() -> None:
    """Erase what is no longer needed to sign people in."""
    at = clock.now()
    with transaction():
        db.session.execute(delete(SignInLink).where(SignInLink.sent_at < at - LINKS_KEPT))
        has_long_ended = or_(UserSession.ended_at < at - SESSIONS_KEPT, UserSession.created_at < at - EMPLOYER_LONGEST - SESSIONS_KEPT)
        db.session.execute(delete(UserSession).where(has_long_ended))
        is_long_over = or_(StaffInvitation.accepted_at < at - INVITATIONS_KEPT, StaffInvitation.valid_until < at - INVITATIONS_KEPT)
        db.session.execute(delete(StaffInvitation).where(is_long_over))
