"""Signing in and out. A letter carries a link and a code; a passkey does without."""

from __future__ import annotations

from typing import cast

from flask import Flask, request, url_for
from flask import session as forms_session
from werkzeug import Response

from certif.accounts import actions, identity, passkeys, sessions
from certif.accounts.forms import CodeForm, PasskeyForm, PlainForm, SignInForm
from certif.kit.access import ANYONE, actor, audience
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import Pages, go, go_to, is_local, page, say

pages = Pages("accounts", __name__)
pages.record_once(lambda state: identity.install(cast(Flask, state.app)))


@pages.route("/connexion", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(ANYONE)
def sign_in() -> Response:
    """Where to write one's address."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        with form.held():
            actions.request_sign_in(form.email.data, next_path=_local(form.next.data), by=actor())
            forms_session["sign_in_email"] = form.email.data
            return go("accounts.enter_code")
    return page("accounts/sign_in.html", form=form, passkeys_possible=passkeys.are_possible())


@pages.route("/connexion/code", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def enter_code() -> Response:
    """Where to type the six digits of the letter."""
    form, email = CodeForm(), forms_session.get("sign_in_email")
    if email is None:
        return go("accounts.sign_in")
    if form.validate_on_submit():
        with form.held():
            return _let_in(actions.sign_in_with_code(email, form.code.data, browser=identity.this_browser()))
    return page("accounts/enter_code.html", form=form, email=email)


@pages.route("/connexion/lien/<token>")
@audience(ANYONE)
def open_link(token: str) -> Response:
    """Take the token out of the address, so that no history, no log and no other site keeps it. Consumes nothing."""
    forms_session["sign_in_token"] = token
    return go("accounts.confirm_link")


@pages.route("/connexion/lien", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def confirm_link() -> Response:
    """One button that signs in. Programs that open the links of letters press no button."""
    form, token = PlainForm(), forms_session.get("sign_in_token", "")
    if form.validate_on_submit():
        with form.held():
            return _let_in(actions.sign_in_with_link(token, browser=identity.this_browser()))
    link = actions.link_behind(token)
    return page("accounts/confirm_link.html", status=200 if link else 410, form=form, link=link)


@pages.route("/connexion/cle", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def use_passkey() -> Response:
    """Sign in with a passkey, without writing an address."""
    form = PasskeyForm()
    if form.validate_on_submit():
        with form.held():
            return _let_in(passkeys.sign_in_with_passkey(form.answer.data or "", browser=identity.this_browser()))
    return page("accounts/use_passkey.html", form=form, options=passkeys.using_options())


@pages.route("/deconnexion", methods=["POST"])
@audience(ANYONE)
def sign_out() -> Response:
    """End this session, on the server too."""
    session = identity.current_session()
    if session is not None:
        sessions.end_session(session, by=actor())
    identity.drop_cookie()
    say(_("Votre session est fermée."))
    return go("accounts.sign_in")


def onwards(next_path: str | None = None) -> Response:
    """Go where the person was going, if it is on this site; else to where they work."""
    presence = identity.current_presence()
    if _local(next_path):
        return go_to(_local(next_path))
    return go_to(url_for("staff.queue" if presence and presence.is_staff else "certification.show"))


def _local(path: str | None) -> str:
    return path if path and is_local(path) else ""


def _let_in(signed_in: sessions.SignIn) -> Response:
    identity.carry(signed_in)
    return onwards(signed_in.next_path)
