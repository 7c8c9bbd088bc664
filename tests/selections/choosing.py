"""Contests that are over, to choose among what students named."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from certif.campaigns import Campaign, Phase, PhaseKind, Quota, Unit
from certif.kit import clock
from certif.kit.access import Actor, Role
from certif.nominations import Boss, Nomination
from certif.programs import Program, Text
from certif.selections import close_phase, commit_seed, entries_of, steps_of
from certif.selections.phase_entries import step_called
from certif.territory import mrcs
from tests.campaigns.making import make_sketch
from tests.factories import make_program, make_staff, unit
from tests.nominations.making import make_boss, make_nomination

_number = itertools.count(1)
CLOSES = clock.today() - dt.timedelta(days=60)
"""The last day of nominations: long enough ago for everything to be closed since, in its time."""


def phase(name: str, kind: PhaseKind, after: int, **decided: Any) -> Phase:
    """Give a phase that ends some days after the last nomination."""
    return Phase(name, kind, Text(f"Phase {name}", f"Phase {name}"), CLOSES + dt.timedelta(days=1), CLOSES + dt.timedelta(after), **decided)


@contextmanager
def on(after: int) -> Iterator[None]:
    """Be some days after the last nomination, at noon."""
    with clock.frozen(clock.midnight(CLOSES + dt.timedelta(days=after)) + dt.timedelta(hours=12)):
        yield


def contest(*phases: Phase, program: Program | None = None, **decided: Any) -> Campaign:
    """Give a contest that opened on the first day, with these phases."""
    with on(-30):
        given: dict[str, Any] = {"unit": Unit.DUO, "quota": Quota.WHOLE, **decided}
        return make_sketch(program or make_program(code="14"), phases=phases, **given)


def named(campaign: Campaign, count: int = 5, *, spread: bool = False, **said: Any) -> list[Nomination]:
    """Give nominations, each of another boss; `spread` over the MRC of the region."""
    with on(-10):
        places = mrcs(campaign.program.region)
        bosses = [boss_of(campaign, next(_number), mrc=places[number % len(places)] if spread else places[0]) for number in range(count)]
        return [make_nomination(boss, first_name=f"Élève{number}", **said) for number, boss in enumerate(bosses)]


def boss_of(campaign: Campaign, number: int, **known: Any) -> Boss:
    """Give a boss."""
    return make_boss(campaign, f"Boulangerie {number:03d}", person=f"Boss{number}", **known)


def manager_of(campaign: Campaign) -> Actor:
    """Give who manages the program of a contest."""
    return make_staff(Role.MANAGER, campaign.program).actor


def closed(campaign: Campaign, name: str, by: Actor, after: int = 20) -> Any:
    """Bind to a seed, and close a phase after its last day."""
    found = step_called(campaign, name)
    if found.kind is PhaseKind.DRAW:
        with on(1), unit():
            commit_seed(campaign, found, by=by)
    with on(after), unit():
        return close_phase(campaign, name, "Tous étaient là.", by=by)


def refs(campaign: Campaign, name: str) -> set[str]:
    """Give the refs of what a phase looks at."""
    return {one.ref for one in entries_of(campaign, next(one for one in steps_of(campaign) if one.id == name))}
