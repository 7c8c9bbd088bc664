"""Contests for anyone: those that are open, to come or just closed, and what each has decided. The same for all: anyone may keep a copy."""

from __future__ import annotations

from flask import Response, url_for
from werkzeug.exceptions import NotFound

from certif.campaigns.beside import links_on
from certif.campaigns.forms import ContestFilterForm
from certif.campaigns.queries import LOOKS, STATES, campaign_at, shown_campaigns, state_of, title_of
from certif.campaigns.telling import told
from certif.campaigns.views import pages
from certif.kit.access import ANYONE, audience
from certif.kit.copies import kept_copy
from certif.kit.web import anonymous, page
from certif.territory import regions


@pages.route("/concours")
@audience(ANYONE)
@anonymous
def list_contests() -> Response:
    """The contests that are open, to come or have just closed; the region is in the address."""
    form = ContestFilterForm().offer(regions())
    region = form.asked("region")
    found = shown_campaigns(region)
    facts = tuple((one.ref, one.program.name, state_of(one)) for one in found)
    return kept_copy(
        f"contests {region}", facts,
        lambda: page(
            "campaigns/list_contests.html", form=form, found=found, region=region, state_of=state_of, title_of=title_of,
            states=STATES, looks=LOOKS,
        ),
    )  # fmt: skip


@pages.route("/concours/<ref>")
@audience(ANYONE)
@anonymous
def show_contest(ref: str) -> Response:
    """What a contest has decided, and its rules."""
    found = campaign_at(ref)
    if found is None:
        raise NotFound
    links = links_on(found)
    facts = (found.ref, found.program.name, state_of(found), links)
    return kept_copy(
        f"contest {ref}", facts,
        lambda: page("campaigns/show_contest.html", told=told(found), nominate_url=nominate_url(ref), links=links),
    )  # fmt: skip


def nominate_url(ref: str) -> str:
    """Give where one nominates in a contest."""
    return url_for("nominations.nominate", ref=ref)
