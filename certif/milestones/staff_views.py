"""Promises whose day has passed, as staff see them."""

from __future__ import annotations

from flask import Response, request

from certif.kit.access import STAFF, actor, audience
from certif.kit.web import page
from certif.milestones.queries import PAGE, overdue_milestones
from certif.milestones.views import pages


@pages.route("/personnel/echeances")
@audience(*STAFF)
def list_overdue() -> Response:
    """The promises that are late, the oldest first."""
    found = overdue_milestones(actor(), request.args.get("suite"))
    return page("milestones/list_overdue.html", found=found[:PAGE], following=found[PAGE - 1].ref if len(found) > PAGE else None)
