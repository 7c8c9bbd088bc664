"""Votes weighed before the count is closed: those put aside, with a reason, or put back. None leaves the chain."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from certif.campaigns import Campaign, Phase
from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.selections.choosing_model import Vote, VoteSetAside
from certif.selections.phase_actions import let_decide
from certif.selections.vote_queries import aside_in

audit.declare(
    "votes_set_aside", _l("%(by)s a mis de côté des votes de la phase « %(phase)s » (%(numbers)s) : « %(reason)s »"),
    "phase", "numbers", "reason",
)  # fmt: skip
audit.declare(
    "votes_put_back", _l("%(by)s a remis au compte des votes de la phase « %(phase)s » (%(numbers)s) : « %(reason)s »"),
    "phase", "numbers", "reason",
)  # fmt: skip


def set_votes_aside(campaign: Campaign, phase: Phase, numbers: Collection[int], reason: str, *, by: Actor) -> int:
    """Leave votes out of the count, and say why. They stay in the chain that is published, each marked.

    Takes: `numbers`, those of the votes.
    Gives: how many were put aside; those that were already stay so.
    Refuses: someone who does not decide of the phase; a phase already closed; no reason; votes that the phase has not.
    """
    let_decide(campaign, phase, by)
    if not reason.strip():
        raise Refusal(_("Dites pourquoi."))
    aside, at = aside_in(campaign, phase), clock.now()
    chosen = [one for one in _called(campaign, phase, numbers) if one.number not in aside]
    if not chosen:
        raise Refusal(_("Choisissez au moins un vote qui compte encore."))
    db.session.add_all([VoteSetAside(vote=one, reason=reason, set_aside_at=at, set_aside_by=by.ref) for one in chosen])
    db.session.flush()
    audit.record("votes_set_aside", campaign, by=by, phase=phase.name.fr, numbers=_said(chosen), reason=reason)
    return len(chosen)


def put_votes_back(campaign: Campaign, phase: Phase, numbers: Collection[int], reason: str, *, by: Actor) -> int:
    """Count again votes that were put aside, and say why.

    Gives: how many.
    Refuses: someone who does not decide of the phase; a phase already closed; no reason; votes of which none is put aside.
    """
    let_decide(campaign, phase, by)
    if not reason.strip():
        raise Refusal(_("Dites pourquoi."))
    chosen = {one.id: one for one in _called(campaign, phase, numbers)}
    standing = select(VoteSetAside).where(VoteSetAside.vote_id.in_(chosen), VoteSetAside.put_back_at.is_(None))
    found = db.session.scalars(standing).all()
    if not found:
        raise Refusal(_("Choisissez au moins un vote mis de côté."))
    for one in found:
        one.put_back_at, one.put_back_by = clock.now(), by.ref
    db.session.flush()
    numbers_said = _said(sorted((chosen[one.vote_id] for one in found), key=lambda vote: vote.number))
    audit.record("votes_put_back", campaign, by=by, phase=phase.name.fr, numbers=numbers_said, reason=reason)
    return len(found)


def _called(campaign: Campaign, phase: Phase, numbers: Collection[int]) -> Sequence[Vote]:
    mine = Vote.campaign_id == campaign.id, Vote.phase == phase.id, Vote.number.in_(numbers)
    return db.session.scalars(select(Vote).where(*mine).order_by(Vote.number)).all()


def _said(votes: Sequence[Vote]) -> str:
    return ", ".join(str(one.number) for one in votes)
