"""Prospects on their way, as those who work on the road see them: list, board, whose turn it is, one of them, a new one."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.imports import KEEPERS, employer_like, obstacle, prospect_of
from certif.kit import audit
from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _, _n
from certif.kit.web import go, page, question, say
from certif.programs import program_of
from certif.visits import contact_actions, pursuit_actions, pursuit_jobs, pursuit_pages, pursuit_queries
from certif.visits.contact_cadence import pace_of
from certif.visits.contact_model import Channel
from certif.visits.contact_queries import numbers_of
from certif.visits.model import OUTCOMES
from certif.visits.pursuit_forms import AssignForm, SightingForm
from certif.visits.pursuit_model import ORIGINS, PURSUIT_STAGES
from certif.visits.pursuit_queries import DECIDERS
from certif.visits.views import pages


@pages.route("/personnel/terrain/prospects")
@audience(*STAFF)
def list_pursuits() -> Response:
    """The prospects of a program on their way, as a list or as a board."""
    form, asked = pursuit_pages.asked_of(actor())
    is_board = request.args.get("vue") == "tableau"
    board = pursuit_queries.board_of(actor(), asked) if is_board else []
    found = None if is_board else pursuit_queries.pursuits_of(actor(), asked, request.args.get("suite"))
    return page(
        "visits/list_pursuits.html", form=form, asked=asked, board=board, found=found, next_url=following(found) if found else None,
        counts=pursuit_queries.counts_of(actor(), asked), decides=actor().holds(asked.program.id, *DECIDERS),
        assign=AssignForm().offer(pursuit_queries.team_of(asked.program)), labels=PURSUIT_STAGES,
        most_counted=pursuit_queries.MOST_COUNTED, question=question,
    )  # fmt: skip


@pages.route("/personnel/terrain/attribution/<slug>", methods=["POST"])
@audience(*DECIDERS)
def assign_prospects(slug: str) -> Answer:
    """Give the prospects that were ticked to somebody."""
    program = program_of(actor(), slug, *DECIDERS)
    user = pursuit_queries.colleague(program, request.form.get("confier"))
    chosen = pursuit_queries.prospects_named(actor(), program, request.form.getlist("refs"))
    count = pursuit_actions.assign_prospects(chosen, pursuit_pages.chosen(user), by=actor())
    say(_n("%(num)s prospect a changé de responsable.", "%(num)s prospects ont changé de responsable.", count))
    return go("visits.list_pursuits", programme=slug)


@pages.route("/personnel/terrain/relances")
@audience(*STAFF)
def list_due() -> Response:
    """The prospects that await me today, or somebody of the team."""
    form, asked = pursuit_pages.asked_of(actor())
    agent = pursuit_queries.agent_asked(actor(), asked.program, request.args.get("responsable"))
    found = pursuit_queries.due_of(actor(), asked.program, agent, request.args.get("suite"))
    keeps = actor().holds(asked.program.id, *KEEPERS)
    form.of_one(agent)
    return page(
        "visits/list_due.html", question=question, form=form, program=asked.program, agent=agent, found=found, keeps=keeps,
        next_url=following(found), numbers=numbers_of([row.prospect for row in found.rows]),
    )  # fmt: skip


@pages.route("/personnel/terrain/prospects/nouveau", methods=["GET", "POST"])
@audience(*STAFF)
def note_sighting() -> Response | Answer:
    """Note an organisation seen on the way, in a few seconds."""
    program = pursuit_queries.program_asked(actor(), request.args.get("programme"))
    form, twins = SightingForm().offer(pursuit_queries.places_of(actor(), program)), []
    if form.validate_on_submit():
        twins = [] if form.is_other.data else list(pursuit_queries.alike(actor(), program, form.name.data))
        with form.held():
            terms = pursuit_pages.sighting_of(actor(), form)
            if not twins:
                found = pursuit_actions.note_sighting(program, terms, by=actor())
                say(_("Le prospect est noté."))
                return go("visits.show_pursuit", ref=found.ref)
    return page("visits/note_sighting.html", form=form, program=program, twins=twins)


@pages.route("/personnel/terrain/prospects/<ref>")
@audience(*STAFF)
def show_pursuit(ref: str) -> Response:
    """Where a prospect stands, what happened, and what may be done."""
    prospect = prospect_of(actor(), ref)
    keeps = actor().holds(prospect.program_id, *KEEPERS)
    return page(
        "visits/show_pursuit.html", prospect=prospect, pursuit=pursuit_queries.pursuit_of(prospect),
        story=pursuit_queries.story_of(prospect), why_not=contact_actions.approach_obstacle(prospect), pace=pace_of(prospect.program_id),
        employer=employer_like(prospect) if keeps else None, keeps=keeps, may_invite=keeps and obstacle(prospect) is None,
        may_offer=keeps and contact_actions.approach_obstacle(prospect, Channel.EMAIL) is None,
        history=audit.history(prospect), labels=PURSUIT_STAGES, origins=ORIGINS, outcomes=OUTCOMES,
    )  # fmt: skip


__all__ = ["pursuit_jobs"]
