"""What the demonstration shows of a jury: three people who sit, one who has judged nearly all, one who stands aside of an entry."""

from __future__ import annotations

from certif import accounts, selections
from certif.campaigns import Campaign, Phase, PhaseKind
from certif.kit.access import Actor
from certif.selections import Jury, JurySeat, RecusalKind
from certif.selections.jury_queries import board_of, is_judging

JURORS = (("jury-1@exemple.com", "Odile Caron"), ("jury-2@exemple.com", "Marc Thibault"), ("jury-3@exemple.com", "Nour Haddad"))
_LENIENCY = (1, 0, 0)
_LEFT = 3
"""How many entries the first juror has still to judge: something to try."""


def seat_jury(campaign: Campaign, manager: Actor) -> Jury | None:
    """Open the jury of a contest, seat three people and let two of them judge; nothing where the contest has no jury.

    Ballots are cast only while the phase judges: the caller freezes the clock on one of its days, or lives in them.
    """
    phase = next((one for one in campaign.definition.phases if one.kind is PhaseKind.JURY), None)
    if phase is None:
        return None
    jury = selections.open_jury(campaign, phase, by=manager)
    seats = [selections.invite_juror(jury, email, name=name, language="fr", by=manager) for email, name in JURORS]
    if is_judging(jury):
        for place, seat in enumerate(seats[:2]):
            _judge(seat, phase, place)
    return jury


def _judge(seat: JurySeat, phase: Phase, place: int) -> None:
    user = accounts.user_for(seat.email)
    assert user is not None, "an invitation opens an account"
    by = accounts.actor_of(user)
    theirs = board_of(seat.jury, seat).theirs(seat)
    for number, entry in enumerate(theirs if place else theirs[:-_LEFT]):
        if place == 1 and number == 0:
            selections.recuse(seat, entry, RecusalKind.CONFLICT, "Ma sœur y travaille.", by=by)
            continue
        scores = {one.id: min(one.most, (number + rank) % one.most + _LENIENCY[place]) for rank, one in enumerate(phase.criteria)}
        selections.cast_ballot(seat, entry, scores, comment="", based_on=0, by=by)
