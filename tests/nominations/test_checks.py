"""Whether an employer may be kept is said by each reviewer once; where they do not agree, a manager decides."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from certif.campaigns import Campaign
from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.errors import Refusal
from certif.nominations import Boss, CheckWay, check_boss, fit_bosses, merge_bosses, rule_boss, unfit_bosses
from certif.nominations.boss_queries import verdict_of
from certif.nominations.desk_model import BossCheck
from tests.factories import Person, make_staff, unit
from tests.nominations.desk import contest, make_boss


def check(boss: Boss, by: Person, *, is_fit: bool = True, way: CheckWay = CheckWay.VISIT) -> None:
    with unit():
        check_boss(boss, is_fit=is_fit, way=way, reason="Vu sur place.", by=by.actor)


def fit(campaign: Campaign) -> set[str]:
    return set(db.session.scalars(select(Boss.name).where(fit_bosses(campaign))))


def unfit(campaign: Campaign) -> set[str]:
    return set(db.session.scalars(select(Boss.name).where(unfit_bosses(campaign))))


def test_a_reviewer_says_once_and_may_say_otherwise(app: Flask) -> None:
    campaign, manager = contest()
    boss = make_boss(campaign)
    agent = make_staff(Role.AGENT, campaign.program)
    page = agent.open(f"/personnel/boss/{boss.ref}").follow("Donner mon avis")
    assert page.fill("Donner cet avis").status == 422
    page = page.fill("Donner cet avis", fitness="fit", way="visit", reason="Horaire affiché, rien après 21 h.")
    assert "Peut être retenu" in page.text
    assert "Visite sur place" in page.text
    assert fit(campaign) == {"Café du Coin"}
    page.follow("Donner mon avis").fill("Donner cet avis", fitness="unfit", way="phone", reason="Fermé depuis mai.")
    assert db.session.scalars(select(BossCheck.reason)).all() == ["Fermé depuis mai."]
    assert (fit(campaign), unfit(campaign)) == (set(), {"Café du Coin"})
    assert manager.open(f"/personnel/boss/{boss.ref}").status == 200


def test_where_they_do_not_agree_a_manager_decides(app: Flask) -> None:
    campaign, manager = contest()
    boss = make_boss(campaign)
    agent, other = make_staff(Role.AGENT, campaign.program), make_staff(Role.AGENT, campaign.program)
    check(boss, agent)
    check(boss, other, is_fit=False)
    assert verdict_of(boss) == "split"
    assert (fit(campaign), unfit(campaign)) == (set(), set())
    assert "La gestion du programme tranchera." in agent.open(f"/personnel/boss/{boss.ref}").text
    assert agent.open(f"/personnel/boss/{boss.ref}/arbitrage").status == 403
    page = manager.open(f"/personnel/boss/{boss.ref}").follow("Trancher")
    page = page.fill("Trancher", fitness="fit", reason="Rencontre avec le propriétaire.")
    assert "Tranché par" in page.text
    assert fit(campaign) == {"Café du Coin"}
    check(boss, agent, is_fit=False)
    assert verdict_of(boss) == "fit", "it stands until it is decided otherwise"
    page.follow("Trancher autrement").fill("Trancher", fitness="unfit", reason="Plainte reçue.")
    assert unfit(campaign) == {"Café du Coin"}


def test_nothing_is_decided_where_nobody_disagrees_nor_by_an_agent(app: Flask) -> None:
    campaign, manager = contest()
    boss = make_boss(campaign)
    agent = make_staff(Role.AGENT, campaign.program)
    check(boss, agent)
    with pytest.raises(Refusal, match="concordent"), unit():
        rule_boss(boss, is_fit=False, reason="x", by=manager.actor)
    with pytest.raises(Refusal, match="gestion"), unit():
        rule_boss(boss, is_fit=False, reason="x", by=agent.actor)


def test_a_boss_that_stands_for_another_is_neither_checked_nor_fit(app: Flask) -> None:
    campaign, manager = contest()
    merged, kept = make_boss(campaign, "Un"), make_boss(campaign, "Deux")
    check(merged, manager)
    with unit():
        merge_bosses(merged, kept, by=manager.actor)
    assert fit(campaign) == set()
    with pytest.raises(Refusal, match="cet autre"):
        check(merged, manager)
