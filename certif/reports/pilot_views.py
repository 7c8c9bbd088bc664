"""Trials: weighed, concluded, signed."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.plans import plan_of
from certif.reports import actions, pilots, queries
from certif.reports.forms import ConclusionForm
from certif.reports.queries import DECIDERS, READERS
from certif.reports.views import pages


@pages.route("/personnel/rapports/pilotes")
@audience(*READERS)
def list_pilots() -> Response:
    """The trials of my programs."""
    found = pilots.pilots_of(actor(), request.args.get("suite"))
    return page("reports/list_pilots.html", found=found, next_url=following(found))


@pages.route("/personnel/rapports/pilotes/<ref>")
@audience(*READERS)
def show_pilot(ref: str) -> Response:
    """One trial: before and while, what was aimed at, and what it taught."""
    plan = plan_of(actor(), ref, *READERS)
    decides, evaluation = actor().holds(plan.program_id, *DECIDERS), queries.evaluation_of(plan)
    shown: dict[str, Any] = {"weighed": pilots.weigh(plan), "reached": pilots.reached(plan), "before": pilots.days_before(plan)}
    return page("reports/show_pilot.html", plan=plan, evaluation=evaluation, decides=decides, **shown)


@pages.route("/personnel/rapports/pilotes/<ref>/conclusion", methods=["GET", "POST"])
@audience(*READERS)
def write_conclusion(ref: str) -> Response | Answer:
    """What it taught, in words."""
    plan = plan_of(actor(), ref, *READERS)
    known = queries.evaluation_of(plan)
    form = ConclusionForm(conclusion=known.conclusion if known else None)
    if form.validate_on_submit():
        with form.held():
            actions.write_conclusion(plan, form.conclusion.data, by=actor())
            say(_("La conclusion est notée."))
            return go("reports.show_pilot", ref=ref)
    return page("reports/write_conclusion.html", form=form, plan=plan)


@pages.route("/personnel/rapports/pilotes/<ref>/signature", methods=["GET", "POST"])
@audience(*DECIDERS)
def sign_evaluation(ref: str) -> Response | Answer:
    """Its evaluation, signed once."""
    plan, form = plan_of(actor(), ref, *DECIDERS), Form()
    if form.validate_on_submit():
        with form.held():
            actions.sign_evaluation(plan, by=actor())
            say(_("L’évaluation est signée : elle ne change plus."))
            return go("reports.show_pilot", ref=ref)
    return page("reports/sign_evaluation.html", form=form, plan=plan, evaluation=queries.evaluation_of(plan))
