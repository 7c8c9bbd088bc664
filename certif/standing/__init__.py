"""WHAT FOLLOWS THE BADGE. A certification is suspended, reinstated, revoked, each with a reason; reminded of its end, and renewed."""

from certif.standing.actions import reinstate, revoke, suspend
from certif.standing.draft_silence import remind_silent_drafts
from certif.standing.level_actions import Found, Said, ask_for_level, decide_on_level
from certif.standing.level_forms import piece_field, uploaded
from certif.standing.level_model import LevelRequest
from certif.standing.level_queries import count_level_requests
from certif.standing.model import Reminder, ReminderStop, Renewal
from certif.standing.pieces import Upload, keep_piece
from certif.standing.reminders import send_reminders
from certif.standing.renewal_actions import answers_of, digest_of, renew
from certif.standing.retention import ended_before, forget_old_level_evidence, kept_since
from certif.standing.review_actions import answer_review, ask_for_review
from certif.standing.review_model import HumanReview, Outcome
from certif.standing.review_queries import count_reviews, human_review_of
from certif.standing.silence import remind_after_silence, reminders_of, stop_reminders
from certif.standing.space_words import renewal_words
from certif.standing.statuses import Status
from certif.standing.windows import renewal_obstacle

__all__ = [
    "Found",
    "HumanReview",
    "LevelRequest",
    "Outcome",
    "Reminder",
    "ReminderStop",
    "Renewal",
    "Said",
    "Status",
    "Upload",
    "answer_review",
    "answers_of",
    "ask_for_level",
    "ask_for_review",
    "count_level_requests",
    "count_reviews",
    "decide_on_level",
    "digest_of",
    "ended_before",
    "forget_old_level_evidence",
    "human_review_of",
    "keep_piece",
    "kept_since",
    "piece_field",
    "reinstate",
    "remind_after_silence",
    "remind_silent_drafts",
    "reminders_of",
    "renew",
    "renewal_obstacle",
    "renewal_words",
    "revoke",
    "send_reminders",
    "stop_reminders",
    "suspend",
    "uploaded",
]
