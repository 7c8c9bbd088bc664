"""What stands behind the doors of the desk: a boss near the employer, what a student says of it, and one that looks like it."""

from __future__ import annotations

from typing import Any

from certif.certification import Certification
from certif.employers import establishments_of
from certif.nominations import find_twins
from certif.programs import Program
from tests.campaigns.making import make_campaign
from tests.nominations.making import make_boss, make_nomination

_OF_A_CONTEST = (
    "list_nominations", "approve_nominations", "download_nominations", "download_nominations_workbook", "list_bosses", "list_twins",
    "list_signs", "list_thanks", "download_cards", "hand_over_cards",
)  # fmt: skip
_OF_A_NOMINATION = ("read_nomination", "approve_nomination", "set_aside_nomination", "strike_nomination")
_OF_A_BOSS = (
    "show_boss", "merge_bosses", "keep_apart", "undo_merge", "link_boss", "check_boss", "rule_boss", "show_signs", "download_card",
)  # fmt: skip


def nominated(program: Program, certification: Certification, secret: str) -> dict[str, dict[str, Any]]:
    """A boss of a contest, named by a student in words that are held, and another of nearly the same name."""
    near = establishments_of(certification.employer)[0].mrc
    campaign = make_campaign(program)
    boss, other = (make_boss(campaign, f"{secret} {end}", mrc=near, person=secret) for end in ("et filles", "et fille"))
    make_nomination(boss)
    nomination = make_nomination(boss, approved=False, answers={"exams": f"{secret} me donne congé."})
    find_twins()
    return {
        **{f"nominations.{name}": {"ref": campaign.ref} for name in _OF_A_CONTEST},
        **{f"nominations.{name}": {"ref": nomination.ref} for name in _OF_A_NOMINATION},
        **{f"nominations.{name}": {"ref": boss.ref, "other": other.ref} for name in _OF_A_BOSS},
    }
