"""What is to be done after meetings: my list, the team's, and the button that says that it is done."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.visits import follow_up_queries
from certif.visits.follow_up_actions import finish_follow_up as finish
from certif.visits.views import pages


@pages.route("/personnel/terrain/a-faire")
@audience(*STAFF)
def list_follow_ups() -> Response:
    """What I have to do, or what the team has, the most pressing first."""
    of_all = request.args.get("qui") == "equipe"
    found = follow_up_queries.follow_ups_to_do(actor(), request.args.get("suite"), of_all=of_all)
    late = follow_up_queries.is_late
    return page("visits/list_follow_ups.html", found=found, next_url=following(found), of_all=of_all, is_late=late)


@pages.route("/personnel/terrain/a-faire/<ref>/fait", methods=["POST"])
@audience(*STAFF)
def finish_follow_up(ref: str) -> Answer:
    """Say that it is done."""
    follow_up = follow_up_queries.follow_up_seen(actor(), ref)
    finish(follow_up, by=actor())
    say(_("C’est fait : « %(what)s ».", what=follow_up.what))
    return go("visits.list_follow_ups")
