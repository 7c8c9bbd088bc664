"""WHO IS CHOSEN. Each phase of a contest closed once, in a way that can be redone; the laureates that come of it."""

from certif.selections.model import Laureate, LaureateWithdrawal, PhaseClosing, Pick, ResultRelease

__all__ = ["Laureate", "LaureateWithdrawal", "PhaseClosing", "Pick", "ResultRelease"]
