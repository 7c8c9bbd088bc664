"""What stands behind the doors of contests: one that is open, with a nomination that waits for a code."""

from __future__ import annotations

from typing import Any

from certif.programs import Program
from tests.campaigns.making import make_campaign


def contested(program: Program) -> dict[str, dict[str, Any]]:
    """A contest that is open."""
    campaign = make_campaign(program)
    return {"nominations.*": {"ref": campaign.ref, "draft": "x", "token": "x"}}
