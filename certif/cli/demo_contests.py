"""The contests of the demonstration: two that are over, one that is open, one to come, one whose laureates are to be chosen, a draft; one
that a jury reads today, and one in which the public votes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from certif import campaigns, territory
from certif.campaigns import Campaign
from certif.kit import clock, tokens
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.programs import Program

_HELD = (
    ("14", "trois-laureats-titre-inclusif", -410, True),
    ("14", "tirage-nominations-verifiees", -215, True),
    ("14", "finalistes-et-jury", -12, True),
    ("02", "jury-trois-ambassadeurs", 25, True),
    ("15", "tirage-nominations-verifiees", -45, True),
    ("05", "laureat-par-mrc-avec-stages", 60, False),
    ("14", "finalistes-et-jury", -48, True),
    ("14", "finalistes-et-vote-du-public", -52, True),
)
"""Region, model, in how many days nominations open (before today when negative), and whether it is published."""


def load(seed: int) -> None:
    """Let four regions prepare a contest, each from another model; the published ones, a week before they opened or today."""
    with tokens.drawn_from(seed + 3):
        for code, model, days, is_published in _HELD:
            program = db.session.scalar(select(Program).join(territory.Region).where(territory.Region.code == code))
            if program is None:
                continue
            opens_on, ago = clock.today() + dt.timedelta(days=days), dt.timedelta(days=max(7 - days, 0))
            with clock.frozen(clock.now() - ago), transaction():
                definition = campaigns.load_model(model).definition.moved_to(opens_on)
                draft = campaigns.draft_campaign(program, definition, model=model, by=SYSTEM)
                if is_published:
                    campaigns.publish_campaign(draft, by=SYSTEM)


def refs() -> list[dict[str, Any]]:
    """Give the published contests of the demonstration, and whether one may nominate in each today."""
    published = select(Campaign).where(Campaign.published_at.is_not(None)).order_by(Campaign.id)
    return [{"ref": one.ref, "open": one.is_open} for one in db.session.scalars(published)]
