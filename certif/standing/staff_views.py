"""Staff decide on a certification that was granted: suspend, reinstate, revoke."""

from __future__ import annotations

from werkzeug import Response

from certif.certification import Stage, file_of
from certif.kit.access import actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.standing import actions
from certif.standing.actions import DECIDERS, STANDING, obstacle
from certif.standing.forms import ReasonForm, RevokeForm
from certif.standing.views import pages


@pages.route("/personnel/dossiers/<ref>/suspension", methods=["GET", "POST"])
@audience(*DECIDERS)
def suspend(ref: str) -> Response:
    """Suspend a certification, with a reason."""
    certification, form = file_of(actor(), ref), ReasonForm()
    if form.validate_on_submit():
        with form.held():
            actions.suspend(certification, form.reason.data, by=actor())
            say(_("La certification est suspendue. Le public le voit dès maintenant."))
            return go("certification.show_file", ref=ref)
    why_not = obstacle(certification, (Stage.CERTIFIED,), by=actor())
    return page("standing/suspend.html", form=form, certification=certification, why_not=why_not)


@pages.route("/personnel/dossiers/<ref>/levee", methods=["GET", "POST"])
@audience(*DECIDERS)
def reinstate(ref: str) -> Response:
    """Lift a suspension, with a reason."""
    certification, form = file_of(actor(), ref), ReasonForm()
    if form.validate_on_submit():
        with form.held():
            actions.reinstate(certification, form.reason.data, by=actor())
            say(_("La suspension est levée. Le public le voit dès maintenant."))
            return go("certification.show_file", ref=ref)
    why_not = obstacle(certification, (Stage.SUSPENDED,), by=actor())
    return page("standing/reinstate.html", form=form, certification=certification, why_not=why_not)


@pages.route("/personnel/dossiers/<ref>/revocation", methods=["GET", "POST"])
@audience(*DECIDERS)
def revoke(ref: str) -> Response:
    """Revoke a certification for good, with a reason."""
    certification, form = file_of(actor(), ref), RevokeForm()
    if form.validate_on_submit():
        with form.held():
            actions.revoke(certification, form.reason.data, by=actor())
            say(_("La certification est révoquée. Le public le voit dès maintenant."))
            return go("certification.show_file", ref=ref)
    why_not = obstacle(certification, STANDING, by=actor())
    return page("standing/revoke.html", form=form, certification=certification, why_not=why_not)
