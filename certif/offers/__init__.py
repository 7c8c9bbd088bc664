"""JOBS FOR YOUNG PEOPLE. What certified employers offer, with hours held to the promise and to the law; shown to schools and to anyone."""

from certif.offers.actions import approve_offer, close_offer, edit_offer, post_offer, remove_offer, report_offer
from certif.offers.model import JobOffer, OfferEnd, OfferReport, ReportReason, Season
from certif.offers.queries import Wanted, shown_offers
from certif.offers.terms import OfferTerms

__all__ = [
    "JobOffer",
    "OfferEnd",
    "OfferReport",
    "OfferTerms",
    "ReportReason",
    "Season",
    "Wanted",
    "approve_offer",
    "close_offer",
    "edit_offer",
    "post_offer",
    "remove_offer",
    "report_offer",
    "shown_offers",
]
