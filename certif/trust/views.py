"""Pages for anyone: what a credential is worth, and which issuers are trusted."""

from __future__ import annotations

from flask import Response, jsonify, request

from certif import badges
from certif.kit.access import ANYONE, audience
from certif.kit.copies import kept_copy
from certif.kit.limits import limiter
from certif.kit.web import Pages, anonymous, page
from certif.trust import queries
from certif.trust.forms import CredentialForm
from certif.trust.verdicts import judge

pages = Pages("trust", __name__)

OWNER = "Certif"


@pages.route("/verifier-attestation", methods=["GET", "POST"])
@limiter.limit("120 per hour", methods=["POST"])
@audience(ANYONE)
def check_credential() -> Response:
    """What is this credential worth? Nothing of it is kept, and nobody is asked."""
    form, verdict = CredentialForm(address=request.args.get("code", "")[:500]), None
    if form.validate_on_submit():
        with form.explained():
            text = form.handed_over()
            verdict = judge(badges.read_credential(queries.credential_at(form.address.data) if text is None else text))
    return page("trust/check_credential.html", form=form, verdict=verdict)


@pages.route("/emetteurs-reconnus")
@audience(ANYONE)
@anonymous
def show_issuers() -> Response:
    """Which issuers are trusted here, from when to when, and their keys."""
    found = queries.registry(OWNER)
    return kept_copy(
        "trusted issuers", str(found), lambda: page("trust/show_issuers.html", ours=found["issuers"][0], others=queries.trusted_issuers())
    )


@pages.route("/emetteurs-reconnus.json", bilingual=False)
@audience(ANYONE)
@anonymous
def read_issuers() -> Response:
    """The same, for programs."""
    found = queries.registry(OWNER)
    response = kept_copy("trusted issuers.json", str(found), lambda: jsonify(found))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
