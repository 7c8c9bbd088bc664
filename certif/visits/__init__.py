"""THE FIELD. Prospects on their way, meetings planned and reported, what follows from them, who covers which ground."""

from certif.visits.counter_model import CounterSitting
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
from certif.visits.report_model import Keep, ReportConflict

__all__ = [
    "OUTCOMES",
    "VISIT_KINDS",
    "CounterSitting",
    "FollowUp",
    "Keep",
    "Outcome",
    "ReportConflict",
    "Visit",
    "VisitCancellation",
    "VisitGoer",
    "VisitKind",
    "VisitMove",
    "VisitReport",
]
