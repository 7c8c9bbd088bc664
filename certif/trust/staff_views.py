"""Where the administrator keeps the registry of trusted issuers."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug import Response as Answer

from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.trust import actions, queries
from certif.trust.forms import IssuerForm
from certif.trust.views import pages


@pages.route("/personnel/emetteurs")
@audience(Role.ADMIN)
def manage_issuers() -> Response:
    """Every issuer that was ever trusted."""
    return page("trust/manage_issuers.html", issuers=queries.trusted_issuers())


@pages.route("/personnel/emetteurs/nouveau", methods=["GET", "POST"])
@audience(Role.ADMIN)
def trust_issuer() -> Response | Answer:
    """Where to trust another issuer."""
    form = IssuerForm()
    if form.validate_on_submit():
        with form.held():
            actions.trust_issuer(form.did.data, **_typed(form), by=actor())
            say(_("L’émetteur est reconnu."))
            return go("trust.manage_issuers")
    return page("trust/trust_issuer.html", form=form)


@pages.route("/personnel/emetteurs/<ref>", methods=["GET", "POST"])
@audience(Role.ADMIN)
def edit_issuer(ref: str) -> Response | Answer:
    """What is known of an issuer, and where to change it."""
    issuer = queries.issuer_at(ref)
    form = IssuerForm(obj=issuer)
    del form.did
    if form.validate_on_submit():
        with form.held():
            actions.edit_issuer(issuer, **_typed(form), by=actor())
            say(_("La fiche de l’émetteur est à jour."))
            return go("trust.manage_issuers")
    return page("trust/edit_issuer.html", form=form, issuer=issuer)


def _typed(form: IssuerForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "territory": form.territory.data,
        "keys": form.key_list(),
        "since": form.since.data,
        "until": form.until.data,
    }
