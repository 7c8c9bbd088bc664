"""What stands behind the doors of contests: a draft that somebody still changes, and one that is published."""

from __future__ import annotations

from typing import Any

from certif.programs import Program, Text
from tests.campaigns.making import make_campaign


def decided(program: Program) -> dict[str, dict[str, Any]]:
    """A draft behind the doors, and a contest that anyone may read."""
    draft = make_campaign(program, published=False, title=Text("Les boss à l’honneur", "Bosses honoured"))
    published = make_campaign(program)
    of_anyone = ("show_contest", "end_campaign")
    return {
        "campaigns.*": {"ref": draft.ref, "part": "etapes", "number": 1},
        "campaigns.edit_part": {"ref": draft.ref, "part": "annonce"},
        **{f"campaigns.{name}": {"ref": published.ref} for name in of_anyone},
    }


def contested(program: Program) -> dict[str, dict[str, Any]]:
    """A contest that is open."""
    campaign = make_campaign(program)
    return {"nominations.*": {"ref": campaign.ref, "draft": "x", "token": "x"}}
