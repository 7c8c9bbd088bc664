"""THE FIELD. Prospects on their way, meetings planned and reported, what follows from them, who covers which ground."""

from certif.visits.calendar_model import DayReminder, RouteStop
from certif.visits.feed_model import CalendarFeed
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
from certif.visits.slot_model import SlotChoice, SlotOffer
from certif.visits.tour_model import StopMeeting, Tour, TourStop
from certif.visits.workshop_model import WorkshopAnswer, WorkshopRequest

__all__ = [
    "OUTCOMES",
    "VISIT_KINDS",
    "Answer",
    "CalendarFeed",
    "DayReminder",
    "FollowUp",
    "InvitationReminder",
    "InvitationReply",
    "Outcome",
    "RouteStop",
    "SlotChoice",
    "SlotOffer",
    "StopMeeting",
    "Tour",
    "TourStop",
    "Visit",
    "VisitCancellation",
    "VisitGoer",
    "VisitInvitation",
    "VisitKind",
    "VisitMove",
    "VisitReport",
    "WorkshopAnswer",
    "WorkshopRequest",
    "visible_visits",
    "visit_of",
    "visits_between",
    "visits_on",
]
