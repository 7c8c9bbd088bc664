"""Questions about juries: whose seat it is, who reads what, how far each juror is, who may see the scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.accounts import User, folded_email
from certif.campaigns import Campaign, Phase, PhaseKind
from certif.employers import Establishment, Membership
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.kit.db import db
from certif.nominations import Boss
from certif.selections.jury_entries import is_standing
from certif.selections.jury_model import Ballot, Jury, JuryAssignment, JuryEntry, JuryNudge, JurySeat, Recusal
from certif.selections.model import PhaseClosing

KEEPERS = (Role.ADMIN, Role.MANAGER)
"""Who seats a jury and follows it."""
READERS = (*KEEPERS, Role.AGENT)
"""Who may read the ranking, once it is theirs to read."""
MOST_SHOWN = 100


@dataclass(frozen=True)
class Board:
    """A jury as it stands: its entries in their order, who reads which, and what was done. Pairs are (seat id, entry id).

    `shared`: None where all read all.
    """

    entries: Sequence[JuryEntry]
    shared: frozenset[tuple[int, int]] | None
    cast: frozenset[tuple[int, int]]
    recusals: dict[tuple[int, int], Recusal] = field(default_factory=dict)

    def theirs(self, seat: JurySeat) -> list[JuryEntry]:
        """Give what a juror reads, what it stood aside of included."""
        shared = self.shared
        return [one for one in self.entries if shared is None or (seat.id, one.id) in shared or (seat.id, one.id) in self.recusals]

    def awaited(self, seat: JurySeat) -> list[JuryEntry]:
        """Give what a juror has still to judge."""
        return [one for one in self.theirs(seat) if not self.is_done(seat, one)]

    def is_done(self, seat: JurySeat, entry: JuryEntry) -> bool:
        """Whether a juror judged an entry, or stood aside of it."""
        return (seat.id, entry.id) in self.cast or (seat.id, entry.id) in self.recusals

    def progress(self, seat: JurySeat) -> tuple[int, int, int]:
        """Give how many entries are done, of how many, and that share in percent."""
        theirs = self.theirs(seat)
        done = len(theirs) - len(self.awaited(seat))
        return done, len(theirs), 100 * done // len(theirs) if theirs else 0


def board_of(jury: Jury, seat: JurySeat | None = None) -> Board:
    """Give a jury as it stands, or what one juror needs of it: four statements, however many they are."""
    mine = [] if seat is None else [JurySeat.id == seat.id]
    entries = db.session.scalars(
        select(JuryEntry).where(JuryEntry.jury_id == jury.id, is_standing()).options(joinedload(JuryEntry.boss)).order_by(JuryEntry.number)
    ).all()
    shares = select(JuryAssignment.seat_id, JuryAssignment.entry_id).join(JurySeat).where(JurySeat.jury_id == jury.id, *mine)
    shared = frozenset(db.session.execute(shares).tuples().all())
    cast = select(Ballot.seat_id, Ballot.entry_id).join(JurySeat).where(Ballot.jury_id == jury.id, *mine).distinct()
    stood = select(Recusal).join(JurySeat).where(JurySeat.jury_id == jury.id, Recusal.taken_back_at.is_(None), *mine)
    return Board(
        entries,
        shared if jury.phase.jurors_each is not None else None,
        frozenset(db.session.execute(cast).tuples().all()),
        {(one.seat_id, one.entry_id): one for one in db.session.scalars(stood)},
    )


def seats_of(jury: Jury) -> list[JurySeat]:
    """Give who sits today, by name."""
    wanted = select(JurySeat).where(JurySeat.jury_id == jury.id, JurySeat.ended_at.is_(None))
    return list(db.session.scalars(wanted.order_by(JurySeat.name, JurySeat.id)))


def my_seats(actor: Actor) -> list[JurySeat]:
    """Give the seats of this person, the newest first, a hundred at most."""
    wanted = select(JurySeat).where(JurySeat.email == folded_email(actor.email), JurySeat.ended_at.is_(None))
    return list(db.session.scalars(wanted.options(joinedload(JurySeat.jury)).order_by(JurySeat.id.desc()).limit(MOST_SHOWN)))


def seat_of(actor: Actor, ref: str) -> JurySeat:
    """Give this person's seat on the jury named `ref`. Refuses (404) any other jury, and a seat that was ended."""
    wanted = select(JurySeat).join(Jury).where(Jury.ref == ref, JurySeat.email == folded_email(actor.email), JurySeat.ended_at.is_(None))
    found = db.session.scalar(wanted.options(joinedload(JurySeat.jury)))
    if found is None or not actor.is_signed_in:
        raise NotFound
    return found


def entry_of(seat: JurySeat, board: Board, ref: str) -> JuryEntry:
    """Give an entry that this juror reads. Refuses (404) any other, and any before the first day of the jury."""
    found = next((one for one in board.theirs(seat) if one.ref == ref), None)
    if found is None or clock.today() < seat.jury.phase.from_on:
        raise NotFound
    return found


def next_awaited(seat: JurySeat, board: Board, after: JuryEntry) -> JuryEntry | None:
    """Give what this juror may judge next, another entry: what follows, else the first that waits, else nothing."""
    awaited = [one for one in board.awaited(seat) if one.id != after.id]
    return next((one for one in awaited if one.number > after.number), awaited[0] if awaited else None)


def recusal_of(seat: JurySeat, entry: JuryEntry) -> Recusal | None:
    """Give how a juror stands aside of an entry, if it does."""
    here = Recusal.seat_id == seat.id, Recusal.entry_id == entry.id, Recusal.taken_back_at.is_(None)
    return db.session.scalar(select(Recusal).where(*here))


def reads(seat: JurySeat, entry: JuryEntry) -> bool:
    """Whether an entry of its jury is for this juror to read: given to it, where not all read all."""
    if entry.jury_id != seat.jury_id or seat.jury.phase.jurors_each is None:
        return entry.jury_id == seat.jury_id
    given = select(JuryAssignment.id).where(JuryAssignment.seat_id == seat.id, JuryAssignment.entry_id == entry.id)
    return db.session.scalar(given) is not None


def last_ballot_of(seat: JurySeat, entry: JuryEntry) -> Ballot | None:
    """Give what a juror scored last of an entry."""
    wanted = select(Ballot).where(Ballot.seat_id == seat.id, Ballot.entry_id == entry.id)
    return db.session.scalar(wanted.order_by(Ballot.number.desc()).limit(1))


def ballots_of_others(seat: JurySeat, entry: JuryEntry, board: Board) -> list[Ballot]:
    """Give what the others scored last of an entry, to a juror who may see it: where the phase says so, all of its own cast."""
    if not seat.jury.phase.shows_scores or board.awaited(seat) or (seat.id, entry.id) in board.recusals:
        return []
    away = (
        select(Recusal.id).where(Recusal.seat_id == Ballot.seat_id, Recusal.entry_id == entry.id, Recusal.taken_back_at.is_(None)).exists()
    )
    wanted = select(Ballot).join(JurySeat).where(Ballot.entry_id == entry.id, Ballot.seat_id != seat.id, JurySeat.ended_at.is_(None), ~away)
    last = {one.seat_id: one for one in db.session.scalars(wanted.options(joinedload(Ballot.seat)).order_by(Ballot.number))}
    return sorted(last.values(), key=lambda one: one.seat.name)


def acts_for(actor: Actor, entry: JuryEntry) -> bool:
    """Whether this person acts, or acted, for the employer of an entry, as the register tells."""
    place = entry.boss.establishment
    if place is None or actor.user_id is None:
        return False
    mine = Membership.user_id == actor.user_id, Membership.employer_id == place.employer_id
    return db.session.scalar(select(Membership.id).where(*mine).limit(1)) is not None


def ties_of(jury: Jury) -> set[tuple[int, int]]:
    """Give the pairs (seat id, entry id) in which the juror acts, or acted, for the employer: nobody is given its own to read."""
    wanted = (
        select(JurySeat.id, JuryEntry.id)
        .join(User, User.email == JurySeat.email)
        .join(Membership, Membership.user_id == User.id)
        .join(Establishment, Establishment.employer_id == Membership.employer_id)
        .join(Boss, Boss.establishment_id == Establishment.id)
        .join(JuryEntry, JuryEntry.boss_id == Boss.id)
        .where(JurySeat.jury_id == jury.id, JuryEntry.jury_id == jury.id)
    )
    return set(db.session.execute(wanted).tuples())


def closing_of(campaign: Campaign, phase: str) -> PhaseClosing | None:
    """Give how a phase was closed, if it was."""
    return db.session.scalar(select(PhaseClosing).where(PhaseClosing.campaign_id == campaign.id, PhaseClosing.phase == phase))


def is_judging(jury: Jury) -> bool:
    """Whether ballots are cast today."""
    phase = jury.phase
    return phase.from_on <= clock.today() <= phase.until_on and closing_of(jury.campaign, phase.id) is None


def jury_phase(actor: Actor, ref: str, phase: str, *roles: Role) -> tuple[Campaign, Phase]:
    """Give a published contest of this person's programs and its jury phase. Refuses (404) any other."""
    campaign = db.session.scalar(select(Campaign).where(Campaign.ref == ref))
    if campaign is None or not campaign.is_published or not actor.holds(campaign.program_id, *roles):
        raise NotFound
    found = campaign.definition.phase(phase)
    if found is None or found.kind is not PhaseKind.JURY:
        raise NotFound
    return campaign, found


def jury_at(campaign: Campaign, phase: Phase) -> Jury | None:
    """Give the jury of a phase, once it is opened."""
    return db.session.scalar(select(Jury).where(Jury.campaign_id == campaign.id, Jury.phase_id == phase.id))


def kept_jury(actor: Actor, ref: str, phase: str, *roles: Role) -> Jury:
    """Give an opened jury to those who keep it. Refuses (404) any other."""
    found = jury_at(*jury_phase(actor, ref, phase, *(roles or KEEPERS)))
    if found is None:
        raise NotFound
    return found


def seat_called(jury: Jury, ref: str) -> JurySeat:
    """Give a seat of a jury. Refuses (404) any other, and one that was ended."""
    found = next((one for one in seats_of(jury) if one.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def may_see_scores(actor: Actor, jury: Jury) -> bool:
    """Whether staff see the ranking now: those who decide, at any time; the others, once the last day is over or the phase closed."""
    phase = jury.phase
    is_over = clock.today() > phase.until_on or closing_of(jury.campaign, phase.id) is not None
    return actor.holds(jury.campaign.program_id, Role.ADMIN, *phase.deciders) or (
        is_over and actor.holds(jury.campaign.program_id, *READERS)
    )


def nudged_today(jury: Jury) -> set[int]:
    """Give the ids of the seats that were written to today."""
    wanted = select(JuryNudge.seat_id).join(JurySeat).where(JurySeat.jury_id == jury.id, JuryNudge.nudged_on == clock.today())
    return set(db.session.scalars(wanted))
