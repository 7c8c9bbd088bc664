"""The same boss in two duos: staff are told, and a contest decides whether a boss is honoured in one duo only."""

from __future__ import annotations

import pytest
from flask import Flask

from certif.campaigns import Campaign, PhaseKind, Unit
from certif.kit.access import Role
from certif.kit.errors import Refusal
from certif.selections import (
    close_phase,
    first_broken_selection,
    judge_entry,
    name_laureates,
    replace_laureate,
    withdraw_laureate,
)
from certif.selections.phase_entries import entries_of, picks_of
from tests.factories import make_staff, unit
from tests.nominations.making import make_nomination
from tests.selections.choosing import boss_of, closed, contest, manager_of, named, on, phase

DRAW = phase("tirage", PhaseKind.DRAW, 10, keeps=2)
CHOICE = phase("choix", PhaseKind.CHOICE, 10, keeps=2)


def twice_named(*phases: object, once: bool, others: int = 2) -> Campaign:
    """Give a contest of duos where two students name one boss, and as many others each another."""
    campaign = contest(*phases, once_a_boss=once)  # type: ignore[arg-type]
    with on(-10):
        shared = boss_of(campaign, 999)
        for name in ("Alexis", "Zoé"):
            make_nomination(shared, f"{name}@exemple.com", first_name=name)
    named(campaign, others)
    return campaign


def kept(closing: object) -> list[str]:
    return [pick.boss.name for pick in picks_of(closing) if pick.is_kept]  # type: ignore[arg-type]


@pytest.mark.parametrize("once", [True, False])
def test_a_draw_honours_a_boss_once_where_the_contest_says_so(app: Flask, once: bool) -> None:
    """With two duos of one boss and nobody else, the second place stays empty only where each boss is honoured once."""
    campaign = twice_named(DRAW, once=once, others=0)
    closing = closed(campaign, "tirage", manager_of(campaign))
    assert len(kept(closing)) == (1 if once else 2)
    assert [pick.reason for pick in picks_of(closing) if not pick.is_kept] == (
        ["Le même boss est déjà à l’honneur dans un duo mieux placé."] if once else []
    )
    assert first_broken_selection() is None


def test_the_next_of_the_ranking_takes_the_place(app: Flask) -> None:
    campaign = twice_named(DRAW, once=True, others=1)
    closing = closed(campaign, "tirage", manager_of(campaign))
    assert len(set(kept(closing))) == 2, "two bosses, whatever chance said"
    assert first_broken_selection() is None
    by = manager_of(campaign)
    with on(21), unit():
        named_ones = name_laureates(campaign, by=by)
        other = next(one for one in named_ones if one.boss.name != "Boulangerie 999")
        withdraw_laureate(other, "Il a fermé.", by=by)
    with on(21), unit(), pytest.raises(Refusal, match="plus personne"):
        replace_laureate(other, by=by)


def test_equals_of_one_boss_wait_for_a_decision(app: Flask) -> None:
    campaign = twice_named(CHOICE, once=True, others=0)
    by = manager_of(campaign)
    first, second = entries_of(campaign, CHOICE)
    with on(11), unit():
        for one in (first, second):
            judge_entry(campaign, CHOICE, one, is_kept=True, place=None, reason="Oui.", by=by)
    with on(11), unit(), pytest.raises(Refusal, match="à égalité dans deux duos"):
        close_phase(campaign, "choix", "Choisi.", by=by)
    with on(11), unit():
        judge_entry(campaign, CHOICE, second, is_kept=True, place=1, reason="Le plus précis.", by=by)
    with on(11), unit():
        closing = close_phase(campaign, "choix", "Choisi.", by=by)
    assert [pick.nomination.ref for pick in picks_of(closing) if pick.is_kept and pick.nomination] == [second.ref]


@pytest.mark.parametrize("once", [True, False])
def test_staff_are_told_of_a_boss_in_two_duos(app: Flask, once: bool) -> None:
    campaign = twice_named(CHOICE, once=once, others=0)
    staff = make_staff(Role.MANAGER, campaign.program)
    with on(5), unit():
        for one in entries_of(campaign, CHOICE):
            judge_entry(campaign, CHOICE, one, is_kept=True, place=None, reason="Oui.", by=staff.actor)
    with on(5):
        text = staff.open(f"/personnel/concours/{campaign.ref}/choix/choix").text
    assert "Le même boss dans plusieurs duos" in text
    assert "Alexis" in text and "Zoé" in text
    assert ("Ce concours l’accepte" in text) is not once


def test_a_contest_of_bosses_has_nothing_to_tell(app: Flask) -> None:
    campaign = contest(CHOICE, unit=Unit.BOSS)
    named(campaign, 2)
    text = make_staff(Role.MANAGER, campaign.program).open(f"/personnel/concours/{campaign.ref}/choix/choix").text
    assert "plusieurs duos" not in text
