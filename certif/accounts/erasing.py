"""An account is emptied for good: what proves who somebody was stays in what they signed, not here."""

from __future__ import annotations

from sqlalchemy import select

from certif.accounts.model import Grant, User
from certif.accounts.second_factor import forget_second_factor
from certif.accounts.sessions import end_every_session
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l

audit.declare("account_erased", _l("%(by)s a effacé un compte."))

NOWHERE = "efface.invalid"
"""Where nobody can be written to. Source: RFC 2606."""


def erase_account(user: User, *, by: Actor) -> None:
    """Empty and close an account: no name, no address, no way in. The row stays, for what refers to it.

    Refuses: somebody who holds a role. Who acts for an employer is asked by the caller.
    """
    lock(user)
    if db.session.scalar(select(Grant.id).where(Grant.user_id == user.id, Grant.in_force()).limit(1)) is not None:
        raise Refusal(_("Cette personne a encore un rôle : retirez-le d’abord, dans «\u00a0Équipe\u00a0»."))
    end_every_session(user)
    forget_second_factor(user)
    user.name, user.email = "", f"{user.ref}@{NOWHERE}"
    if user.disabled_at is None:
        user.disabled_at, user.disabled_by = clock.now(), by.ref
    audit.record("account_erased", user, by=by)
