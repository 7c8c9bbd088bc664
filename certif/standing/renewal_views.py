"""The employer renews: what was answered last time on one page, each thing confirmed or corrected, and one button."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug import Response as Answer

from certif.certification import Certification, certification_of, contract_change, milestones_of, places_of
from certif.kit import clock
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.programs import contract_in_force
from certif.standing import renewal_actions as actions
from certif.standing.forms import RenewForm
from certif.standing.views import pages
from certif.standing.windows import last_day, renewal_closes_on, renewal_obstacle


@pages.route("/certification/<ref>/renouvellement", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def renew(ref: str) -> Response | Answer:
    """Where a certification is renewed."""
    certification, form = certification_of(actor(), ref), RenewForm()
    if form.validate_on_submit():
        with form.held():
            following = actions.renew(certification, seen=form.seen.data or "", by=actor())
            say(_("Merci. Le cycle suivant est ouvert, et votre badge actuel vaut toujours."))
            return _next(following)
    why_not = renewal_obstacle(certification)
    if why_not is None:
        form.seen.data = actions.digest_of(actions.answers_of(certification))
    return page("standing/renew.html", form=form, certification=certification, why_not=why_not, **_shown(certification))


def _next(following: Certification) -> Answer:
    """Go to the signature at once where the text that stands has just been read in French; else to whatever comes next."""
    if not following.version.requires_signature:
        return go("certification.show")
    before = actions.renewed_by(following)
    is_short = bool(following.deliveries) and before is not None and before.language == "fr"
    return go("certification.sign_contract" if is_short else "certification.read_contract", dossier=following.ref)


def _shown(certification: Certification) -> dict[str, Any]:
    """Give what stands on the page; nothing for a certification that was never granted."""
    if not certification.badges:
        return {"until": None, "closes": None, "has_ended": False, "places": [], "milestones": [], "contract": None, "change": None}
    contract = contract_in_force(certification.program)
    return {
        "until": last_day(certification),
        "closes": renewal_closes_on(certification),
        "has_ended": clock.today() > last_day(certification),
        "places": places_of(certification),
        "milestones": milestones_of(certification),
        "contract": contract,
        "change": contract_change(certification, contract),
    }
