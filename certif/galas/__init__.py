"""WHERE LAUREATES ARE HONOURED. A gala, its order, its guests, and the lists that others may have of it."""

from certif.galas.actions import (
    announce_gala,
    cancel_gala,
    choose_contests,
    edit_gala,
    invite_organiser,
    lift_embargo,
    plan_gala,
    remove_organiser,
)
from certif.galas.evening_model import (
    AwardPlacing,
    EveningMoment,
    GalaAnnouncement,
    GalaAward,
    GalaCancellation,
    GalaOrganiser,
    MomentKind,
)
from certif.galas.guest_letters import ask_for_invitations, resend_invitation
from certif.galas.guest_model import GalaTable, Guest, GuestNotice, GuestReply, Side, TableSeat
from certif.galas.honours import Honour, honours_of
from certif.galas.laureate_lists import FIELDS, MOST, LaureateList, ListFilter, csv_of, laureates_of, xlsx_of
from certif.galas.list_actions import issue_token, note_use
from certif.galas.list_model import ListRequest, ListToken
from certif.galas.list_queries import token_behind
from certif.galas.model import EmbargoLift, Gala, GalaCampaign
from certif.galas.queries import PREPARERS, decides, gala_of, galas_organised_by, is_announced, name_of, organises
from certif.galas.terms import GalaTerms, GuestTerms, MomentTerms, Wording

__all__ = [
    "FIELDS",
    "MOST",
    "PREPARERS",
    "AwardPlacing",
    "EmbargoLift",
    "EveningMoment",
    "Gala",
    "GalaAnnouncement",
    "GalaAward",
    "GalaCampaign",
    "GalaCancellation",
    "GalaOrganiser",
    "GalaTable",
    "GalaTerms",
    "Guest",
    "GuestNotice",
    "GuestReply",
    "GuestTerms",
    "Honour",
    "LaureateList",
    "ListFilter",
    "ListRequest",
    "ListToken",
    "MomentKind",
    "MomentTerms",
    "Side",
    "TableSeat",
    "Wording",
    "announce_gala",
    "ask_for_invitations",
    "cancel_gala",
    "choose_contests",
    "csv_of",
    "decides",
    "edit_gala",
    "gala_of",
    "galas_organised_by",
    "honours_of",
    "invite_organiser",
    "is_announced",
    "issue_token",
    "laureates_of",
    "lift_embargo",
    "name_of",
    "note_use",
    "organises",
    "plan_gala",
    "remove_organiser",
    "resend_invitation",
    "token_behind",
    "xlsx_of",
]
