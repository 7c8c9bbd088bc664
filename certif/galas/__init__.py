"""WHERE LAUREATES ARE HONOURED. A gala, its order, its guests, and the lists that others may have of it."""

from certif.galas.model import EmbargoLift, Gala, GalaCampaign

__all__ = ["EmbargoLift", "Gala", "GalaCampaign"]
