"""Tours of councils and bodies: made in one act, covered stop by stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Response, jsonify, request
from werkzeug import Response as Answer

from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.forms import Choice, Choices, Form, ShortText
from certif.kit.languages import _, _l
from certif.kit.settings import settings
from certif.kit.web import go, page, say
from certif.plans import AUDIENCES, Audience
from certif.programs import program_of, programs_of
from certif.territory import Mrc, Partner
from certif.visits import tour_actions as actions
from certif.visits import tour_queries as queries
from certif.visits.calendar_map import map_of_stops
from certif.visits.plan_origin import bodies_for, places_for
from certif.visits.queries import day_of
from certif.visits.tour_queries import COVERAGES, LOOKS
from certif.visits.views import pages


class TourForm(Form):
    """A tour to make."""

    title = ShortText(_l("Nom de la tournée"), most=120, hint=_l("Comme « Conseils de MRC, hiver 2027 »."))
    audience = Choice(_l("Public visé"), choices=list(AUDIENCES.items()))
    mrcs = Choices(_l("Conseils de MRC à rencontrer"), required=False)
    partners = Choices(_l("Organismes à rencontrer"), required=False)

    def offer(self, mrcs: Sequence[Mrc], partners: Sequence[Partner]) -> TourForm:
        """Offer the MRC and the bodies of the program."""
        self._mrcs, self._partners = {one.slug: one for one in mrcs}, {one.ref: one for one in partners}
        self.mrcs.choices = [(one.slug, one.name) for one in mrcs]
        self.partners.choices = [(one.ref, one.name) for one in partners]
        return self

    @property
    def councils(self) -> list[Mrc]:
        """The councils that were ticked."""
        return [self._mrcs[slug] for slug in self.mrcs.data or []]

    @property
    def bodies(self) -> list[Partner]:
        """The bodies that were ticked."""
        return [self._partners[ref] for ref in self.partners.data or []]


@pages.route("/personnel/terrain/tournees")
@audience(*STAFF)
def list_tours() -> Response:
    """The tours of my programs; for a partner, those that have a stop in its territory."""
    found = queries.tours_of(actor(), request.args.get("suite"))
    counts, programs = queries.counts_of(found.rows, actor()), programs_of(actor())
    return page("visits/list_tours.html", found=found, next_url=following(found), counts=counts, programs=programs, audiences=AUDIENCES)


@pages.route("/personnel/terrain/tournees/nouvelle/<slug>", methods=["GET", "POST"])
@audience(*STAFF)
def make_tour(slug: str) -> Response | Answer:
    """A tour: one stop for each council and each body."""
    program = program_of(actor(), slug)
    places = places_for(actor(), program)
    form = TourForm(audience=Audience.ELECTED, mrcs=[one.slug for one in places]).offer(places, bodies_for(program))
    if form.validate_on_submit():
        with form.held():
            aim = Audience(form.audience.data)
            tour = actions.make_tour(program, form.title.data, aim, mrcs=form.councils, partners=form.bodies, by=actor())
            say(_("La tournée est prête. Fixez maintenant la date de chaque arrêt."))
            return go("visits.show_tour", ref=tour.ref)
    return page("visits/make_tour.html", form=form, program=program)


@pages.route("/personnel/terrain/tournees/<ref>")
@audience(*STAFF)
def show_tour(ref: str) -> Response:
    """Which councils and bodies were met, which not."""
    tour = queries.tour_of(actor(), ref)
    stops = queries.stops_of(tour, actor())
    tally = Counter(stop.coverage for stop in stops)
    return page(
        "visits/show_tour.html", tour=tour, stops=stops, tally=tally, coverages=COVERAGES, looks=LOOKS, day_of=day_of,
        audience=AUDIENCES[Audience(tour.audience)], tiles=settings(),
    )  # fmt: skip


@pages.route("/personnel/terrain/tournees/<ref>/carte.json")
@audience(*STAFF)
def show_tour_map(ref: str) -> Response:
    """The same stops as points."""
    return jsonify(map_of_stops(queries.stops_of(queries.tour_of(actor(), ref), actor())))
