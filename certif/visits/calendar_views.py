"""The calendar of the field: a week or a month of everyone’s meetings, and the order of one’s own day. All of it is in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from flask import Response, jsonify, request
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.accounts import User
from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import FilterForm
from certif.kit.forms import Choice
from certif.kit.languages import _, _l
from certif.kit.settings import settings
from certif.kit.web import go, page, say
from certif.programs import programs_of
from certif.visits import calendar_actions as actions
from certif.visits.calendar_day import route_of, saving_of
from certif.visits.calendar_map import map_of_visits
from certif.visits.calendar_queries import ONESELF, SIGHTS, Sight, day_asked, days_of, oneself, somebody, span_of, team_of, visits_in
from certif.visits.model import VISIT_KINDS, Visit, VisitKind
from certif.visits.queries import hour_of, is_all_day, may_report, name_of
from certif.visits.views import pages


class CalendarFilter(FilterForm):
    """Whose meetings, and of which kind."""

    equipe = Choice(_l("Équipe"), required=False)
    sorte = Choice(_l("Sorte de rendez-vous"), required=False, choices=[("", _l("Toutes")), *VISIT_KINDS.items()])

    def offer(self, users: list[User]) -> CalendarFilter:
        """Offer oneself and the team."""
        self.equipe.choices = [("", _("Tout le monde")), (ONESELF, _("Moi")), *((one.ref, one.shown_name) for one in users)]
        return self


@pages.route("/personnel/terrain/calendrier")
@audience(*STAFF)
def show_calendar() -> Response:
    """A week or a month of meetings."""
    sight, day, _who, _kind = _asked(request.args)
    span, form = span_of(sight, day), CalendarFilter().offer([one for one in team_of(actor()) if one.ref != actor().ref])
    visits = _visits(request.args)
    days = days_of(visits, span, day.month if sight is Sight.MONTH else None)
    return page(
        "visits/show_calendar.html", form=form, sight=sight, sights=SIGHTS, day=day, span=span, days=days, count=len(visits),
        programs=programs_of(actor()), name_of=name_of, hour_of=hour_of, is_all_day=is_all_day, kinds=VISIT_KINDS,
        tiles=settings(),
    )  # fmt: skip


@pages.route("/personnel/terrain/calendrier/carte.json")
@audience(*STAFF)
def show_map() -> Response:
    """The same meetings as points."""
    return jsonify(map_of_visits(_visits(request.args)))


@pages.route("/personnel/terrain/journee")
@audience(*STAFF)
def show_day() -> Response:
    """My day: where I go, in which order, how long the road takes; fit to be printed."""
    day, me = day_asked(request.args.get("le")), oneself(actor())
    stops = route_of(me, day)
    return page(
        "visits/show_day.html", day=day, span=span_of(Sight.DAY, day), stops=stops, saving=saving_of(stops), me=me, name_of=name_of,
        may_report=partial(may_report, actor()), hour_of=hour_of, is_all_day=is_all_day, kinds=VISIT_KINDS, tiles=settings(),
    )  # fmt: skip


@pages.route("/personnel/terrain/journee/ordre", methods=["POST"])
@audience(*STAFF)
def order_day() -> Answer:
    """The shortest way, or the order of the hours again."""
    day, me = day_asked(request.form.get("le")), oneself(actor())
    if request.form.get("ordre") == "lieu":
        actions.take_shortest_route(me, day, by=actor())
        say(_("Votre journée suit maintenant la route la plus courte. Les heures convenues n’ont pas changé."))
    else:
        actions.forget_route(me, day, by=actor())
        say(_("Votre journée suit de nouveau les heures."))
    return go("visits.show_day", le=day.isoformat())


@pages.route("/personnel/terrain/journee/ordre/<ref>", methods=["POST"])
@audience(*STAFF)
def step_in_day(ref: str) -> Answer:
    """One meeting, a place higher or lower in the order of my day."""
    day, me = day_asked(request.form.get("le")), oneself(actor())
    visit = next((stop.visit for stop in route_of(me, day) if stop.visit.ref == ref), None)
    if visit is None:
        raise NotFound
    actions.step_in_route(me, day, visit, up=request.form.get("vers") == "haut", by=actor())
    say(_("L’ordre de la journée est changé."))
    return go("visits.show_day", le=day.isoformat())


def _asked(args: Mapping[str, str]) -> tuple[Sight, dt.date, User | None, VisitKind | None]:
    sight = next((one for one in Sight if one == args.get("vue")), Sight.WEEK)
    kind = next((one for one in VisitKind if one == args.get("sorte")), None)
    return sight, day_asked(args.get("le")), somebody(actor(), args.get("equipe")), kind


def _visits(args: Mapping[str, str]) -> list[Visit]:
    sight, day, who, kind = _asked(args)
    return list(visits_in(actor(), span_of(sight, day), who=who, kind=kind))
