"""WHERE LAUREATES ARE HONOURED. A gala, its order, its guests, and the lists that others may have of it."""

from certif.galas.laureate_lists import FIELDS, MOST, LaureateList, ListFilter, csv_of, laureates_of, xlsx_of
from certif.galas.list_actions import issue_token, note_use
from certif.galas.list_model import ListRequest, ListToken
from certif.galas.list_queries import token_behind
from certif.galas.model import EmbargoLift, Gala, GalaCampaign

__all__ = [
    "FIELDS",
    "MOST",
    "EmbargoLift",
    "Gala",
    "GalaCampaign",
    "LaureateList",
    "ListFilter",
    "ListRequest",
    "ListToken",
    "csv_of",
    "issue_token",
    "laureates_of",
    "note_use",
    "token_behind",
    "xlsx_of",
]
