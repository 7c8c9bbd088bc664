"""WHO IS CHOSEN. Each phase of a contest closed once, in a way that can be redone; the laureates that come of it."""

from certif.selections.choosing_model import DrawSeed, LaureateInvitation, Verdict, Vote, VoteProof, VoteSetAside, VoteTrace
from certif.selections.jury_actions import cast_ballot, fill_jury, invite_juror, nudge_jurors, open_jury, recuse, take_back_recusal
from certif.selections.jury_chain import broken_ballots
from certif.selections.jury_model import Ballot, Jury, JuryAssignment, JuryEntry, JuryNudge, JurySeat, Recusal, RecusalKind
from certif.selections.jury_ranking import Ranked, ranking_of
from certif.selections.laureate_actions import (
    hold_release,
    name_laureates,
    prepare_laureate,
    release_results,
    replace_laureate,
    tell_results,
    withdraw_laureate,
)
from certif.selections.laureate_agreements import agree, ask_agreement, invitation_behind, sides_that_know
from certif.selections.laureate_queries import category_name, laureates_in, public_laureates
from certif.selections.model import Laureate, LaureateWithdrawal, PhaseClosing, Pick, ResultRelease
from certif.selections.phase_actions import close_phase, commit_seed, judge_entry
from certif.selections.phase_checking import first_broken_selection
from certif.selections.phase_entries import Entry, closing_of, entries_of, is_released, steps_of
from certif.selections.vote_actions import confirm_vote, forget_vote_proofs, send_vote_code
from certif.selections.vote_weighing import put_votes_back, set_votes_aside

__all__ = [
    "Ballot",
    "DrawSeed",
    "Entry",
    "Jury",
    "JuryAssignment",
    "JuryEntry",
    "JuryNudge",
    "JurySeat",
    "Laureate",
    "LaureateInvitation",
    "LaureateWithdrawal",
    "PhaseClosing",
    "Pick",
    "Ranked",
    "Recusal",
    "RecusalKind",
    "ResultRelease",
    "Verdict",
    "Vote",
    "VoteProof",
    "VoteSetAside",
    "VoteTrace",
    "agree",
    "ask_agreement",
    "broken_ballots",
    "cast_ballot",
    "category_name",
    "close_phase",
    "closing_of",
    "commit_seed",
    "confirm_vote",
    "entries_of",
    "fill_jury",
    "first_broken_selection",
    "forget_vote_proofs",
    "hold_release",
    "invitation_behind",
    "invite_juror",
    "is_released",
    "judge_entry",
    "laureates_in",
    "name_laureates",
    "nudge_jurors",
    "open_jury",
    "prepare_laureate",
    "public_laureates",
    "put_votes_back",
    "ranking_of",
    "recuse",
    "release_results",
    "replace_laureate",
    "send_vote_code",
    "set_votes_aside",
    "sides_that_know",
    "steps_of",
    "take_back_recusal",
    "tell_results",
    "withdraw_laureate",
]
