"""WITH WHOM, AND WHO DECIDES. The bodies around a program and what they give, committees and their decisions, what employers are and offer
beside their certification, requests for support, consultations on a draft."""

from certif.network.actions import note_body, note_contact, note_provision
from certif.network.bringing import REGISTER_FILE
from certif.network.committee_actions import form_committee, give_seat
from certif.network.committee_model import Committee, CommitteeDecision, CommitteeMeeting, CommitteeSeat, CommitteeTask
from certif.network.help_actions import accept_distinction, offer_distinction, offer_help
from certif.network.help_model import Distinction, DistinctionKind, HelpKind, HelpOffer
from certif.network.help_queries import ambassador_in, is_founder
from certif.network.meeting_actions import (
    adopt_minutes,
    note_attendance,
    note_decision,
    note_task,
    plan_meeting,
    send_synthesis,
    write_minutes,
)
from certif.network.model import BodyContact, BodyKind, BodyPlace, MemberCategory, NetworkBody, Provision, ProvisionKind
from certif.network.queries import Given, given_between
from certif.network.request_actions import ask_for_support, assign_request
from certif.network.request_model import Consultation, SupportRequest, SupportSettlement
from certif.network.terms import AskTerms, BodyTerms, ContactTerms, MeetingTerms, ProvisionTerms

__all__ = [
    "REGISTER_FILE",
    "AskTerms",
    "BodyContact",
    "BodyKind",
    "BodyPlace",
    "BodyTerms",
    "Committee",
    "CommitteeDecision",
    "CommitteeMeeting",
    "CommitteeSeat",
    "CommitteeTask",
    "Consultation",
    "ContactTerms",
    "Distinction",
    "DistinctionKind",
    "Given",
    "HelpKind",
    "HelpOffer",
    "MeetingTerms",
    "MemberCategory",
    "NetworkBody",
    "Provision",
    "ProvisionKind",
    "ProvisionTerms",
    "SupportRequest",
    "SupportSettlement",
    "accept_distinction",
    "adopt_minutes",
    "ambassador_in",
    "ask_for_support",
    "assign_request",
    "form_committee",
    "give_seat",
    "given_between",
    "is_founder",
    "note_attendance",
    "note_body",
    "note_contact",
    "note_decision",
    "note_provision",
    "note_task",
    "offer_distinction",
    "offer_help",
    "plan_meeting",
    "send_synthesis",
    "write_minutes",
]
