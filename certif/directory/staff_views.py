"""The figures of a region: how often its codes are opened."""

from __future__ import annotations

from flask import request
from werkzeug import Response

from certif.directory import scans
from certif.directory.space_views import WEEKS
from certif.directory.views import pages
from certif.kit.access import Role, actor, audience
from certif.kit.web import page
from certif.programs import programs_of

READERS = (Role.ADMIN, Role.MANAGER, Role.AGENT)


@pages.route("/personnel/frequentation")
@audience(*READERS)
def show_region_scans() -> Response:
    """How often the codes of my programs were opened, and from where."""
    mine = programs_of(actor(), *READERS)
    chosen = [program for program in mine if program.slug == request.args.get("programme")] or mine
    rows = scans.scans_in(chosen, WEEKS * 7)
    places, weeks = scans.by_place(rows), scans.by_week(rows, WEEKS)
    return page("directory/show_region_scans.html", programs=mine, chosen=chosen, places=places, weeks=weeks)
