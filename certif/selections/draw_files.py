"""What a contest publishes of its draws, its votes and its rankings, for programs: enough to redo them, and no name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from certif.campaigns import Campaign, Phase
from certif.kit import clock
from certif.kit.db import db
from certif.sampling import ticket_of
from certif.selections.choosing_model import DrawSeed, Vote
from certif.selections.model import PhaseClosing
from certif.selections.phase_entries import is_released, steps_of

SCRIPT = Path(__file__).with_name("draw_check.py")
"""The program that redoes all of it, and needs nothing but Python."""

_SAID = ("ticket", "cell", "fit", "score", "place", "rank", "kept")


def published(campaign: Campaign) -> dict[str, Any]:
    """Give everything published of a contest: at first digests only, of seeds and of closings; all that lets one redo them, with the
    results: a ticket told before would tell whoever has it."""
    seeds = {one.phase: one for one in db.session.scalars(select(DrawSeed).where(DrawSeed.campaign_id == campaign.id))}
    closings = {one.phase: one for one in db.session.scalars(select(PhaseClosing).where(PhaseClosing.campaign_id == campaign.id))}
    is_told = is_released(campaign)
    begun = [one for one in steps_of(campaign) if one.id in seeds or one.id in closings]
    phases = [_phase(one, seeds.get(one.id), closings.get(one.id), is_told) for one in begun]
    return {"contest": campaign.ref, "title": campaign.title_fr, "phases": phases}


def _phase(phase: Phase, seed: DrawSeed | None, closing: PhaseClosing | None, is_told: bool) -> dict[str, Any]:
    bound, closing = closing.digest if closing else None, closing if is_told else None
    record = closing.record if closing else {"entries": [], "votes": None}
    return {
        "phase": phase.id, "name": phase.name.fr, "kind": phase.kind.value, "keeps": phase.keeps,
        "seed_digest": seed.seed_digest if seed else None, "committed_on": _day(seed.committed_at) if seed else None,
        "seed": seed.seed if seed and closing else None, "closed_on": _day(closing.closed_at) if closing else None,
        "digest": bound,
        "entries": [{name: one[name] for name in _SAID} for one in record["entries"]],
        "votes": _votes(closing) if closing and record["votes"] else None,
        "aside": record["votes"].get("aside", []) if record["votes"] else [],
    }  # fmt: skip


def _votes(closing: PhaseClosing) -> list[list[str]]:
    wanted = select(Vote).where(Vote.campaign_id == closing.campaign_id, Vote.phase == closing.phase).order_by(Vote.number)
    return [[ticket_of(one.entry), one.receipt_digest, one.digest] for one in db.session.scalars(wanted)]


def _day(at: Any) -> str:
    return str(at.astimezone(clock.TORONTO).date().isoformat())
