"""Promises for later, as their employer sees them: by when, and which are met."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.certification import certification_of, milestones_of
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import Pages, go, page, say
from certif.milestones import actions, queries
from certif.milestones.forms import DeclareDoneForm

pages = Pages("milestones", __name__)


@pages.route("/certification/<ref>/echeances")
@audience(Role.EMPLOYER)
def list_milestones(ref: str) -> Response:
    """The promises of a certification that have a day."""
    certification = certification_of(actor(), ref)
    return page("milestones/list_milestones.html", certification=certification, milestones=milestones_of(certification))


@pages.route("/certification/echeances/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def declare_done(ref: str) -> Response | Answer:
    """Where a promise is said to be met."""
    milestone, form = queries.my_milestone(actor(), ref), DeclareDoneForm()
    if form.validate_on_submit():
        with form.held():
            actions.declare_done(milestone, form.note.data or "", by=actor())
            say(_("Bravo : l’engagement est déclaré tenu."))
            return go("milestones.list_milestones", ref=milestone.certification.ref)
    return page("milestones/declare_done.html", form=form, milestone=milestone)
