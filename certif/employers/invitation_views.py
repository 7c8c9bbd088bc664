"""The link of an invitation: a page with one button, and a code that proves the invited address to whoever is not signed in with it."""

from __future__ import annotations

from werkzeug import Response

from certif import accounts
from certif.employers import people
from certif.employers.arrivals import MemberInvitation
from certif.employers.entry_views import pages
from certif.employers.people_forms import CodeForm
from certif.kit.access import ANYONE, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import go, page, say


@pages.route("/mon-espace/invitation/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def accept_invitation(token: str) -> Response:
    """An invitation to act for an organisation. Opening it changes nothing; its button accepts, once the invited address is proven."""
    invitation, form = people.invitation_of(token), Form()
    if form.validate_on_submit():
        with form.held():
            if actor().is_signed_in:
                people.accept_invitation(invitation, by=actor())
                return _welcome(invitation)
            people.ask_for_proof(invitation)
            return go("employers.prove_invitation", token=token)
    return page("employers/accept_invitation.html", form=form, invitation=invitation)


@pages.route("/mon-espace/invitation/<token>/code", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def prove_invitation(token: str) -> Response:
    """The six digits sent to the invited address."""
    invitation, form = people.invitation_of(token), CodeForm()
    if form.validate_on_submit():
        with form.held():
            accounts.carry(people.accept_with_code(invitation, str(form.code.data), browser=accounts.this_browser()))
            return _welcome(invitation)
    return page("employers/prove_invitation.html", form=form, invitation=invitation, token=token)


def _welcome(invitation: MemberInvitation) -> Response:
    say(_("Vous agissez maintenant pour l’organisation « %(name)s ».", name=invitation.employer.name))
    return go("certification.show")
