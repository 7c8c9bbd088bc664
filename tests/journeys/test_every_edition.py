"""Every known edition, from its opening to its laureates: what a region once did by hand, told as data and lived by the real acts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import AbstractContextManager

import pytest

from certif.campaigns import Campaign, Phase, PhaseKind, Quota, model_names
from certif.cli.demo_jury import seat_jury
from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.selections import (
    Laureate,
    close_phase,
    commit_seed,
    confirm_vote,
    entries_of,
    first_broken_selection,
    judge_entry,
    name_laureates,
    release_results,
    send_vote_code,
    steps_of,
)
from certif.territory import mrcs
from tests.campaigns.making import make_edition
from tests.factories import code_in_letter, make_program, unit
from tests.galas.making import BOSS
from tests.nominations.making import make_boss, make_nomination
from tests.pages import Visitor

LONG_AGO = dt.timedelta(days=300)
NAMED = 12


def noon(day: dt.date) -> AbstractContextManager[None]:
    """Be at noon of a day."""
    return clock.frozen(clock.midnight(day) + dt.timedelta(hours=12))


def name_bosses(campaign: Campaign) -> None:
    """Let students of every MRC name bosses, the last of them twice as often as the others."""
    places = mrcs(campaign.program.region)
    with noon(campaign.opens_on + dt.timedelta(days=1)):
        for number in range(NAMED):
            boss = make_boss(campaign, f"Commerce {number}", mrc=places[number % len(places)], person=f"Boss {number}")
            for _each in range(1 + number // (NAMED - 1)):
                make_nomination(boss)


def decide(campaign: Campaign, phase: Phase) -> None:
    """Do what the phase asks, in its time, and close it."""
    with noon(phase.from_on), unit():
        if phase.kind in {PhaseKind.DRAW, PhaseKind.VOTE, PhaseKind.JURY}:
            commit_seed(campaign, phase, by=BOSS)
        for place, entry in enumerate(entries_of(campaign, phase) if phase.kind is PhaseKind.CHOICE else [], 1):
            judge_entry(campaign, phase, entry, is_kept=True, place=place, reason="Allège l’horaire avant les examens.", by=BOSS)
    with noon(phase.from_on), unit():
        if phase.kind is PhaseKind.JURY:
            seat_jury(campaign, BOSS)
    if phase.kind is PhaseKind.VOTE:
        vote(campaign, phase)
    with noon(phase.until_on + dt.timedelta(days=1)), unit():
        close_phase(campaign, phase.id, "Tous étaient là.", by=BOSS)


def vote(campaign: Campaign, phase: Phase) -> None:
    """Let one person more vote for each finalist than for the one before."""
    with noon(phase.from_on):
        for number, entry in enumerate(entries_of(campaign, phase)):
            for voter in range(number + 1):
                email = f"vote-{number}-{voter}@exemple.com"
                with unit():
                    token = send_vote_code(campaign, entry.ref, email, language="fr", by=SYSTEM)
                with unit():
                    confirm_vote(token, code_in_letter(email), by=SYSTEM)


def lived(campaign: Campaign) -> list[Laureate]:
    """Take a contest from its nominations to its laureates, told to everyone."""
    name_bosses(campaign)
    for phase in steps_of(campaign):
        decide(campaign, phase)
    with unit():
        found = name_laureates(campaign, by=BOSS)
    with unit():
        release_results(campaign, by=BOSS)
    return found


@pytest.mark.parametrize("model", model_names())
def test_an_edition_is_lived_from_its_opening_to_its_laureates(app: object, visitor: Visitor, model: str) -> None:
    campaign = make_edition(make_program(code="14"), model, opens_on=clock.today() - LONG_AGO)
    definition = campaign.definition
    found = lived(campaign)
    most = definition.phases[-1].keeps or 0
    cells = Counter(one.cell for one in found)
    assert found
    assert all(count <= most for count in cells.values())
    if definition.quota is Quota.WHOLE:
        assert len(found) == min(most, sum(one.keeps for one in definition.categories) or most)
    else:
        assert len(cells) > 1, "laureates come of several places"
    assert first_broken_selection() is None
    page = visitor.open(f"/concours/{campaign.ref}/resultats")
    assert page.status == 200
    assert db.session.query(Laureate).count() == len(found)
