"""WHAT IS KNOWN OF A PERSON. Which tables hold an address, what each keeps and why; seen, taken away and erased, person by person; and the
register of what went wrong with it."""

from certif.privacy.actions import answer_request, ask_about_me, erase_held
from certif.privacy.holdings import HOLDINGS, NOT_OF_PERSONS, End, Holding
from certif.privacy.model import Erasure, PrivacyRequest
from certif.privacy.queries import Found, copy_of, held_of

__all__ = [
    "HOLDINGS",
    "NOT_OF_PERSONS",
    "End",
    "Erasure",
    "Found",
    "Holding",
    "PrivacyRequest",
    "answer_request",
    "ask_about_me",
    "copy_of",
    "erase_held",
    "held_of",
]
