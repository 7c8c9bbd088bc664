"""Who may sponsor, and how what it gives comes in. Labels stand beside, once."""

from __future__ import annotations

from enum import StrEnum

from certif.kit.languages import _l

CODE_COOKIE = "commandite"
"""The cookie in which a browser keeps the code that somebody followed, until the contribution comes."""


class SponsorKind(StrEnum):
    """What kind of organisation a sponsor is."""

    MRC = "mrc"
    MUNICIPALITY = "municipality"
    CHAMBER = "chamber"
    OTHER = "other"


class SponsorMethod(StrEnum):
    """How a sponsor pays."""

    INVOICE = "invoice"
    CHEQUE = "cheque"
    TRANSFER = "transfer"


class Standing(StrEnum):
    """Whether a sponsorship may be used today; the first that fits, from the top."""

    STOPPED = "stopped"
    OVER = "over"
    USED_UP = "used_up"
    TO_COME = "to_come"
    OPEN = "open"


SPONSOR_KINDS = {
    SponsorKind.MRC: _l("MRC"),
    SponsorKind.MUNICIPALITY: _l("Municipalité"),
    SponsorKind.CHAMBER: _l("Chambre de commerce"),
    SponsorKind.OTHER: _l("Autre organisation"),
}

SPONSOR_METHODS = {
    SponsorMethod.INVOICE: _l("Facture réglée"),
    SponsorMethod.CHEQUE: _l("Chèque"),
    SponsorMethod.TRANSFER: _l("Virement"),
}

STANDINGS = {
    Standing.STOPPED: _l("Arrêtée"),
    Standing.OVER: _l("Terminée"),
    Standing.USED_UP: _l("Épuisée"),
    Standing.TO_COME: _l("À venir"),
    Standing.OPEN: _l("En cours"),
}


def sponsor_method_label(method: str) -> str:
    """Say how a sponsor paid, in the reader's language."""
    return str(SPONSOR_METHODS[SponsorMethod(method)])
