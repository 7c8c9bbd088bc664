"""The second factor and passkeys: giving them, installing them, removing them."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug import Response
from werkzeug.exceptions import NotFound

from certif.accounts import identity, passkeys, sessions
from certif.accounts import second_factor as factor
from certif.accounts.account_views import freshly_proven, me, my_session
from certif.accounts.forms import EnrolForm, NewPasskeyForm, PasskeyForm, PlainForm, SecondFactorForm
from certif.accounts.views import onwards, pages
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import go, page, say


@pages.route("/connexion/second-facteur", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
def second_factor() -> Response:
    """Where staff give their second factor; those who have none yet are led to install one."""
    has, next_path = factor.factors_of(me()), request.args.get("next", "")
    if not has.ready:
        return go("accounts.set_up_second_factor")
    if not has.one_time_codes and "secours" not in request.args and passkeys.are_possible():
        return go("accounts.give_passkey", next=next_path)
    form = SecondFactorForm()
    if form.validate_on_submit():
        with form.held():
            identity.carry_token(factor.give_second_factor(my_session(), form.answer.data, by=actor()))
            return onwards(next_path)
    return page("accounts/second_factor.html", form=form, next_path=next_path, **_ways())


@pages.route("/connexion/second-facteur/cle", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
def give_passkey() -> Response:
    """Where staff give a passkey as second factor."""
    form, next_path = PasskeyForm(), request.args.get("next", "")
    if form.validate_on_submit():
        with form.held():
            identity.carry_token(passkeys.give_passkey(my_session(), form.answer.data or ""))
            return onwards(next_path)
    has = factor.factors_of(me())
    return page("accounts/give_passkey.html", form=form, options=passkeys.using_options(me()), next_path=next_path, factors=has)


@pages.route("/compte/second-facteur", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
@freshly_proven
def set_up_second_factor() -> Response:
    """Where staff install an authenticator application: a picture, the same key in letters, and the first code."""
    if not sessions.is_staff(me()):
        raise NotFound
    form = EnrolForm()
    if form.validate_on_submit():
        with form.held():
            told = {"sealed": form.sealed.data or "", "code": form.code.data}
            identity.carry_token(factor.enrol_one_time_codes(my_session(), **told, by=actor()))
            return go("accounts.make_recovery_codes")
    offer = factor.offer_one_time_codes(me(), form.sealed.data or None)
    form.sealed.data = offer.sealed
    return page("accounts/set_up_second_factor.html", form=form, offer=offer, **_ways(offer.sealed))


@pages.route("/compte/second-facteur/codes", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
@freshly_proven
def make_recovery_codes() -> Response:
    """Where staff make recovery codes. They are on the answer to the post, and never again."""
    form, codes = PlainForm(), []
    if form.validate_on_submit():
        with form.held():
            codes = factor.make_recovery_codes(my_session(), by=actor())
    return page("accounts/make_recovery_codes.html", form=form, codes=codes, left=factor.factors_of(me()).recovery_codes)


@pages.route("/compte/cles", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
@freshly_proven
def add_passkey() -> Response:
    """Where to add a passkey to one's account."""
    form = NewPasskeyForm()
    if form.validate_on_submit():
        with form.held():
            identity.carry_token(passkeys.add_passkey(my_session(), form.answer.data or "", name=form.name.data, by=actor()))
            say(_("La clé d’accès est ajoutée."))
            return go("accounts.show_account")
    return page("accounts/add_passkey.html", form=form, options=passkeys.adding_options(me()))


@pages.route("/compte/cles/<ref>/retrait", methods=["POST"])
@audience(Role.EMPLOYER)
@freshly_proven
def remove_passkey(ref: str) -> Response:
    """Remove one of my passkeys."""
    passkeys.remove_passkey(my_session(), ref, by=actor())
    say(_("La clé d’accès est retirée."))
    return go("accounts.show_account")


def _ways(sealed: str | None = None) -> dict[str, Any]:
    return {
        "factors": factor.factors_of(me()),
        "passkeys_possible": passkeys.are_possible(),
        "shown_code": factor.shown_code(me(), sealed),
    }
