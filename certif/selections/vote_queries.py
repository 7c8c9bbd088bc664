"""What one asks of a vote: whether it goes on, among whom, and where a receipt stands in the list."""

from __future__ import annotations

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign, Phase, PhaseKind
from certif.kit import clock, tokens
from certif.kit.db import db
from certif.selections.choosing_model import Vote, VoteProof
from certif.selections.phase_entries import Entry, before, closing_of, entries_of


def open_vote(campaign: Campaign) -> Phase | None:
    """Give the vote that goes on today, both days included; None when there is none."""
    today = clock.today()
    for phase in campaign.definition.phases:
        if phase.kind is PhaseKind.VOTE and phase.from_on <= today <= phase.until_on and campaign.is_over:
            earlier = before(campaign, phase)
            is_ready = earlier is None or closing_of(campaign, earlier) is not None
            return phase if is_ready and closing_of(campaign, phase) is None else None
    return None


def finalists_of(campaign: Campaign, phase: Phase) -> list[Entry]:
    """Give the finalists of a vote, by name of their place of work: no person is named."""
    return entries_of(campaign, phase)


def proof_behind(token: str) -> VoteProof:
    """Give what a page's token stands for. Refuses: a token that was never given, or is forgotten (not found)."""
    found = db.session.scalar(select(VoteProof).where(VoteProof.token_digest == tokens.digest(token)))
    if found is None:
        raise NotFound
    return found


def vote_behind(receipt: str) -> Vote | None:
    """Give the vote of a receipt, or None."""
    return db.session.scalar(select(Vote).where(Vote.receipt_digest == tokens.digest(receipt)))
