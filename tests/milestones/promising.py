"""Programs whose contract lets one promise be met later, and employers certified in them."""

from __future__ import annotations

from typing import Any

from certif.certification import Certification, Milestone, Stage, milestones_of
from certif.programs import Commitment, Program, Text
from tests.factories import make_certification, make_program

SOON = Commitment("first", Text("accueillir les élèves", "welcome students"))
LATER = Commitment("later", Text("former les gestionnaires", "train managers"), within_months=6)
PICKED = Commitment("picked", Text("offrir une bourse", "offer a bursary"), is_required=False, within_months=12)


def promising(**overrides: Any) -> Program:
    """Make a program of which one promise is to be met within six months, and another, at choice, within twelve."""
    return make_program(commitments=(SOON, LATER, PICKED), **overrides)


def promised(program: Program | None = None) -> tuple[Certification, Milestone]:
    """Make a certification, and give its one milestone: nobody picked the promise at choice."""
    found = make_certification(Stage.CERTIFIED, program or promising())
    [milestone] = milestones_of(found)
    return found, milestone
