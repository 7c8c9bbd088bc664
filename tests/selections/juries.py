"""Juries to try things in: a contest whose nominations are over, its jury, and jurors with a browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import current_app

from certif import selections
from certif.campaigns import Campaign, Criterion, Phase, PhaseKind, Prompt, Unit
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.nominations import Boss
from certif.programs import Program, Text, french
from certif.selections import Jury, JuryEntry, JurySeat, jury_actions
from certif.selections.jury_queries import board_of
from tests.campaigns.making import make_sketch
from tests.factories import Person, make_person, make_program, make_staff, make_user, sign_in, unit
from tests.nominations.making import make_boss, make_nomination

GRID = (
    Criterion("studies", Text("Place des études", "Room for studies"), weight=3),
    Criterion("schedule", Text("Horaire", "Schedule"), weight=2),
)


@contextmanager
def later(days: int) -> Iterator[None]:
    """Be there some days later; whoever was signed in is no more."""
    with clock.frozen(clock.now() + dt.timedelta(days=days)):
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
    """Give a phase of a jury that has judged for two days, and will for seven more."""
    today = clock.today()
    plain: dict[str, Any] = {
        "id": "jury", "kind": PhaseKind.JURY, "name": Text("Jury régional", "Regional jury"), "criteria": GRID,
        "from_on": today - dt.timedelta(days=2), "until_on": today + dt.timedelta(days=7),
    }  # fmt: skip
    return Phase(**plain | decided)


def make_contest(*phases: Phase, program: Program | None = None, contest: dict[str, Any] | None = None, **decided: Any) -> Campaign:
    """Give a contest whose nominations are over. Takes: `phases`, a jury alone by default, which `decided` changes; `contest`, what else
    its definition decides: the bosses are ranked unless it says otherwise."""
    days = {"opens_on": clock.today() - dt.timedelta(days=40), "closes_on": clock.today() - dt.timedelta(days=10)}
    title = Text(french("Mon boss, c’est le meilleur !"), "My boss is the best!")
    prompts = (
        Prompt("exams", Text(french("Et tes examens ?"), "Your exams?")),
        Prompt("schedule", Text(french("Et ton horaire ?"), "Your schedule?")),
    )
    plain = {"title": title, "prompts": prompts, "unit": Unit.BOSS, "phases": phases or (jury_phase(**decided),), **days}
    return make_sketch(program or make_program(), **plain | (contest or {}))


def make_bosses(campaign: Campaign, count: int) -> list[Boss]:
    """Give bosses, each named once."""
    bosses = [make_boss(campaign, f"Commerce Zyzo{number}", person=f"Patronne{number}") for number in range(count)]
    for boss in bosses:
        make_nomination(boss)
    return bosses


def make_jury(jurors: int = 2, bosses: int = 3, *, campaign: Campaign | None = None, **decided: Any) -> Case:
    """Give a jury that is open, filled and seated, and judges."""
    campaign = campaign or make_contest(**decided)
    make_bosses(campaign, bosses)
    manager = make_staff(Role.MANAGER, campaign.program)
    with unit():
        jury = jury_actions.open_jury(campaign, campaign.definition.phases[0], by=manager.actor)
    case = Case(campaign, jury, manager, [], [])
    for _each in range(jurors):
        seat_someone(case)
    return case


def seat_someone(case: Case, user: Any = None) -> JurySeat:
    """Seat one more."""
    user = user or make_user()
    with unit():
        seat = jury_actions.invite_juror(case.jury, user.email, name=user.name, language="fr", by=case.manager.actor)
    case.seats.append(seat)
    case.people.append(make_person(user))
    return seat


def reread() -> None:
    """Forget what the session holds: read the database again."""
    db.session.expire_all()


def back_again(person: Person) -> Person:
    """Let someone sign in again, once a session is over."""
    return sign_in(Person(current_app._get_current_object()), person.user, second_factor=True)  # type: ignore[attr-defined]
