"""Check again what was closed: whom it kept, by which recipe, and every vote. The first thing that was changed is named."""

from __future__ import annotations

from sqlalchemy import select

from certif.kit import tokens
from certif.kit.db import db
from certif.sampling import seed_digest, ticket_of
from certif.selections.choosing_model import DrawSeed, Vote
from certif.selections.model import PhaseClosing
from certif.selections.phase_entries import picks_of, ref_of
from certif.selections.phase_recipe import Standing, record_digest, settled, vote_digest
from certif.selections.stv_counting import count_of
from certif.selections.vote_queries import aside_in


def first_broken_selection() -> str | None:
    """Give a line that names the first closing, pick, seed or vote that is not what it was, or None when all holds."""
    for closing in db.session.scalars(select(PhaseClosing).order_by(PhaseClosing.id)):
        fault = _fault_of(closing)
        if fault is not None:
            return f"contest {closing.campaign.ref}, phase {closing.phase}: {fault}"
    return _first_broken_vote()


def _fault_of(closing: PhaseClosing) -> str | None:
    return _changed_pick(closing) or _changed_record(closing) or _not_redone(closing) or _not_recounted(closing) or _other_votes(closing)


def _changed_record(closing: PhaseClosing) -> str | None:
    if record_digest(closing.record, closing.minutes) != closing.digest:
        return "its record or its minutes are not what was digested"
    seed = closing.record["seed"]
    if seed is None:
        return None
    bound = db.session.scalar(select(DrawSeed).where(DrawSeed.campaign_id == closing.campaign_id, DrawSeed.phase == closing.phase))
    is_same = bound is not None and (bound.seed, bound.seed_digest) == (seed["seed"], seed["digest"])
    return None if is_same and seed_digest(seed["seed"]) == seed["digest"] else "its seed is not the one that was bound to"


def _changed_pick(closing: PhaseClosing) -> str | None:
    said = {one["entry"]: one for one in closing.record["entries"]}
    picks = {ref_of(pick): pick for pick in picks_of(closing)}
    for entry in sorted(said.keys() ^ picks.keys()):
        return f"entry {entry} was {'added' if entry in picks else 'taken out'}"
    for entry, pick in picks.items():
        one = said[entry]
        found = (pick.cell, pick.rank, pick.score, pick.is_kept, tokens.digest(pick.reason))
        if found != (one["cell"], one["rank"], one["score"], one["kept"], one["reason"]):
            return f"the pick of entry {entry} was changed"
    return None


def _not_redone(closing: PhaseClosing) -> str | None:
    entries = closing.record["entries"]
    given = [Standing(one["entry"], one["ticket"], one["cell"], one["fit"], one["score"], one["place"]) for one in entries]
    for redone in settled(given, closing.record["keeps"], (closing.record["seed"] or {}).get("seed", "")):
        said = next(one for one in entries if one["entry"] == redone.entry)
        if (redone.rank, redone.is_kept, ticket_of(redone.entry)) != (said["rank"], said["kept"], said["ticket"]):
            return f"the recipe does not give entry {redone.entry} its rank"
    return None


def _not_recounted(closing: PhaseClosing) -> str | None:
    """Count the picks of a jury again, from the chain of its ballots."""
    said, phase = closing.record.get("count"), closing.campaign.definition.phase(closing.phase)
    if said is None or phase is None:
        return None
    seed = (closing.record["seed"] or {}).get("seed", "")
    found = count_of(closing.campaign, phase, seed, set(said["withdrawn"]))
    places = {one["entry"]: one["place"] for one in closing.record["entries"] if one["place"] is not None}
    if found.cells != said["cells"] or found.places != places:
        return "the ballots of its jury do not count to what was closed"
    return None


def _other_votes(closing: PhaseClosing) -> str | None:
    said = closing.record["votes"]
    if said is None:
        return None
    aside = said.get("aside", [])
    if aside_in(closing.campaign, closing.phase) != aside:
        return "the votes put aside are not those that its record says"
    fault, last, tally = _read_chain(closing.campaign_id, closing.phase, frozenset(aside))
    if fault is not None:
        return fault
    if last != (said["count"], said["last"]):
        return f"vote {min(last[0], said['count']) + 1} was added or taken out since it was closed"
    scores = {one["entry"]: (one["score"] or 0) // 1000 for one in closing.record["entries"]}
    odd = next((entry for entry in sorted(scores) if scores[entry] != tally.get(entry, 0)), None)
    return f"the votes for entry {odd} do not add up" if odd else None


def _first_broken_vote() -> str | None:
    for campaign_id, phase in db.session.execute(select(Vote.campaign_id, Vote.phase).distinct().order_by(Vote.campaign_id)).all():
        fault, _last, _tally = _read_chain(campaign_id, phase)
        if fault is not None:
            return f"contest {campaign_id}, phase {phase}: {fault}"
    return None


def _read_chain(
    campaign_id: int, phase: str, aside: frozenset[int] = frozenset()
) -> tuple[str | None, tuple[int, str], dict[str, int]]:  # fmt: skip
    """Read every vote of a phase in order: the first that does not follow, where the chain ends, and how many for each entry but those
    put aside."""
    previous, number, tally = "", 0, dict[str, int]()
    wanted = select(Vote).where(Vote.campaign_id == campaign_id, Vote.phase == phase).order_by(Vote.number)
    for number, vote in enumerate(db.session.scalars(wanted), 1):
        due = vote_digest(previous, number, ticket_of(vote.entry), vote.receipt_digest)
        if (vote.number, vote.previous, vote.digest) != (number, previous, due):
            return f"vote {number} is not what it was, or does not follow from the one before", (number, previous), tally
        previous = vote.digest
        tally[vote.entry] = tally.get(vote.entry, 0) + (number not in aside)
    return None, (number, previous), tally
