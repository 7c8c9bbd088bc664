"""THE FIELD. Prospects on their way, meetings planned and reported, what follows from them, who covers which ground."""

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

__all__ = [
    "OUTCOMES",
    "VISIT_KINDS",
    "FollowUp",
    "Outcome",
    "Visit",
    "VisitCancellation",
    "VisitGoer",
    "VisitKind",
    "VisitMove",
    "VisitReport",
]
