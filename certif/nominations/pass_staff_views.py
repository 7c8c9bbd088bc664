"""Staff make school passes and hand them out."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.limits import limiter
from certif.kit.sheets import CSV
from certif.kit.web import download, page
from certif.nominations import pass_papers
from certif.nominations.pass_actions import MAKERS, make_passes
from certif.nominations.pass_forms import PassesForm
from certif.nominations.pass_queries import campaign_for, lots_of
from certif.nominations.views import pages
from certif.territory import PartnerKind, partners


@pages.route("/personnel/concours/<ref>/coupons", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(*MAKERS)
def give_passes(ref: str) -> Response | Answer:
    """Make passes that serve once, and give them at once: they are not kept."""
    campaign = campaign_for(actor(), ref, *MAKERS)
    bodies, form = partners(PartnerKind.SCHOOL_BODY, campaign.program.region), PassesForm(look="lettre", spoken="fr")
    form.offer(bodies)
    if form.validate_on_submit():
        with form.held():
            body = form.chosen_body(bodies)
            lot, codes = make_passes(campaign, school=form.school.data, school_body=body, count=form.count.data, by=actor())
            if form.look.data == "csv":
                return download(pass_papers.list_of(lot, codes), CSV, f"coupons-{lot.ref[:6]}.csv")
            slips = pass_papers.slips_of(lot, codes, form.look.data, is_bilingual=form.spoken.data == "en")
            return download(slips, "application/pdf", f"coupons-{lot.ref[:6]}.pdf")
    found = lots_of(campaign, request.args.get("suite"))
    return page("nominations/give_passes.html", form=form, campaign=campaign, found=found, next_url=following(found))
