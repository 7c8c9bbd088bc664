"""WHAT IT CAME TO. Indicators defined once, periods and their locks, targets, reports by funder and MRC, and what partners are owed."""

from certif.reports.actions import (
    drop_target,
    lock_period,
    open_period,
    set_target,
    sign_evaluation,
    unlock_period,
    write_conclusion,
)
from certif.reports.asked import Asked
from certif.reports.figures import Figure, figure_of, figures_of, list_behind
from certif.reports.indicators import INDICATORS, Indicator
from certif.reports.model import FrozenFigure, PeriodLock, PilotEvaluation, ReportPeriod, Target
from certif.reports.queries import usual_days
from certif.reports.statement_actions import approve_statement, seen_of, set_rate
from certif.reports.statement_model import ActivityRate, ApprovedLine, StatementApproval
from certif.reports.statements import partners_seen, statement_for

__all__ = [
    "INDICATORS",
    "ActivityRate",
    "ApprovedLine",
    "Asked",
    "Figure",
    "FrozenFigure",
    "Indicator",
    "PeriodLock",
    "PilotEvaluation",
    "ReportPeriod",
    "StatementApproval",
    "Target",
    "approve_statement",
    "drop_target",
    "figure_of",
    "figures_of",
    "list_behind",
    "lock_period",
    "open_period",
    "partners_seen",
    "seen_of",
    "set_rate",
    "set_target",
    "sign_evaluation",
    "statement_for",
    "unlock_period",
    "usual_days",
    "write_conclusion",
]
