"""What staff do with galas: see those of their programs, plan one, and reach it from the page of a contest it honours."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, request
from werkzeug import Response as Answer

from certif.campaigns import Campaign, CampaignTool, offer_beside_campaign
from certif.galas import actions, queries
from certif.galas.forms import GalaForm
from certif.galas.queries import DECIDERS, PREPARERS
from certif.galas.views import pages
from certif.kit.access import Actor, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _, format_day
from certif.kit.web import go, page, say
from certif.programs import program_of, programs_of


@pages.route("/personnel/galas")
@audience(*PREPARERS)
def list_galas() -> Response:
    """The galas of my programs."""
    found = queries.galas_of(actor(), request.args.get("suite"))
    programs = programs_of(actor(), *DECIDERS)
    return page("galas/list_galas.html", found=found, next_url=following(found), programs=programs, name_of=queries.name_of)


@pages.route("/personnel/galas/nouveau/<slug>", methods=["GET", "POST"])
@audience(*DECIDERS)
def plan_gala(slug: str) -> Response | Answer:
    """An evening at which laureates are honoured."""
    program = program_of(actor(), slug, *DECIDERS)
    form = GalaForm(organiser=program.body.name)
    if form.validate_on_submit():
        with form.held():
            gala = actions.plan_gala(program, form.terms, by=actor())
            say(_("Le gala est prévu. Choisissez maintenant les concours qu’il honore."))
            return go("galas.show_evening", ref=gala.ref)
    return page("galas/plan_gala.html", form=form, program=program)


@offer_beside_campaign
def pages_beside(campaign: Campaign, actor: Actor) -> Iterator[CampaignTool]:
    """Give the galas that honour a contest, to those who prepare them."""
    if actor.holds(campaign.program_id, *PREPARERS):
        for gala in queries.galas_that_honour(campaign):
            label = _("Gala : %(name)s", name=queries.name_of(gala))
            yield CampaignTool(label, "galas.show_evening", format_day(gala.held_on), {"ref": gala.ref})
