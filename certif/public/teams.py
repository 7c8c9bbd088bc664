"""Who answers for a certification, and how they are reached, as its public page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from certif.programs import Program


@dataclass(frozen=True)
class Team:
    """How the team of a program is reached; each way empty where it gave none. `slug`: the program, whose page says more."""

    slug: str
    email: str
    phone: str
    website: str


TEAM = (
    Program.slug.label("program_slug"), Program.email.label("team_email"), Program.phone.label("team_phone"),
    Program.website.label("team_website"),
)  # fmt: skip
"""What a statement reads of it."""


def team_in(row: Row[Any]) -> Team:
    """Give how the team is reached."""
    return Team(row.program_slug, row.team_email or "", row.team_phone or "", row.team_website or "")
