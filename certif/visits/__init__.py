"""THE FIELD. Prospects on their way, meetings planned and reported, what follows from them, who covers which ground."""

from certif.visits.contact_actions import ApproachTerms, approach_obstacle, note_approach
from certif.visits.contact_model import ANSWERS, CHANNELS, Answer, Approach, Channel
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
from certif.visits.pursuing import Fold, follow, follow_all, recount
from certif.visits.pursuit_actions import SightingTerms, note_sighting, put_off, rule_out
from certif.visits.pursuit_model import ORIGINS, PURSUIT_STAGES, Origin, Pursuit, PursuitStage
from certif.visits.reservation_actions import ReservationTerms, reserve
from certif.visits.reservation_model import Reservation, ReservedProspect

__all__ = [
    "ANSWERS",
    "CHANNELS",
    "ORIGINS",
    "OUTCOMES",
    "PURSUIT_STAGES",
    "VISIT_KINDS",
    "Answer",
    "Approach",
    "ApproachTerms",
    "Channel",
    "Fold",
    "FollowUp",
    "Origin",
    "Outcome",
    "Pursuit",
    "PursuitStage",
    "Reservation",
    "ReservationTerms",
    "ReservedProspect",
    "SightingTerms",
    "Visit",
    "VisitCancellation",
    "VisitGoer",
    "VisitKind",
    "VisitMove",
    "VisitReport",
    "approach_obstacle",
    "follow",
    "follow_all",
    "note_approach",
    "note_sighting",
    "put_off",
    "recount",
    "reserve",
    "rule_out",
]
