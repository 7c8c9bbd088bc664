"""Staff type nominations that came on paper."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.campaigns import Campaign
from certif.kit.access import actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.nominations.nominate_forms import form_of
from certif.nominations.nominate_keys import in_groups
from certif.nominations.nominate_queries import Door, door_of, find_places, place_at, place_of
from certif.nominations.paper_actions import TYPISTS, reach_of, type_nomination
from certif.nominations.paper_forms import PaperForm
from certif.nominations.pass_queries import campaign_for
from certif.nominations.views import pages


@pages.route("/personnel/concours/<ref>/papier", methods=["GET", "POST"])
@audience(*TYPISTS)
def type_paper(ref: str) -> Response | Answer:
    """Type a nomination on paper, as the student wrote it."""
    campaign = campaign_for(actor(), ref, *TYPISTS)
    door = door_of(campaign)
    form = form_of(PaperForm, door, reach_of(actor(), door), **_beforehand())
    if form.validate_on_submit():
        with form.held():
            signed = "parent_signed" in form and form.parent_signed.data
            receipt = type_nomination(door, form.said(), number=form.number.data or "", parent_signed=signed, by=actor())
            say(_("La nomination est gardée. Code de suivi, à écrire sur le talon : %(code)s", code=in_groups(receipt)))
            return go("nominations.type_paper", ref=ref)
    return _ask(campaign, door, form)


def _beforehand() -> dict[str, Any]:
    return {"establishment": request.args.get("etablissement", "")[:64]}


def _ask(campaign: Campaign, door: Door, form: Any) -> Response:
    text = " ".join(request.args.get("q", "").split())
    place = place_at(form.establishment.data) if form.establishment.data else None
    if place is None:
        form.establishment.data = ""
    return page(
        "nominations/type_paper.html", campaign=campaign, door=door, form=form, place=place, place_name=place_of(place) if place else "",
        text=text, found=find_places(door, text), bodies=door.school_bodies,
    )  # fmt: skip
