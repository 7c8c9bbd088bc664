"""THE FIELD. Prospects on their way, meetings planned and reported, what follows from them, who covers which ground."""

from certif.visits.calendar_model import DayReminder, RouteStop
from certif.visits.contact_actions import ApproachTerms, approach_obstacle, note_approach
from certif.visits.contact_model import ANSWERS, CHANNELS, Answer, Approach, Channel
from certif.visits.counter_actions import certification_at, open_sitting
from certif.visits.counter_model import CounterSitting
from certif.visits.feed_model import CalendarFeed
from certif.visits.follow_up_queries import follow_ups_about, follow_ups_to_do, is_late
from certif.visits.invitation_model import InvitationAnswer, InvitationReminder, InvitationReply, VisitInvitation
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
from certif.visits.queries import visible_visits, visit_of, visits_between, visits_on
from certif.visits.report_actions import file_report, report_walk_in, settle_conflict
from certif.visits.report_model import Keep, ReportConflict
from certif.visits.report_queries import open_conflicts, reports_about, reports_of
from certif.visits.report_terms import Told, WalkIn
from certif.visits.reservation_actions import ReservationTerms, reserve
from certif.visits.reservation_model import Reservation, ReservedProspect
from certif.visits.slot_model import SlotChoice, SlotOffer
from certif.visits.tour_model import StopMeeting, Tour, TourStop
from certif.visits.workshop_model import WorkshopAnswer, WorkshopRequest

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
    "CalendarFeed",
    "Channel",
    "CounterSitting",
    "DayReminder",
    "Fold",
    "FollowUp",
    "InvitationAnswer",
    "InvitationReminder",
    "InvitationReply",
    "Keep",
    "Origin",
    "Outcome",
    "Pursuit",
    "PursuitStage",
    "ReportConflict",
    "Reservation",
    "ReservationTerms",
    "ReservedProspect",
    "RouteStop",
    "SightingTerms",
    "SlotChoice",
    "SlotOffer",
    "StopMeeting",
    "Told",
    "Tour",
    "TourStop",
    "Visit",
    "VisitCancellation",
    "VisitGoer",
    "VisitInvitation",
    "VisitKind",
    "VisitMove",
    "VisitReport",
    "WalkIn",
    "WorkshopAnswer",
    "WorkshopRequest",
    "approach_obstacle",
    "certification_at",
    "file_report",
    "follow",
    "follow_all",
    "follow_ups_about",
    "follow_ups_to_do",
    "is_late",
    "note_approach",
    "note_sighting",
    "open_conflicts",
    "open_sitting",
    "put_off",
    "recount",
    "report_walk_in",
    "reports_about",
    "reports_of",
    "reserve",
    "rule_out",
    "settle_conflict",
    "visible_visits",
    "visit_of",
    "visits_between",
    "visits_on",
]
