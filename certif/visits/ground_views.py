"""Who covers which ground in a program, and how often one may come: what its managers decide."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.languages import _, _n
from certif.kit.web import go, page, say
from certif.programs import program_of
from certif.visits import contact_actions, pursuit_actions, pursuit_queries
from certif.visits.contact_cadence import pace_of
from certif.visits.pursuit_forms import CadenceForm, TerritoryForm
from certif.visits.pursuit_queries import DECIDERS
from certif.visits.views import pages


@pages.route("/personnel/terrain/territoires/<slug>", methods=["GET", "POST"])
@audience(*DECIDERS)
def give_territory(slug: str) -> Response | Answer:
    """Who covers what, and somebody more."""
    program = program_of(actor(), slug, *DECIDERS)
    form = TerritoryForm().offer(pursuit_queries.team_of(program), pursuit_queries.places_of(actor(), program))
    if form.validate_on_submit():
        with form.held():
            moved = pursuit_actions.give_territory(program, form.person, by=actor(), **form.ground)
            say(_n("Territoire confié : %(num)s prospect a suivi.", "Territoire confié : %(num)s prospects ont suivi.", moved))
            return go("visits.give_territory", slug=slug)
    return page("visits/give_territory.html", form=form, program=program, territories=pursuit_queries.territories_of(program))


@pages.route("/personnel/terrain/territoires/fin/<ref>", methods=["POST"])
@audience(*DECIDERS)
def end_territory(ref: str) -> Answer:
    """Let nobody be given what comes from there any more."""
    given = pursuit_queries.territory_decided_by(actor(), ref)
    pursuit_actions.end_territory(given, by=actor())
    say(_("Ce territoire n’est plus confié à personne ; les prospects déjà confiés le restent."))
    return go("visits.give_territory", slug=given.program.slug)


@pages.route("/personnel/terrain/cadence/<slug>", methods=["GET", "POST"])
@audience(*DECIDERS)
def set_cadence(slug: str) -> Response | Answer:
    """How often one may come to a prospect."""
    program = program_of(actor(), slug, *DECIDERS)
    form = CadenceForm(**asdict(pace_of(program.id)))
    if form.validate_on_submit():
        with form.held():
            contact_actions.set_cadence(program, form.pace, by=actor())
            say(_("La cadence est réglée. Ce qui était déjà convenu ne change pas."))
            return go("visits.list_pursuits", programme=slug)
    return page("visits/set_cadence.html", form=form, program=program)
