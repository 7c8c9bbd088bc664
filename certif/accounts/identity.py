"""Who sends a request: the cookie, the session behind it, and the actor that every page and act is given.

The only module of the room, with its views, that knows of requests. The cookie is set at sign-in only. When a session was last used is
written after the answer has left, in a unit of work of its own, at most once a minute: a page that is only read stays read-only, and a
database that is busy delays nobody.
"""

from __future__ import annotations

import logging
from functools import partial

import flask_login
from flask import Flask, Request, Response, after_this_request, current_app, g, request
from flask import session as forms_session
from sqlalchemy.exc import DBAPIError

from certif.accounts.model import EMPLOYER_LONGEST, User, UserSession
from certif.accounts.sessions import SEEN_EVERY, Browser, Presence, SignIn, note_seen, presence_of
from certif.kit import clock
from certif.kit.access import VISITOR, Actor, identify_with
from certif.kit.db import db, transaction
from certif.kit.settings import settings

_log = logging.getLogger("certif.accounts")
_login_manager = flask_login.LoginManager()
_login_manager.session_protection = None


class _Present(flask_login.UserMixin):  # type: ignore[misc]
    """Who flask-login's `current_user` is."""

    def __init__(self, presence: Presence) -> None:
        self.presence = presence

    def get_id(self) -> str:
        """Give the public name of the session: what changes when the person signs out and in again."""
        return self.presence.session.ref


def install(app: Flask) -> None:
    """Let flask-login ask us who sends a request. Its own hooks stay out: they would make every public page vary with a cookie."""
    app.login_manager = _login_manager  # type: ignore[attr-defined]


@_login_manager.request_loader  # type: ignore[untyped-decorator]
def _load(sent: Request) -> _Present | None:
    token = sent.cookies.get(cookie_name())
    presence = presence_of(token) if token else None
    if presence is None:
        return None
    if presence.session.last_seen_at < clock.now() - SEEN_EVERY:
        _note_seen_afterwards(presence.session.id)
    return _Present(presence)


def identify() -> Actor:
    """Give who sends this request."""
    presence = current_presence()
    return presence.actor() if presence else VISITOR


identify_with(identify)


def cookie_name() -> str:
    """Give the name of the session's cookie: with TLS, a prefix that lets no other site of the domain plant one."""
    return "__Host-certif" if settings().is_https else "certif"


def current_presence() -> Presence | None:
    """Give who is signed in in the browser that sends this request."""
    found = flask_login.current_user
    return found.presence if found.is_authenticated else None


def current_session() -> UserSession | None:
    """Give the session of this request, if it has one."""
    presence = current_presence()
    return presence.session if presence else None


def current_user() -> User | None:
    """Give the person signed in in this request, if any."""
    session = current_session()
    return session.user if session else None


def this_browser() -> Browser:
    """Give what sends this request, for the acts that open sessions."""
    return Browser(agent=request.user_agent.string, session=current_session())


def carry(signed_in: SignIn) -> None:
    """Give the browser the cookie of a session that has just started; forget what it carried before: forms, notices, half-done steps."""
    forms_session.clear()
    carry_token(signed_in.token)


def carry_token(token: str) -> None:
    """Give the browser the session's new token. Nothing is given when the answer is a refusal."""
    presence = presence_of(token)
    _forget_who()
    if presence is not None:
        g._login_user = _Present(presence)
    longest = None if presence is None or presence.is_staff else EMPLOYER_LONGEST

    @after_this_request
    def set_cookie(response: Response) -> Response:
        if response.status_code < 400:
            response.set_cookie(cookie_name(), token, max_age=longest, path="/", secure=settings().is_https, httponly=True, samesite="Lax")
        return response


def drop_cookie() -> None:
    """Take the cookie back, and everything else this browser carried."""
    forms_session.clear()
    _forget_who()

    @after_this_request
    def delete_cookie(response: Response) -> Response:
        response.delete_cookie(cookie_name(), path="/", secure=settings().is_https, httponly=True, samesite="Lax")
        return response


def _forget_who() -> None:
    for name in ("actor", "_login_user"):
        g.pop(name, None)


def _note_seen_afterwards(session_id: int) -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    @after_this_request
    def later(response: Response) -> Response:
        response.call_on_close(partial(_note_seen, app, session_id))
        return response


def _note_seen(app: Flask, session_id: int) -> None:
    with app.app_context():
        try:
            with transaction():
                note_seen(session_id)
        except DBAPIError as error:  # the answer has left; the next request will try again
            _log.warning("could not note that a session was used: %s", type(error.orig).__name__)
        finally:
            db.session.remove()
