"""A juror ranks its picks: each pick is a ballot of the chain, in versions like any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from certif.kit import audit, clock, tokens
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.kit.languages import _
from certif.selections import jury_chain
from certif.selections.jury_actions import hold_seat
from certif.selections.jury_model import Ballot, JuryEntry, JurySeat
from certif.selections.jury_queries import board_of
from certif.selections.stv_queries import picks_of, version_of
from certif.selections.stv_recipe import RANK


def rank_entries(seat: JurySeat, ranks: Mapping[str, int | None], *, based_on: int, by: Actor) -> list[Ballot]:
    """Rank what a juror reads, by preference. Ranked again, the last ranking counts whole.

    Takes: `ranks`, by entry of the jury, 1 for the first choice, None for what is not ranked; `based_on`, the version on the screen.
    Gives: the ballots of what changed.
    Refuses: a day when nothing is judged; a jury that scores; another version than the last; nothing ranked; an entry that is not the
    juror’s, or two of one cell at one rank.
    """
    jury = hold_seat(seat)
    if not jury.phase.is_ranked:
        raise Refusal(_("Dans ce jury, on note chaque candidature."))
    board = board_of(jury, seat)
    theirs = {one.ref: one for one in board.theirs(seat) if (seat.id, one.id) not in board.recusals}
    if version_of(seat) != based_on:
        raise Refusal(_("Vous avez classé dans un autre onglet. Rouvrez la page pour voir votre classement, puis corrigez-le."))
    _check(theirs, ranks)
    known, last = picks_of(seat), jury_chain.last_ballot(jury)
    made: list[Ballot] = []
    for ref, rank in _compressed(theirs, ranks).items():
        before = known.get(theirs[ref].id)
        if before is not None and before.scores[RANK] == rank:
            continue
        ballot = Ballot(
            ref=tokens.ref(), jury_id=jury.id, seat_id=seat.id, entry_id=theirs[ref].id, number=before.number + 1 if before else 1,
            scores={RANK: rank}, comment="", cast_at=clock.now(),
        )  # fmt: skip
        jury_chain.chain(ballot, seat, theirs[ref], last)
        db.session.add(ballot)
        audit.record(jury_chain.CAST, jury, by=by, entry=theirs[ref].number, position=ballot.position, digest=ballot.digest)
        last = ballot
        made.append(ballot)
    return made


def _check(theirs: Mapping[str, JuryEntry], ranks: Mapping[str, int | None]) -> None:
    if not ranks.keys() <= theirs.keys():
        raise Refusal(_("Cette candidature a été confiée à quelqu’un d’autre."))
    given = Counter((theirs[ref].cell, rank) for ref, rank in ranks.items() if rank is not None)
    if not given:
        raise Refusal(_("Donnez un rang à une candidature au moins."))
    if any(count > 1 for count in given.values()) or any(rank < 1 for _cell, rank in given):
        raise Refusal(_("Deux candidatures ont le même rang : donnez à chacune le sien."))


def _compressed(theirs: Mapping[str, JuryEntry], ranks: Mapping[str, int | None]) -> dict[str, int | None]:
    """Give each rank without a gap, in each cell: 1, 2, 3."""
    found: dict[str, int | None] = dict.fromkeys(theirs)
    for cell in {one.cell for one in theirs.values()}:
        picked = sorted((rank, ref) for ref, rank in ranks.items() if rank is not None and theirs[ref].cell == cell)
        found |= {ref: place for place, (_rank, ref) in enumerate(picked, 1)}
    return found
