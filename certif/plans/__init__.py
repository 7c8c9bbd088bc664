"""WHAT THE WORK ANSWERS TO. Funders, action plans and objectives, by which outreach is tagged and counted."""

from certif.plans.model import AUDIENCES, ActionPlan, Audience, Funder, Objective
from certif.plans.queries import objectives_on

__all__ = ["AUDIENCES", "ActionPlan", "Audience", "Funder", "Objective", "objectives_on"]
