"""One's own account: name, language, address, sessions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import request, url_for
from flask import session as forms_session
from werkzeug import Response

from certif.accounts import actions, identity, passkeys, second_factor, sessions
from certif.accounts.forms import CodeForm, NewEmailForm, PlainForm, ProfileForm
from certif.accounts.model import User, UserSession
from certif.accounts.views import onwards, pages
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import go, page, say

View = TypeVar("View", bound=Callable[..., Any])


def my_session() -> UserSession:
    """Give the session of this request: the page's audience is people signed in."""
    session = identity.current_session()
    assert session is not None
    return session


def me() -> User:
    """Give the person of this request."""
    return my_session().user


def freshly_proven(view: View) -> View:
    """Ask who it is once more before a sensitive page, when the last proof is old. The acts check it too."""

    @wraps(view)
    def asked(**values: Any) -> Any:
        if sessions.is_fresh(my_session()):
            return view(**values)
        return go("accounts.confirm_identity", next=request.path if request.method == "GET" else url_for("accounts.show_account"))

    return asked  # type: ignore[return-value]


@pages.route("/compte", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def show_account() -> Response:
    """My account, on one page."""
    form = ProfileForm(obj=me())
    if form.validate_on_submit():
        actions.change_profile(me(), name=form.name.data, language=form.language.data, by=actor())
        say(_("Votre nom et votre langue sont à jour."))
        return go("accounts.show_account")
    return page("accounts/show_account.html", form=form, **_account())


def _account() -> dict[str, Any]:
    return {
        "user": me(),
        "session": my_session(),
        "sessions": sessions.sessions_of(me()),
        "passkeys": passkeys.passkeys_of(me()),
        "passkeys_possible": passkeys.are_possible(),
        "factors": second_factor.factors_of(me()) if sessions.is_staff(me()) else None,
    }


@pages.route("/compte/sessions/<ref>/fin", methods=["POST"])
@audience(Role.EMPLOYER)
def end_session(ref: str) -> Response:
    """End one of my sessions."""
    sessions.end_session(sessions.my_session(ref, by=actor()), by=actor())
    say(_("Cette session est fermée."))
    return go("accounts.show_account")


@pages.route("/compte/sessions/fin", methods=["POST"])
@audience(Role.EMPLOYER)
def end_other_sessions() -> Response:
    """End all my sessions but this one."""
    sessions.end_other_sessions(my_session(), by=actor())
    say(_("Vos autres sessions sont fermées."))
    return go("accounts.show_account")


@pages.route("/compte/confirmation", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
def confirm_identity() -> Response:
    """Say why it is asked, and send a code; staff give their second factor instead."""
    if sessions.is_staff(me()) and sessions.has_second_factor(me()):
        return go("accounts.second_factor", next=request.args.get("next", ""))
    form = PlainForm()
    if form.validate_on_submit():
        with form.held():
            actions.request_identity_code(my_session())
            return go("accounts.enter_identity_code", next=request.args.get("next", ""))
    return page("accounts/confirm_identity.html", form=form, email=me().email)


@pages.route("/compte/confirmation/code", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
def enter_identity_code() -> Response:
    """Where to type the code that confirms who it is."""
    form = CodeForm()
    if form.validate_on_submit():
        with form.held():
            identity.carry_token(actions.confirm_identity(my_session(), form.code.data))
            return onwards(request.args.get("next"))
    return page("accounts/enter_identity_code.html", form=form, email=me().email)


@pages.route("/compte/courriel", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
@freshly_proven
def change_email() -> Response:
    """Where to write the address wanted from now on."""
    form = NewEmailForm()
    if form.validate_on_submit():
        with form.held():
            actions.request_new_address(my_session(), form.email.data)
            forms_session["new_email"] = form.email.data
            return go("accounts.confirm_email")
    return page("accounts/change_email.html", form=form, email=me().email)


@pages.route("/compte/courriel/code", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
@freshly_proven
def confirm_email() -> Response:
    """Where to type the code sent to the new address."""
    form, email = CodeForm(), forms_session.get("new_email")
    if email is None:
        return go("accounts.change_email")
    if form.validate_on_submit():
        with form.held():
            identity.carry_token(actions.change_email(my_session(), email, form.code.data, by=actor()))
            say(_("Votre adresse courriel est maintenant %(email)s.", email=email))
            return go("accounts.show_account")
    return page("accounts/confirm_email.html", form=form, email=email)
