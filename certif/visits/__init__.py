"""THE FIELD. Prospects on their way, meetings planned and reported, what follows from them, who covers which ground."""

from certif.visits.counter_actions import certification_at, open_sitting
from certif.visits.counter_model import CounterSitting
from certif.visits.follow_up_queries import follow_ups_about, follow_ups_to_do, is_late
from certif.visits.model import (
    OUTCOMES,
    VISIT_KINDS,
    FollowUp,
    Outcome,
    Visit,
    VisitCancellation,
    VisitGoer,
    VisitKind,
    VisitMove,
    VisitReport,
)
from certif.visits.report_actions import file_report, report_walk_in, settle_conflict
from certif.visits.report_model import Keep, ReportConflict
from certif.visits.report_queries import open_conflicts, reports_about, reports_of
from certif.visits.report_terms import Told, WalkIn

__all__ = [
    "OUTCOMES",
    "VISIT_KINDS",
    "CounterSitting",
    "FollowUp",
    "Keep",
    "Outcome",
    "ReportConflict",
    "Told",
    "Visit",
    "VisitCancellation",
    "VisitGoer",
    "VisitKind",
    "VisitMove",
    "VisitReport",
    "WalkIn",
    "certification_at",
    "file_report",
    "follow_ups_about",
    "follow_ups_to_do",
    "is_late",
    "open_conflicts",
    "open_sitting",
    "report_walk_in",
    "reports_about",
    "reports_of",
    "settle_conflict",
]
