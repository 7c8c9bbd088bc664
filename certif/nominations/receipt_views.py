"""Coming back to a nomination with the code of its receipt. No cookie: the code travels in the page, never in an address."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.limits import limiter
from certif.kit.web import cookieless, go, page
from certif.nominations import receipt_actions as actions
from certif.nominations.model import Nomination
from certif.nominations.nominate_forms import build
from certif.nominations.nominate_said import PURPOSES_ASKED
from certif.nominations.nominate_views import network
from certif.nominations.receipt_forms import CorrectForm, ReceiptForm
from certif.nominations.views import pages

GUESSES = "120 per minute"
"""What one network may try: sixteen signs are not found by trying."""


@pages.route("/n/recu", methods=["GET", "POST"])
@limiter.limit(GUESSES, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def use_receipt() -> Response:
    """Type the code of a receipt; see the nomination."""
    form = ReceiptForm()
    if form.validate_on_submit():
        nomination = actions.nomination_behind(form.code.data)
        if nomination is not None:
            return _show(nomination, form.code.data)
        form.refuse()
    return page("nominations/use_receipt.html", form=form, done=request.args.get("fait", ""))


@pages.route("/n/recu/correction", methods=["POST"])
@limiter.limit(GUESSES, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def correct_nomination() -> Response | Answer:
    """Change the words: they are read again before anyone else sees them."""
    nomination = _mine()
    if nomination is None:
        return _lost()
    form = _form(nomination)
    if not form.validate_on_submit():
        return _show(nomination, form.code.data, form=form)
    with form.held():
        actions.correct_nomination(nomination, first_name=form.first_name.data, answers=form.words(), by=VISITOR)
        return go("nominations.use_receipt", fait="correction")
    return _show(nomination, form.code.data, form=form)


@pages.route("/n/recu/consentements", methods=["POST"])
@limiter.limit(GUESSES, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def change_consents() -> Response | Answer:
    """Agree to more, or to less."""
    nomination = _mine()
    if nomination is None:
        return _lost()
    actions.change_consents(nomination, _form(nomination).agreed(), by=VISITOR)
    return go("nominations.use_receipt", fait="consentements")


@pages.route("/n/recu/retrait", methods=["POST"])
@limiter.limit(GUESSES, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def withdraw_nomination() -> Response | Answer:
    """Take it back, words and names included."""
    nomination = _mine()
    if nomination is None:
        return _lost()
    actions.withdraw_nomination(nomination, by=VISITOR)
    return go("nominations.use_receipt", fait="retrait")


def _mine() -> Nomination | None:
    return actions.nomination_behind(request.form.get("code", ""))


def _lost() -> Response:
    form = ReceiptForm()
    form.refuse()
    return page("nominations/use_receipt.html", form=form, done="")


def _form(nomination: Nomination, **known: Any) -> Any:
    return build(CorrectForm, nomination.campaign.definition.prompts)(**known)


def _show(nomination: Nomination, code: str, *, form: Any = None) -> Response:
    """Show what is kept, and what can be done with it."""
    if form is None:
        known = {f"why_{name}": words for name, words in nomination.answers.items()}
        form = _form(nomination, formdata=None, code=code, first_name=nomination.first_name, **known)
    agreed = actions.agreed_to(nomination)
    for purpose in PURPOSES_ASKED:
        form[f"agrees_{purpose}"].data = purpose in agreed
    return page(
        "nominations/show_receipt.html", form=form, nomination=nomination, code=code,
        may_correct=actions.may_correct(nomination),
    )  # fmt: skip
