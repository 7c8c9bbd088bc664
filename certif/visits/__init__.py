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
from certif.visits.queries import visible_visits, visit_of, visits_between, visits_on

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
    "visible_visits",
    "visit_of",
    "visits_between",
    "visits_on",
]
