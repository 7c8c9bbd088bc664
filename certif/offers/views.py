"""What anyone reads of job offers, and where anyone says that one is not as it should be."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit import clock
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.feeds import MEDIA_TYPE
from certif.kit.filters import following
from certif.kit.languages import _, language
from certif.kit.limits import limiter
from certif.kit.web import Pages, anonymous, download, go, page, say
from certif.offers import actions, papers, queries
from certif.offers.feed import feed_of
from certif.offers.forms import OfferFilter, ReportForm
from certif.offers.markup import posting_of
from certif.programs import time_of_day
from certif.territory import PartnerKind, mrc, partner, partners, territory_of

pages = Pages("offers", __name__)

_KEPT = {"Cache-Control": "public, max-age=300"}


@pages.route("/emplois")
@audience(ANYONE)
def list_offers() -> Response:
    """The jobs that certified employers offer, the newest first."""
    form = OfferFilter()
    found = queries.shown_offers(form.wanted, request.args.get("suite"))
    return page(
        "offers/list_offers.html", form=form, wanted=form.wanted, found=found, next_url=following(found), asked=_asked(form),
        said=time_of_day,
    )  # fmt: skip


@pages.route("/emplois.atom")
@limiter.limit("60 per minute")
@audience(ANYONE)
@anonymous
def show_feed() -> Response:
    """The same, for programs that read feeds."""
    wanted = OfferFilter().wanted
    return Response(feed_of(wanted, queries.newest_offers(wanted)), mimetype=MEDIA_TYPE, headers=_KEPT)


@pages.route("/emplois/ecoles")
@audience(ANYONE)
def list_sheets() -> Response:
    """The sheets that schools post up: one for each school body."""
    return page("offers/list_sheets.html", bodies=partners(PartnerKind.SCHOOL_BODY))


@pages.route("/emplois/feuilles/<slug>.pdf", bilingual=False)
@limiter.limit("20 per minute")
@audience(ANYONE)
@anonymous
def download_sheet(slug: str) -> Response:
    """The offers of an MRC, to be posted up this week."""
    place = mrc(slug)
    return _sheet(papers.sheet_pdf(place.name, queries.offers_in([place])), f"emplois-{slug}.pdf")


@pages.route("/emplois/ecoles/<ref>.pdf", bilingual=False)
@limiter.limit("20 per minute")
@audience(ANYONE)
@anonymous
def download_body_sheet(ref: str) -> Response:
    """The offers of the territory of a school body, to be posted up this week."""
    body = partner(ref)
    return _sheet(papers.sheet_pdf(body.name, queries.offers_in(territory_of(body))), "emplois.pdf")


@pages.route("/emplois/<ref>")
@audience(ANYONE)
def show_offer(ref: str) -> Response:
    """One job, and how to apply."""
    offer = queries.shown_offer(ref)
    return page("offers/show_offer.html", offer=offer, finish=time_of_day(offer.latest_finish, language()), markup=posting_of(offer))


@pages.route("/emplois/<ref>/signalement", methods=["GET", "POST"])
@limiter.limit("6 per hour", methods=["POST"])
@audience(ANYONE)
def report_offer(ref: str) -> Response | Answer:
    """Where anyone says that an offer is not as it should be; who says so is not noted."""
    offer, form = queries.shown_offer(ref), ReportForm()
    if form.validate_on_submit():
        with form.held():
            actions.report_offer(offer, form.chosen, form.words.data or "", by=VISITOR)
            say(_("Merci : l’équipe régionale regardera cette offre."))
            return go("offers.show_offer", ref=ref)
    return page("offers/report_offer.html", form=form, offer=offer)


def _asked(form: OfferFilter) -> dict[str, Any]:
    return {name: value for name, value in (("mrc", form.wanted.mrc), ("secteur", form.wanted.sector)) if value}


def _sheet(pdf: bytes, file_name: str) -> Response:
    answer = download(pdf, "application/pdf", f"{clock.today().isoformat()}-{file_name}")
    answer.headers.update(_KEPT)
    return answer
