"""An employer sees the weeks of its own students, where enough of them have answered."""

from __future__ import annotations

from flask import Response

from certif.certification import certification_of
from certif.kit.access import Role, actor, audience
from certif.kit.web import page
from certif.portraits.beside import weeks_of
from certif.portraits.views import pages


@pages.route("/mon-espace/semaines/<ref>")
@audience(Role.EMPLOYER)
def show_weeks(ref: str) -> Response:
    """The weeks of the students of each of my places of work."""
    certification = certification_of(actor(), ref)
    return page("portraits/show_weeks.html", certification=certification, weeks=weeks_of(certification))
