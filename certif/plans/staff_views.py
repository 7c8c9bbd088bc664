"""What staff do with plans: read them, say who pays, make them, and number their objectives."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit import audit
from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.plans import actions, queries
from certif.plans.forms import FunderForm, ObjectiveForm, PlanForm
from certif.plans.model import AUDIENCES
from certif.plans.queries import DECIDERS, READERS
from certif.plans.views import pages
from certif.programs import program_of, programs_of


@pages.route("/personnel/plans")
@audience(*READERS)
def list_plans() -> Response:
    """The plans of my programs, and who pays for them."""
    found, funders = queries.plans_of(actor(), request.args.get("suite")), queries.funders_of(*programs_of(actor(), *READERS))
    decides = programs_of(actor(), *DECIDERS)
    return page("plans/list_plans.html", found=found, next_url=following(found), funders=funders, programs=decides)


@pages.route("/personnel/plans/bailleurs/nouveau/<slug>", methods=["GET", "POST"])
@audience(*DECIDERS)
def note_funder(slug: str) -> Response | Answer:
    """A body that pays for part of the work."""
    program, form = program_of(actor(), slug, *DECIDERS), FunderForm()
    if form.validate_on_submit():
        with form.held():
            actions.note_funder(program, form.name.data, by=actor())
            say(_("Le bailleur de fonds est ajouté."))
            return go("plans.list_plans")
    return page("plans/note_funder.html", form=form, program=program)


@pages.route("/personnel/plans/bailleurs/<ref>/archive", methods=["GET", "POST"])
@audience(*DECIDERS)
def archive_funder(ref: str) -> Response | Answer:
    """A funder that is gone."""
    funder, form = queries.funder_of(actor(), ref, *DECIDERS), Form()
    if form.validate_on_submit():
        with form.held():
            actions.archive_funder(funder, by=actor())
            say(_("Le bailleur de fonds est archivé ; ses plans et leurs rapports restent."))
            return go("plans.list_plans")
    return page("plans/archive_funder.html", form=form, funder=funder)


@pages.route("/personnel/plans/nouveau/<slug>", methods=["GET", "POST"])
@audience(*DECIDERS)
def make_plan(slug: str) -> Response | Answer:
    """What a program sets out to do."""
    program = program_of(actor(), slug, *DECIDERS)
    form = PlanForm().offer(queries.funders_of(program))
    if form.validate_on_submit():
        with form.held():
            plan = actions.make_plan(program, form.terms, by=actor())
            say(_("Le plan est créé. Ajoutez ses objectifs."))
            return go("plans.show_plan", ref=plan.ref)
    return page("plans/make_plan.html", form=form, program=program)


@pages.route("/personnel/plans/<ref>")
@audience(*READERS)
def show_plan(ref: str) -> Response:
    """One plan, its objectives, and what became of it."""
    plan = queries.plan_of(actor(), ref)
    objectives, decides = queries.objectives_of(plan), actor().holds(plan.program_id, *DECIDERS)
    history = audit.history(plan, *objectives)
    return page("plans/show_plan.html", plan=plan, objectives=objectives, audiences=AUDIENCES, decides=decides, history=history)


@pages.route("/personnel/plans/<ref>/modification", methods=["GET", "POST"])
@audience(*DECIDERS)
def edit_plan(ref: str) -> Response | Answer:
    """Its title, its days, who pays, whether it is a trial."""
    plan = queries.plan_of(actor(), ref, *DECIDERS)
    form = PlanForm(title=plan.title, from_on=plan.from_on, until_on=plan.until_on, is_pilot=plan.is_pilot)
    form.offer(queries.funders_of(plan.program), plan)
    if form.validate_on_submit():
        with form.held():
            actions.edit_plan(plan, form.terms, by=actor())
            say(_("Le plan est modifié."))
            return go("plans.show_plan", ref=ref)
    return page("plans/edit_plan.html", form=form, plan=plan)


@pages.route("/personnel/plans/<ref>/objectifs/nouveau", methods=["GET", "POST"])
@audience(*DECIDERS)
def add_objective(ref: str) -> Response | Answer:
    """One more objective."""
    plan, form = queries.plan_of(actor(), ref, *DECIDERS), ObjectiveForm()
    if form.validate_on_submit():
        with form.held():
            actions.add_objective(plan, form.terms, by=actor())
            say(_("L’objectif est ajouté : les rencontres peuvent maintenant s’y rattacher."))
            return go("plans.show_plan", ref=ref)
    return page("plans/add_objective.html", form=form, plan=plan)


@pages.route("/personnel/plans/objectifs/<ref>", methods=["GET", "POST"])
@audience(*DECIDERS)
def edit_objective(ref: str) -> Response | Answer:
    """What an objective is."""
    objective = queries.objective_of(actor(), ref, *DECIDERS)
    form = ObjectiveForm(code=objective.code, title=objective.title, axis=objective.axis).fill_from(objective)
    if form.validate_on_submit():
        with form.held():
            actions.edit_objective(objective, form.terms, by=actor())
            say(_("L’objectif est modifié."))
            return go("plans.show_plan", ref=objective.plan.ref)
    return page("plans/edit_objective.html", form=form, objective=objective)
