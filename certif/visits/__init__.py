"""THE FIELD. Prospects on their way, meetings planned and reported, what follows from them, who covers which ground."""

from certif.visits.calendar_model import DayReminder, RouteStop
from certif.visits.counter_actions import certification_at, open_sitting
from certif.visits.counter_model import CounterSitting
from certif.visits.feed_model import CalendarFeed
from certif.visits.follow_up_queries import follow_ups_about, follow_ups_to_do, is_late
from certif.visits.invitation_model import Answer, InvitationReminder, InvitationReply, VisitInvitation
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
from certif.visits.report_actions import file_report, report_walk_in, settle_conflict
from certif.visits.report_model import Keep, ReportConflict
from certif.visits.report_queries import open_conflicts, reports_about, reports_of
from certif.visits.report_terms import Told, WalkIn
from certif.visits.slot_model import SlotChoice, SlotOffer
from certif.visits.tour_model import StopMeeting, Tour, TourStop
from certif.visits.workshop_model import WorkshopAnswer, WorkshopRequest

__all__ = [
    "OUTCOMES",
    "VISIT_KINDS",
    "Answer",
    "CalendarFeed",
    "CounterSitting",
    "DayReminder",
    "FollowUp",
    "InvitationReminder",
    "InvitationReply",
    "Keep",
    "Outcome",
    "ReportConflict",
    "RouteStop",
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
    "visible_visits",
    "visit_of",
    "visits_between",
    "visits_on",
]
