"""How a phase goes, in story order: the seed of its draw bound to, each entry judged, the phase closed once with its minutes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from certif.campaigns import Campaign, Phase, PhaseKind
from certif.kit import audit, clock, tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.sampling import seed_digest
from certif.selections.choosing_model import DrawSeed, Verdict, Vote
from certif.selections.model import PhaseClosing, Pick
from certif.selections.phase_entries import Entry, before, closing_of, step_called
from certif.selections.phase_outcomes import Outcome, outcome_of, seed_of
from certif.selections.phase_recipe import Standing, record_digest
from certif.selections.vote_queries import aside_in

audit.declare("contest_seed_committed", _l("%(by)s a publié l’empreinte de la graine de la phase « %(phase)s »."), "phase", "digest")
audit.declare("entry_judged", _l("%(by)s s’est prononcé sur une candidature de la phase « %(phase)s » : « %(reason)s »"), "phase", "entry",
              "kept", "reason")  # fmt: skip
audit.declare(
    "phase_closed", _l("%(by)s a clos la phase « %(phase)s » : %(kept)s candidatures gardées sur %(among)s."), "phase", "kept", "among",
    "digest",
)  # fmt: skip

JUDGED = (PhaseKind.CHECK, PhaseKind.VISIT, PhaseKind.CHOICE, PhaseKind.JURY, PhaseKind.VOTE)


def may_close(phase: Phase, campaign: Campaign, by: Actor) -> bool:
    """Whether someone decides of this phase: whoever the contest says, and the province."""
    return by.holds(campaign.program_id, *phase.deciders, Role.ADMIN)


def commit_seed(campaign: Campaign, phase: Phase, *, by: Actor) -> DrawSeed:
    """Choose the seed of a draw, or of what breaks ties; its digest is public from now on, the seed when the phase is closed.

    Refuses: someone who does not decide of the phase; a seed already chosen; a phase already closed.
    """
    let_decide(campaign, phase, by)
    if seed_of(campaign, phase) is not None:
        raise Refusal(_("L’empreinte de la graine est déjà publiée : elle ne change plus."))
    seed = tokens.ref()
    found = DrawSeed(
        campaign_id=campaign.id, phase=phase.id, seed=seed, seed_digest=seed_digest(seed), committed_at=clock.now(), committed_by=by.ref
    )
    db.session.add(found)
    db.session.flush()
    audit.record("contest_seed_committed", campaign, by=by, phase=phase.name.fr, digest=found.seed_digest)
    return found


def judge_entry(
    campaign: Campaign, phase: Phase, entry: Entry, *, is_kept: bool, place: int | None, reason: str, by: Actor
) -> Verdict:  # fmt: skip
    """Say whether an entry may go on, or its place among equals, and why. The last word counts.

    Refuses: someone who does not decide of the phase; a phase already closed; a draw, where nobody chooses; no reason.
    """
    let_decide(campaign, phase, by)
    if phase.kind not in JUDGED:
        raise Refusal(_("Un tirage ne se décide pas."))
    if not reason.strip():
        raise Refusal(_("Dites pourquoi."))
    mine = Verdict.campaign_id == campaign.id, Verdict.phase == phase.id, Verdict.entry == entry.ref
    number = (db.session.scalar(select(func.max(Verdict.number)).where(*mine)) or 0) + 1
    found = Verdict(
        campaign_id=campaign.id, phase=phase.id, entry=entry.ref, boss_id=entry.boss.id, number=number, is_kept=is_kept, place=place,
        nomination_id=entry.nomination.id if entry.nomination else None, reason=reason, given_at=clock.now(), given_by=by.ref,
        giver=by.name,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    audit.record("entry_judged", campaign, by=by, phase=phase.name.fr, entry=entry.ref, kept=is_kept, reason=reason)
    return found


def close_phase(campaign: Campaign, name: str, minutes: str, *, by: Actor) -> PhaseClosing:
    """Close a phase, once: what it comes to is kept with its minutes, and the next one starts from it.

    Takes: `name`, the id of the phase.
    Refuses: someone who does not decide of it; a phase closed already, before its last day, or whose outcome is not settled.
    """
    phase = step_called(campaign, name)
    let_decide(campaign, phase, by)
    found = outcome_of(campaign, phase)
    if found.obstacles:
        raise Refusal(" ".join(found.obstacles))
    record = _record(campaign, phase, found)
    closing = PhaseClosing(
        campaign=campaign, phase=phase.id, minutes=minutes, record=record, digest=record_digest(record, minutes), closed_at=clock.now(),
        closed_by=by.ref, closer=by.name, picks=[_pick(found.entries[one.entry], one) for one in found.standings],
    )  # fmt: skip
    db.session.add(closing)
    db.session.flush()
    kept = sum(one.is_kept for one in found.standings)
    audit.record("phase_closed", campaign, by=by, phase=phase.name.fr, kept=kept, among=len(found.standings), digest=closing.digest)
    return closing


def let_decide(campaign: Campaign, phase: Phase, by: Actor) -> None:
    """Hold a contest while somebody decides of a phase. Refuses: someone who does not decide of it; a phase already closed."""
    lock(campaign)
    if not may_close(phase, campaign, by):
        raise Refusal(_("Cette phase se décide par d’autres que vous."))
    if closing_of(campaign, phase) is not None:
        raise Refusal(_("Cette phase est déjà close."))


def _pick(entry: Entry, one: Standing) -> Pick:
    return Pick(
        boss=entry.boss, nomination=entry.nomination, cell=one.cell, rank=one.rank, score=one.score, is_kept=one.is_kept, reason=one.reason
    )


def _record(campaign: Campaign, phase: Phase, found: Outcome) -> dict[str, Any]:
    """Give all that lets anyone redo the outcome, as JSON. Reasons stand by their digest: they may have to be forgotten one day."""
    earlier, definition = before(campaign, phase), campaign.definition
    closing = closing_of(campaign, earlier) if earlier else None
    seed = found.seed
    return {
        "contest": campaign.ref, "phase": phase.id, "kind": phase.kind.value, "unit": definition.unit.value,
        "quota": definition.quota.value, "keeps": phase.keeps, "before": closing.digest if closing else "",
        "seed": seed and {"seed": seed.seed, "digest": seed.seed_digest, "committed_at": seed.committed_at.isoformat()},
        "votes": _votes(campaign, phase) if phase.kind is PhaseKind.VOTE else None,
        "count": {"withdrawn": found.count.withdrawn, "cells": found.count.cells} if found.count else None,
        "criteria": [{"id": one.id, "weight": one.weight, "most": one.most} for one in phase.criteria],
        "entries": [
            {
                "entry": one.entry, "ticket": one.ticket, "cell": one.cell, "fit": one.is_fit, "score": one.score, "place": one.place,
                "reason": tokens.digest(one.reason), "rank": one.rank, "kept": one.is_kept,
            }
            for one in found.standings
        ],
    }  # fmt: skip


def _votes(campaign: Campaign, phase: Phase) -> dict[str, Any]:
    mine = Vote.campaign_id == campaign.id, Vote.phase == phase.id
    last = db.session.scalar(select(Vote).where(*mine).order_by(Vote.number.desc()).limit(1))
    return {"count": last.number if last else 0, "last": last.digest if last else "", "aside": aside_in(campaign, phase)}
