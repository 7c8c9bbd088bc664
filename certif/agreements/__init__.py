"""WHAT IS AGREED. What an employer, a student and a school promise each other; the schedule checker; exam weeks."""

from certif.agreements import evaluations, signing
from certif.agreements.actions import end_agreement, open_agreement, send_again
from certif.agreements.ages import AgeBand, Studies
from certif.agreements.exam_actions import PeriodTerms, drop_exam_period, make_exam_feed, note_exam_period
from certif.agreements.exam_model import EXAM_KINDS, ExamFeed, ExamKind, ExamPeriod
from certif.agreements.exam_queries import periods_around
from certif.agreements.kinds import KINDS, STATES, AgreementKind, AgreementState, Side
from certif.agreements.model import Agreement, AgreementEnd, AgreementParty, AgreementSignature, InternshipEvaluation
from certif.agreements.queries import counts_for, counts_of_employer, state_column
from certif.agreements.schedules import Judgement, Student, judge, legal_calendar, usual_week
from certif.agreements.signing import sign_agreement
from certif.agreements.terms import AgreementTerms, ExamWeeks, Signer, obstacles_of

__all__ = [
    "EXAM_KINDS",
    "KINDS",
    "STATES",
    "AgeBand",
    "Agreement",
    "AgreementEnd",
    "AgreementKind",
    "AgreementParty",
    "AgreementSignature",
    "AgreementState",
    "AgreementTerms",
    "ExamFeed",
    "ExamKind",
    "ExamPeriod",
    "ExamWeeks",
    "InternshipEvaluation",
    "Judgement",
    "PeriodTerms",
    "Side",
    "Signer",
    "Student",
    "Studies",
    "counts_for",
    "counts_of_employer",
    "drop_exam_period",
    "end_agreement",
    "evaluations",
    "judge",
    "legal_calendar",
    "make_exam_feed",
    "note_exam_period",
    "obstacles_of",
    "open_agreement",
    "periods_around",
    "send_again",
    "sign_agreement",
    "signing",
    "state_column",
    "usual_week",
]
