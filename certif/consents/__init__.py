"""WHO AGREED TO WHAT. One purpose at a time, in the words of one version, in one language; given, withdrawn."""

from certif.consents.actions import give_consent, withdraw_consent
from certif.consents.model import Consent, ConsentWithdrawal
from certif.consents.purposes import PURPOSES, Purpose
from certif.consents.queries import agreed_among, consents_of, has_consent, is_agreed

__all__ = [
    "PURPOSES",
    "Consent",
    "ConsentWithdrawal",
    "Purpose",
    "agreed_among",
    "consents_of",
    "give_consent",
    "has_consent",
    "is_agreed",
    "withdraw_consent",
]
