"""Where the calendars of school bodies are kept: the days without classes that the law and the schedule checker count."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.agreements import calendar_queries as queries
from certif.agreements.calendar_forms import CalendarForm
from certif.agreements.exam_forms import CONFIDENCE
from certif.agreements.views import pages
from certif.kit.access import Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.territory import set_school_calendar as set_calendar

_KEEPERS = (Role.ADMIN, Role.MANAGER)


@pages.route("/personnel/calendriers-scolaires")
@audience(*_KEEPERS)
def list_school_calendars() -> Response:
    """The calendars of the school bodies of my regions, for this school year and the next."""
    return page("agreements/list_school_calendars.html", lines=queries.calendar_lines(actor()), marks=CONFIDENCE)


@pages.route("/personnel/calendriers-scolaires/<ref>", methods=["GET", "POST"])
@audience(*_KEEPERS)
def set_school_calendar(ref: str) -> Response | Answer:
    """The calendar of one school body for one school year."""
    body, year = queries.body_for(actor(), ref), queries.year_asked(request.args.get("annee"))
    form = CalendarForm.of(queries.calendar_in(body, year))
    if form.validate_on_submit():
        with form.held():
            found = set_calendar(body, **form.terms, by=actor())
            say(_("Le calendrier %(year)s est inscrit.", year=found.school_year))
            return go("agreements.list_school_calendars")
    return page("agreements/set_school_calendar.html", form=form, body=body, year=year)
