"""What the public page of a program says of its contests: those in which one may nominate today."""

from __future__ import annotations

from certif.campaigns.queries import campaigns_open, title_of
from certif.programs import Program, ProgramWord, say_of_program


def contests_of(program: Program) -> list[ProgramWord]:
    """Give the open contests of a program."""
    return [ProgramWord(title_of(one), one.opens_on, "campaigns.show_contest", one.ref) for one in campaigns_open(program)]


say_of_program(contests_of)
