"""WHO IS CHOSEN. Each phase of a contest closed once, in a way that can be redone; the laureates that come of it."""

from certif.selections.jury_actions import cast_ballot, fill_jury, invite_juror, nudge_jurors, open_jury, recuse, take_back_recusal
from certif.selections.jury_chain import broken_ballots
from certif.selections.jury_model import Ballot, Jury, JuryAssignment, JuryEntry, JuryNudge, JurySeat, Recusal, RecusalKind
from certif.selections.jury_ranking import Ranked, ranking_of
from certif.selections.model import Laureate, LaureateWithdrawal, PhaseClosing, Pick, ResultRelease

__all__ = [
    "Ballot",
    "Jury",
    "JuryAssignment",
    "JuryEntry",
    "JuryNudge",
    "JurySeat",
    "Laureate",
    "LaureateWithdrawal",
    "PhaseClosing",
    "Pick",
    "Ranked",
    "Recusal",
    "RecusalKind",
    "ResultRelease",
    "broken_ballots",
    "cast_ballot",
    "fill_jury",
    "invite_juror",
    "nudge_jurors",
    "open_jury",
    "ranking_of",
    "recuse",
    "take_back_recusal",
]
