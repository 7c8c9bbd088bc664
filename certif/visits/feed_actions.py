"""What can happen to a subscription: made, changed for another address, revoked."""

from __future__ import annotations

from sqlalchemy import select

from certif.accounts import User
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.visits.feed_model import CalendarFeed

audit.declare("feed_made", _l("%(by)s a créé l’adresse de son agenda."))
audit.declare("feed_revoked", _l("%(by)s a fermé l’adresse de son agenda."))


def make_feed(user: User, *, by: Actor) -> str:
    """Give somebody a secret address for their own calendar; the one they had, if any, stops at once.

    Gives: what the address ends with, shown once: only its digest is kept.
    """
    lock(user)
    standing = feed_of(user)
    if standing is not None:
        standing.revoked_at = clock.now()
        db.session.flush()
    token = tokens.secret()
    db.session.add(CalendarFeed(user=user, token_digest=tokens.digest(token), made_at=clock.now()))
    db.session.flush()
    audit.record("feed_made", user, by=by)
    return token


def revoke_feed(user: User, *, by: Actor) -> None:
    """Close the secret address. Refuses: somebody who has none."""
    lock(user)
    standing = feed_of(user)
    if standing is None:
        raise Refusal(_("Vous n’avez pas d’adresse à fermer."))
    standing.revoked_at = clock.now()
    audit.record("feed_revoked", user, by=by)


def feed_of(user: User) -> CalendarFeed | None:
    """Give the subscription of somebody; None while they have none."""
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.user_id == user.id, CalendarFeed.revoked_at.is_(None)))
