"""WHAT FOLLOWS THE BADGE. A certification is suspended, reinstated, revoked, each with a reason; reminded of its end, and renewed."""

from certif.standing.actions import reinstate, revoke, suspend
from certif.standing.model import Reminder, Renewal
from certif.standing.reminders import send_reminders
from certif.standing.renewal_actions import answers_of, digest_of, renew
from certif.standing.space_words import renewal_words
from certif.standing.windows import renewal_obstacle, renewal_opens_on

__all__ = [
    "Reminder",
    "Renewal",
    "answers_of",
    "digest_of",
    "reinstate",
    "renew",
    "renewal_obstacle",
    "renewal_opens_on",
    "renewal_words",
    "revoke",
    "send_reminders",
    "suspend",
]
