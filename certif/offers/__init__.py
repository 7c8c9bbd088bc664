"""JOBS FOR YOUNG PEOPLE. What certified employers offer, with hours held to the promise and to the law; shown to schools and to anyone."""

from certif.offers.model import JobOffer, OfferEnd, OfferReport

__all__ = ["JobOffer", "OfferEnd", "OfferReport"]
