"""The gateway's notices, the page one comes back to after paying, and receipts."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer
from werkzeug.exceptions import BadRequest

from certif import payments
from certif.contributions import cards
from certif.contributions.queries import attempt_of, receipt_for
from certif.kit import evidence
from certif.kit.access import ANYONE, STAFF, SYSTEM, Role, actor, audience
from certif.kit.errors import Refusal
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import Pages, document, foreign_posts, go, page, say

pages = Pages("contributions", __name__)


@pages.route("/paiements/avis", methods=["POST"], bilingual=False)
@limiter.exempt
@foreign_posts
@audience(ANYONE)
def take_notice() -> Response:
    """The gateway gives notice: only one that is signed for these very bytes is heard, and it only says where to look."""
    request.max_content_length = payments.LARGEST_BODY
    try:
        notice = payments.read_notice(request.get_data(), request.headers.get("Stripe-Signature", ""))
    except Refusal as refusal:
        raise BadRequest(str(refusal)) from refusal  # a machine is told 400, as its protocol says
    cards.take_notice(notice, by=SYSTEM)
    return Response(status=204)


@pages.route("/paiements/retour", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
def confirm_payment() -> Response | Answer:
    """Back from the gateway: what we know, and a button that asks the gateway."""
    attempt, form = attempt_of(actor(), request.args.get("session", "")), Form()
    if form.validate_on_submit():
        cards.fulfil(str(attempt.session_ref), by=SYSTEM)
        if not attempt.contribution.is_settled:
            say(_("Le paiement n’est pas encore arrivé. Rien n’a été perdu : redemandez dans une minute."))
            return go("contributions.confirm_payment", session=attempt.session_ref)
        say(_("Merci ! Votre contribution est reçue et le reçu est en route."))
        return go("certification.show")
    return page("contributions/confirm_payment.html", form=form, attempt=attempt, contribution=attempt.contribution)


@pages.route("/recus/<number>/<any(fr, en):spoken>.pdf", bilingual=False)
@audience(Role.EMPLOYER, *STAFF)
def download_receipt(number: str, spoken: str) -> Response:
    """A receipt, as it was issued."""
    receipt = receipt_for(actor(), number)
    return document(evidence.fetch(receipt.digest(spoken)), receipt.file_name(spoken))
