"""The links of an invitation: one fills in the registration, the other stops such letters. Opening either changes nothing."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.employers import keep_first_answers, remember_draft
from certif.imports import inviting, queries
from certif.kit import tokens
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import Pages, foreign_posts, go, page, say

pages = Pages("imports", __name__)


@pages.route("/inscription/invitation/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def answer_invitation(token: str) -> Response | Answer:
    """The link of an invitation: its button begins the registration, filled in with what is known."""
    invitation, form = queries.invitation_of(token), Form()
    if form.validate_on_submit():
        kept = tokens.secret()
        keep_first_answers(kept, inviting.answers_of(invitation))
        return remember_draft(go("employers.start"), kept)
    return page("imports/answer_invitation.html", form=form, invitation=invitation, prospect=invitation.prospect)


@pages.route("/inscription/invitation/<token>/arret", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@foreign_posts
@audience(ANYONE)
def stop_letters(token: str) -> Response | Answer:
    """One button stops the invitations; mail programs press it too (RFC 8058), which the token alone allows."""
    invitation, form = queries.invitation_of(token), Form()
    if form.is_submitted():
        inviting.stop_letters(invitation, by=VISITOR)
        say(_("C’est fait : plus aucune invitation ne partira vers cette adresse."))
        return go("imports.stop_letters", token=token)
    return page("imports/stop_letters.html", form=form, invitation=invitation, has_stopped=queries.has_stopped(invitation.email))
