"""What one asks of a vote: whether it goes on, among whom, where a receipt stands in the list; how votes came, and which are put aside."""

from __future__ import annotations

from sqlalchemy import exists, select
from werkzeug.exceptions import NotFound

from certif.campaigns import Campaign, Phase, PhaseKind
from certif.kit import clock, tokens
from certif.kit.db import db
from certif.selections.choosing_model import Vote, VoteProof, VoteSetAside, VoteTrace
from certif.selections.phase_entries import Entry, before, closing_of, entries_of
from certif.selections.vote_signs import Found, Traced, signs_among


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


def traced_votes(campaign: Campaign, phase: Phase) -> list[Traced]:
    """Give every vote of a phase in order, with what is kept of how it came."""
    is_aside = exists().where(VoteSetAside.vote_id == Vote.id, VoteSetAside.put_back_at.is_(None))
    wanted = (
        select(Vote.number, Vote.entry, Vote.cast_at, VoteTrace.domain, VoteTrace.network_digest, is_aside)
        .outerjoin(VoteTrace, VoteTrace.vote_id == Vote.id)
        .where(Vote.campaign_id == campaign.id, Vote.phase == phase.id)
        .order_by(Vote.number)
    )
    return [
        Traced(number, entry, at, domain or "", network or "", bool(aside))
        for number, entry, at, domain, network, aside in db.session.execute(wanted)
    ]  # fmt: skip


def sign_called(campaign: Campaign, phase: Phase, name: str) -> Found:
    """Give a sign that votes of a phase show. Refuses: a name that none has, and a phase where nobody votes (not found)."""
    signs = signs_among(traced_votes(campaign, phase), phase) if phase.kind is PhaseKind.VOTE else []
    found = next((one for one in signs if one.name == name), None)
    if found is None:
        raise NotFound
    return found


def aside_in(campaign: Campaign, phase: Phase | str) -> list[int]:
    """Give the numbers of the votes of a phase that are put aside."""
    name = phase if isinstance(phase, str) else phase.id
    wanted = select(Vote.number).join(VoteSetAside, VoteSetAside.vote_id == Vote.id)
    mine = Vote.campaign_id == campaign.id, Vote.phase == name, VoteSetAside.put_back_at.is_(None)
    return list(db.session.scalars(wanted.where(*mine).order_by(Vote.number)))
