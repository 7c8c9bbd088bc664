"""WHAT CAN BE TOLD. Figures of surveys, from which nobody can be computed back: what is shown, what is withheld, and releases."""

from certif.portraits.actions import enter_student_totals, release_portrait, release_portraits, withdraw_portrait
from certif.portraits.model import PortraitRelease, PortraitWithdrawal, StudentTotal
from certif.portraits.queries import last_release

__all__ = [
    "PortraitRelease",
    "PortraitWithdrawal",
    "StudentTotal",
    "enter_student_totals",
    "last_release",
    "release_portrait",
    "release_portraits",
    "withdraw_portrait",
]
