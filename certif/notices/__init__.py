"""WHAT A PROGRAM TELLS ITS PUBLIC: dated notices, and the answers to what anyone may ask about it."""

from certif.notices import retention, space_words
from certif.notices.actions import TELLERS, Words, publish_notice, withdraw_notice
from certif.notices.model import Kind, Outcome, ProgramNotice, ProgramQuestion, Settlement
from certif.notices.question_actions import answer_privately, ask_question, publish_answer, set_aside, withdraw_answer

__all__ = [
    "TELLERS",
    "Kind",
    "Outcome",
    "ProgramNotice",
    "ProgramQuestion",
    "Settlement",
    "Words",
    "answer_privately",
    "ask_question",
    "publish_answer",
    "publish_notice",
    "retention",
    "set_aside",
    "space_words",
    "withdraw_answer",
    "withdraw_notice",
]
