"""Sessions: one row for each browser in which a person is signed in. The cookie's token changes at sign-in and at each gain of power."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update
from werkzeug.exceptions import NotFound

from certif.accounts.model import FRESH, Grant, User, UserSession
from certif.accounts.proofs import OneTimeSecret, Passkey
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor, Granted, Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l

audit.declare("session_started", _l("%(by)s a ouvert une session."))
audit.declare("session_ended", _l("%(by)s a fermé une session."))
audit.declare("other_sessions_ended", _l("%(by)s a fermé ses autres sessions (%(count)s)."), "count")

SEEN_EVERY = dt.timedelta(minutes=1)
"""How precisely we know when a session was last used: it is written at most this often."""

_LONGEST_AGENT = 300


@dataclass(frozen=True)
class Browser:
    """What sends a request: `agent`, how it describes itself; `session`, the one it already carries."""

    agent: str = ""
    session: UserSession | None = None


@dataclass(frozen=True)
class SignIn:
    """A session and its `token`, which only the cookie may hold. `next_path`: where the person was going, a path of this site, or empty."""

    session: UserSession
    token: str
    next_path: str = ""


@dataclass(frozen=True)
class Presence:
    """A person who is here: the live session and the grants in force at this instant."""

    session: UserSession
    grants: tuple[Grant, ...]

    @property
    def is_staff(self) -> bool:
        """Whether this person holds a role, whatever was proven so far."""
        return bool(self.grants)

    def actor(self) -> Actor:
        """Give who acts. Roles of staff count only once the second factor was given in this session."""
        user, proven = self.session.user, self.session.second_factor_at is not None
        grants = self.grants if proven else ()
        return Actor(
            ref=user.ref,
            name=user.shown_name,
            email=user.email,
            user_id=user.id,
            roles=frozenset({Role.EMPLOYER, *(grant.role for grant in grants)}),
            grants=tuple(Granted(grant.role, grant.program_id, grant.partner_id) for grant in grants),
            awaits_second_factor=self.is_staff and not proven,
        )


def actor_of(user: User) -> Actor:
    """Give a person as who acts, with no more power than anyone signed in."""
    return Actor(ref=user.ref, name=user.shown_name, email=user.email, user_id=user.id, roles=frozenset({Role.EMPLOYER}))


def start_session(user: User, *, browser: Browser, next_path: str = "", second_factor: bool = False) -> SignIn:
    """Open a session under a token never seen before; the one that the browser carried ends.

    Takes: `second_factor`, whether what was just shown counts as both factors (a passkey that checked who holds it).
    """
    if browser.session is not None:
        browser.session.ended_at = clock.now()
    token, at = tokens.secret(), clock.now()
    session = UserSession(
        token_digest=tokens.digest(token), user=user, created_at=at, last_seen_at=at, proved_at=at,
        second_factor_at=at if second_factor else None, agent=browser.agent[:_LONGEST_AGENT],
    )  # fmt: skip
    db.session.add(session)
    audit.record("session_started", user, by=actor_of(user))
    return SignIn(session, token, next_path)


def prove_again(session: UserSession, *, second_factor: bool) -> str:
    """Note that the person has just shown who they are; give the session's new token, since it now allows more."""
    token = tokens.secret()
    session.token_digest, session.proved_at = tokens.digest(token), clock.now()
    if second_factor:
        session.second_factor_at = clock.now()
    return token


def presence_of(token: str) -> Presence | None:
    """Give who is behind a cookie, as things are at this instant; None when the session is over or the account is closed."""
    session = db.session.scalar(select(UserSession).join(UserSession.user).where(UserSession.token_digest == tokens.digest(token)))
    if session is None or session.user.disabled_at is not None:
        return None
    grants = tuple(db.session.scalars(select(Grant).where(Grant.user_id == session.user_id, Grant.in_force()).order_by(Grant.id)))
    return Presence(session, grants) if session.is_alive(staff=bool(grants)) else None


def note_seen(session_id: int) -> None:
    """Note that a session was used just now, at most once in `SEEN_EVERY`."""
    at = clock.now()
    is_old = UserSession.last_seen_at < at - SEEN_EVERY
    db.session.execute(
        update(UserSession).where(UserSession.id == session_id, is_old, UserSession.ended_at.is_(None)).values(last_seen_at=at)
    )


def sessions_of(user: User) -> list[UserSession]:
    """Give a person's live sessions, the last used first."""
    staff = is_staff(user)
    found = db.session.scalars(
        select(UserSession).where(UserSession.user_id == user.id, UserSession.ended_at.is_(None)).order_by(UserSession.last_seen_at.desc())
    )
    return [session for session in found if session.is_alive(staff=staff)]


def my_session(ref: str, *, by: Actor) -> UserSession:
    """Give one of my sessions by its public name; anyone else's is not found."""
    session = db.session.scalar(select(UserSession).where(UserSession.ref == ref, UserSession.user_id == by.user_id))
    if session is None:
        raise NotFound
    return session


def end_session(session: UserSession, *, by: Actor) -> None:
    """End a session: a copy of its cookie opens nothing from now on."""
    if session.ended_at is None:
        session.ended_at = clock.now()
        audit.record("session_ended", session.user, by=by)


def end_other_sessions(session: UserSession, *, by: Actor) -> int:
    """End every session of this person but this one; give how many."""
    count = _end_all(session.user, but=session)
    audit.record("other_sessions_ended", session.user, by=by, count=count)
    return count


def end_every_session(user: User) -> None:
    """End every session of a person: the account is closed."""
    _end_all(user)


def ask_second_factor_again(user: User) -> None:
    """Let a person's sessions prove the second factor again: their roles have just grown, and the token must change with them."""
    for session in db.session.scalars(select(UserSession).where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))):
        session.second_factor_at = None


def is_staff(user: User) -> bool:
    """Whether this person holds a role at this instant, proven or not."""
    return db.session.scalar(select(Grant.id).where(Grant.user_id == user.id, Grant.in_force()).limit(1)) is not None


def has_second_factor(user: User) -> bool:
    """Whether this person can give a second factor: one-time codes, or a passkey."""
    return any(db.session.scalar(select(kind.id).where(kind.user_id == user.id).limit(1)) for kind in (OneTimeSecret, Passkey))


def is_fresh(session: UserSession) -> bool:
    """Whether the person has shown lately who they are: staff by the second factor, once they have one; anyone else by the address."""
    user = session.user
    proved_at = session.second_factor_at if is_staff(user) and has_second_factor(user) else session.proved_at
    return proved_at is not None and clock.now() < proved_at + FRESH


def require_fresh(session: UserSession) -> None:
    """Let a sensitive change pass.

    Refuses: a session whose last proof of identity is too old.
    """
    if not is_fresh(session):
        raise Refusal(_("Confirmez d’abord que c’est bien vous, puis recommencez."))


def _end_all(user: User, but: UserSession | None = None) -> int:
    found = db.session.scalars(select(UserSession).where(UserSession.user_id == user.id, UserSession.ended_at.is_(None)))
    others = [session for session in found if but is None or session.id != but.id]
    for session in others:
        session.ended_at = clock.now()
    return len(others)
