"""HONESTY. Each year a program draws some of its certified employers, in a way that anyone can redo, and asks them to show what they do."""

from certif.sampling.actions import announce_draw, answer, conclude, draw_sample, note_finding, reply
from certif.sampling.model import Examination, Outcome, SampleDraw
from certif.sampling.queries import examinations_of_certification
from certif.sampling.recipe import picked, ranked, seed_digest, ticket_of
from certif.sampling.retention import forget_old_examination_evidence

__all__ = [
    "Examination",
    "Outcome",
    "SampleDraw",
    "announce_draw",
    "answer",
    "conclude",
    "draw_sample",
    "examinations_of_certification",
    "forget_old_examination_evidence",
    "note_finding",
    "picked",
    "ranked",
    "reply",
    "seed_digest",
    "ticket_of",
]
