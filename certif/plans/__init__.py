"""WHAT THE WORK ANSWERS TO. Funders, action plans and objectives, by which outreach is tagged and counted."""

from certif.plans.actions import add_objective, archive_funder, edit_objective, edit_plan, make_plan, note_funder
from certif.plans.model import AUDIENCES, ActionPlan, Audience, Funder, Objective
from certif.plans.queries import funder_of, funders_of, objective_of, objectives_in, objectives_of, objectives_on, plan_of
from certif.plans.terms import ObjectiveTerms, PlanTerms

__all__ = [
    "AUDIENCES",
    "ActionPlan",
    "Audience",
    "Funder",
    "Objective",
    "ObjectiveTerms",
    "PlanTerms",
    "add_objective",
    "archive_funder",
    "edit_objective",
    "edit_plan",
    "funder_of",
    "funders_of",
    "make_plan",
    "note_funder",
    "objective_of",
    "objectives_in",
    "objectives_of",
    "objectives_on",
    "plan_of",
]
