"""WHERE LAUREATES ARE HONOURED. A gala, its order, its guests, and the lists that others may have of it."""

from certif.galas.actions import (
    announce_gala,
    cancel_gala,
    choose_contests,
    edit_gala,
    invite_organiser,
    lift_embargo,
    plan_gala,
    release_results,
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
from certif.galas.guest_model import GalaTable, Guest, GuestReply, Side, TableSeat
from certif.galas.honours import Honour, honours_of
from certif.galas.model import EmbargoLift, Gala, GalaCampaign
from certif.galas.queries import gala_of, galas_organised_by, is_announced
from certif.galas.terms import GalaTerms, GuestTerms, MomentTerms, Wording

__all__ = [
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
    "GuestReply",
    "GuestTerms",
    "Honour",
    "MomentKind",
    "MomentTerms",
    "Side",
    "TableSeat",
    "Wording",
    "announce_gala",
    "cancel_gala",
    "choose_contests",
    "edit_gala",
    "gala_of",
    "galas_organised_by",
    "honours_of",
    "invite_organiser",
    "is_announced",
    "lift_embargo",
    "plan_gala",
    "release_results",
    "remove_organiser",
]
