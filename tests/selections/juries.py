"""Juries to try things in: a contest whose nominations are over, its jury, and jurors with a browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from certif import selections
from certif.campaigns import Campaign, Criterion, Phase, PhaseKind, Unit
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.nominations import Boss
from certif.programs import Program, Text
from certif.selections import Jury, JuryEntry, JurySeat, jury_actions
from certif.selections.jury_queries import board_of
from tests.campaigns.making import make_campaign
from tests.factories import Person, make_person, make_program, make_staff, make_user, unit
from tests.nominations.making import make_boss, make_nomination

GRID = (
    Criterion("studies", Text("Place des études", "Room for studies"), weight=3),
    Criterion("schedule", Text("Horaire", "Schedule"), weight=2),
)
_OPENED_AFTER = dt.timedelta(days=33)


@contextmanager
def judging(days: int = 0) -> Iterator[None]:
    """Be there while the jury judges, some days after its first."""
    at = clock.now() + _OPENED_AFTER + dt.timedelta(days=days)
    with clock.frozen(at):
        yield


@dataclass
class Case:
    """A contest, its jury, who keeps it, and who sits."""

    campaign: Campaign
    jury: Jury
    manager: Person
    seats: list[JurySeat]
    people: list[Person]

    @property
    def phase(self) -> Phase:
        """The phase of the jury."""
        return self.jury.phase

    @property
    def desk(self) -> str:
        """The address where staff keep it."""
        return f"/personnel/concours/{self.campaign.ref}/jury/{self.jury.phase_id}"

    @property
    def path(self) -> str:
        """The address where jurors find it."""
        return f"/jury/{self.jury.ref}"

    @property
    def entries(self) -> list[JuryEntry]:
        """What it judges today."""
        return list(board_of(self.jury).entries)

    def score(self, juror: int, entry: JuryEntry, *scores: int, comment: str = "", based_on: int = 0) -> selections.Ballot:
        """Let a juror score an entry."""
        with unit():
            said = {one.id: score for one, score in zip(self.phase.criteria, scores, strict=True)}
            by = self.people[juror].actor
            return jury_actions.cast_ballot(self.seats[juror], entry, said, comment=comment, based_on=based_on, by=by)


def jury_phase(**decided: Any) -> Phase:
    """Give a phase of a jury that judges from the thirty-first day on, for ten days."""
    first = clock.today() + dt.timedelta(days=31)
    plain: dict[str, Any] = {
        "id": "jury", "kind": PhaseKind.JURY, "name": Text("Jury régional", "Regional jury"), "from_on": first,
        "until_on": first + dt.timedelta(days=9), "criteria": GRID,
    }  # fmt: skip
    return Phase(**plain | decided)


def make_contest(
    program: Program | None = None, *, unit_: Unit = Unit.BOSS, contest: dict[str, Any] | None = None, **decided: Any
) -> Campaign:
    """Give a contest whose only phase is a jury. Takes: `contest`, what its definition decides; `decided`, what the phase does."""
    return make_campaign(program or make_program(), unit=unit_, phases=(jury_phase(**decided),), **contest or {})


def make_bosses(campaign: Campaign, count: int) -> list[Boss]:
    """Give bosses, each named once."""
    bosses = [make_boss(campaign, f"Commerce Zyzo{number}", person=f"Patronne{number}") for number in range(count)]
    for boss in bosses:
        make_nomination(boss)
    return bosses


def make_jury(jurors: int = 2, bosses: int = 3, *, campaign: Campaign | None = None, **decided: Any) -> Case:
    """Give a jury that is open, filled and seated. Must be called while it judges: see `judging`, entered after the contest was made."""
    campaign = campaign or make_contest(**decided)
    make_bosses(campaign, bosses)
    manager = make_staff(Role.MANAGER, campaign.program)
    with judging(), unit():
        jury = jury_actions.open_jury(campaign, campaign.definition.phases[0], by=manager.actor)
    case = Case(campaign, jury, manager, [], [])
    for _each in range(jurors):
        seat_someone(case)
    return case


def seat_someone(case: Case, user: Any = None) -> JurySeat:
    """Seat one more."""
    user = user or make_user()
    with judging(), unit():
        seat = jury_actions.invite_juror(case.jury, user.email, name=user.name, language="fr", by=case.manager.actor)
    case.seats.append(seat)
    case.people.append(make_person(user))
    return seat


def reread() -> None:
    """Forget what the session holds: read the database again."""
    db.session.expire_all()
