"""WHAT CAN BE TOLD. Figures of surveys, from which nobody can be computed back: what is shown, what is withheld, and releases."""

from certif.portraits.actions import enter_student_totals, release_portrait, release_portraits, withdraw_portrait
from certif.portraits.comparing import Compared, compared
from certif.portraits.model import PortraitRelease, PortraitWithdrawal, StudentTotal
from certif.portraits.queries import PeopleTold, last_release, people_told

__all__ = [
    "Compared",
    "PeopleTold",
    "PortraitRelease",
    "PortraitWithdrawal",
    "StudentTotal",
    "compared",
    "enter_student_totals",
    "last_release",
    "people_told",
    "release_portrait",
    "release_portraits",
    "withdraw_portrait",
]
