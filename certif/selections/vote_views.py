"""Where anyone votes for a finalist: a choice and an address, the code of a letter, a receipt. No cookie is read or set."""

from __future__ import annotations

from flask import Response
from flask_limiter.util import get_remote_address
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.db import reading
from certif.kit.languages import language
from certif.kit.limits import limiter
from certif.kit.web import cookieless, go, page
from certif.selections import vote_actions
from certif.selections.phase_queries import public_campaign, said, title_of
from certif.selections.views import pages
from certif.selections.vote_forms import ConfirmVoteForm, VoteForm
from certif.selections.vote_queries import finalists_of, open_vote, proof_behind, vote_behind

A_SCHOOL = "300 per minute"
"""What one network may post: a class votes at once, from one address."""


@pages.route("/concours/<ref>/vote", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def vote(ref: str) -> Response | Answer:
    """Where a vote begins."""
    with reading():
        campaign = public_campaign(ref)
        phase = open_vote(campaign)
        form = VoteForm().offer(finalists_of(campaign, phase) if phase else [])
    if phase is None:
        return page("selections/vote.html", status=410, campaign=campaign, title=title_of(campaign), phase=None, form=None)
    if form.validate_on_submit():
        with form.held():
            here, email = get_remote_address() or "", form.email.data or ""
            token = vote_actions.send_vote_code(campaign, form.entry.data, email, language=language(), network=here, by=VISITOR)
            return go("selections.confirm_vote", token=token)
    return page("selections/vote.html", campaign=campaign, title=title_of(campaign), phase=phase, form=form, said=said)


@pages.route("/concours/vote/<token>", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def confirm_vote(token: str) -> Response | Answer:
    """Where the code is typed."""
    campaign, form = proof_behind(token).campaign, ConfirmVoteForm()
    if form.validate_on_submit():
        with form.held():
            vote_actions.confirm_vote(token, form.code.data or "", by=VISITOR)
            return go("selections.show_receipt", token=token)
    return page("selections/confirm_vote.html", form=form, campaign=campaign, title=title_of(campaign))


@pages.route("/concours/vote/<token>/recu")
@audience(ANYONE)
@cookieless
def show_receipt(token: str) -> Response:
    """The receipt of a vote that was counted."""
    receipt = vote_actions.receipt_of(token)
    found = vote_behind(receipt)
    if found is None:
        raise NotFound
    return page("selections/show_receipt.html", campaign=found.campaign, title=title_of(found.campaign), vote=found, receipt=receipt)
