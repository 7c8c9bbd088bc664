"""The pages of a code and of a sponsor's own link, and where an employer types the code."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.contributions import contribution_of
from certif.kit.access import ANYONE, Role, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _, format_money
from certif.kit.limits import limiter
from certif.kit.settings import settings
from certif.kit.web import Pages, go, page, say
from certif.sponsorships import actions, queries
from certif.sponsorships.forms import CodeForm
from certif.sponsorships.kinds import CODE_COOKIE

pages = Pages("sponsorships", __name__)

_KEPT_SECONDS = 30 * 24 * 3600


@pages.route("/commandite", endpoint="explain_code")
@pages.route("/commandite/<code>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def follow_code(code: str = "") -> Response | Answer:
    """What a code is for, and the way to use it. Opening the page never tells whether the code is good."""
    form = Form()
    if form.validate_on_submit():
        return _remember(go("employers.start"), code)
    return page("sponsorships/follow_code.html", form=form, code=code[:40], dues=queries.dues_of(actor()))


@pages.route("/contribution/<ref>/commandite", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(Role.EMPLOYER)
def use_code(ref: str) -> Response | Answer:
    """The code of a sponsor, in the place of a payment."""
    contribution = contribution_of(actor(), ref)
    form = CodeForm(code=request.args.get("code") or request.cookies.get(CODE_COOKIE, ""))
    if form.validate_on_submit():
        with form.held():
            cover = actions.use_code(contribution, form.code.data, by=actor())
            say(_("Merci au commanditaire : %(amount)s pris en charge. Le reçu est en route.", amount=format_money(cover.amount)))
            return _forget(go("certification.show" if contribution.is_settled else "certification.contribute"))
    if contribution.is_settled:
        return go("certification.show")
    return page("sponsorships/use_code.html", form=form, contribution=contribution)


@pages.route("/commanditaires/<sight>")
@audience(ANYONE)
def show_uptake(sight: str) -> Response:
    """What a sponsor sees by its own link: how many were helped and what is left. Never who."""
    sponsorship = queries.sponsorship_seen(sight)
    usage, uptake = queries.usage_of(sponsorship), queries.uptake_of(sponsorship)
    return page("sponsorships/show_uptake.html", sponsorship=sponsorship, usage=usage, uptake=uptake, fewest=queries.FEWEST)


def _remember(answer: Answer, code: str) -> Answer:
    """Let the browser keep the code until the contribution comes, out of the reach of scripts."""
    answer.set_cookie(CODE_COOKIE, code[:40], max_age=_KEPT_SECONDS, httponly=True, samesite="Lax", secure=settings().is_https)
    return answer


def _forget(answer: Answer) -> Answer:
    answer.delete_cookie(CODE_COOKIE, httponly=True, samesite="Lax", secure=settings().is_https)
    return answer
