"""The chain of a jury's ballots: one that is changed, taken out or slipped in, even with all that follow rewritten, is named."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certif.kit.audit import JournalEntry
from certif.kit.db import db
from certif.selections.jury_model import Ballot, Jury, JuryEntry, JurySeat
from certif.selections.jury_recipe import START, ballot_said, digest_of, first_broken

CAST = "ballot_cast"
"""What the journal says of each ballot, with its position and its digest: the journal is a chain too, of another table."""


def last_ballot(jury: Jury) -> Ballot | None:
    """Give the ballot at the end of the chain. Takes: a jury that is locked, when another is to follow."""
    return db.session.scalar(select(Ballot).where(Ballot.jury_id == jury.id).order_by(Ballot.position.desc()).limit(1))


def chain(ballot: Ballot, seat: JurySeat, entry: JuryEntry, before: Ballot | None) -> None:
    """Put a ballot at the end of the chain, right after `before`."""
    ballot.position = before.position + 1 if before else 1
    ballot.previous_digest = before.digest if before else START
    ballot.digest = digest_of(ballot_said(_said(ballot, seat, entry)), ballot.previous_digest)


def chained(ballot: Ballot) -> dict[str, Any]:
    """Give a ballot as the file of a jury tells it: pseudonyms for its juror and its entry, a digest for its comment."""
    return _said(ballot, ballot.seat, ballot.entry) | {"previous_digest": ballot.previous_digest, "digest": ballot.digest}


def ballots_in_order(jury: Jury) -> list[Ballot]:
    """Give the whole chain of a jury, from its first ballot on."""
    wanted = select(Ballot).where(Ballot.jury_id == jury.id).options(joinedload(Ballot.seat), joinedload(Ballot.entry))
    return list(db.session.scalars(wanted.order_by(Ballot.position)))


def broken_ballots() -> str | None:
    """Read the chain of every jury again; give a line that names the first ballot that is not what was cast, or None."""
    for jury in db.session.scalars(select(Jury).order_by(Jury.id)):
        ballots = ballots_in_order(jury)
        place = first_broken(map(chained, ballots)) or _first_untold(jury, ballots)
        if place is not None:
            return f"ballot {place} of jury {jury.ref} is not what was cast"
    return None


def _first_untold(jury: Jury, ballots: Iterable[Ballot]) -> int | None:
    """Compare with the journal: a chain rewritten from one ballot on, or cut at its end, is whole in itself."""
    wanted = select(JournalEntry.facts).where(JournalEntry.subject == f"Jury:{jury.ref}", JournalEntry.event == CAST)
    told = {fact["position"]: fact["digest"] for fact in map(json.loads, db.session.scalars(wanted))}
    kept = {ballot.position: ballot.digest for ballot in ballots}
    return next((place for place in sorted(told.keys() | kept.keys()) if told.get(place) != kept.get(place)), None)


def _said(ballot: Ballot, seat: JurySeat, entry: JuryEntry) -> dict[str, Any]:
    return {
        "position": ballot.position, "juror": seat.ref, "entry": entry.ref, "number": ballot.number, "scores": ballot.scores,
        "comment_digest": _digest_of_comment(ballot), "cast_at": ballot.cast_at.astimezone(dt.UTC).isoformat(),
    }  # fmt: skip


def _digest_of_comment(ballot: Ballot) -> str:
    """Give a digest that nobody can guess words from: the ballot's own name, which no file tells, goes before them."""
    return hashlib.sha256(f"{ballot.ref} {ballot.comment}".encode()).hexdigest()
