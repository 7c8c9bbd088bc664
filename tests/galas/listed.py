"""Galas with laureates to list, and keys that read them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif.campaigns import Campaign, Category
from certif.consents import give_consent
from certif.galas import EmbargoLift, Gala, ListRequest, issue_token
from certif.galas.list_actions import ask_for_list
from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.nominations import Boss
from certif.programs import Program, Text
from certif.selections import Laureate
from tests.campaigns.making import make_campaign
from tests.factories import make_person, unit
from tests.galas.making import BOSS, make_gala
from tests.nominations.making import make_boss, make_nomination

CATEGORIES = (
    Category("ecoute", Text("Écoute", "Listening"), keeps=600, sponsor="Caisse d’économie"),
    Category("horaire", Text("Horaire", "Schedule"), keeps=600),
)


def make_listed(program: Program, *campaigns: Campaign, lifted: bool = True) -> Gala:
    """Give a gala that honours the laureates of these contests; its embargo is lifted unless said otherwise."""
    gala = make_gala(program, *campaigns)
    if lifted:
        with unit():
            gala.lift = EmbargoLift(lifted_at=clock.now(), lifted_by="system")
    return gala


def honour(boss: Boss, *agreed: str, category: str = "ecoute", **said: Any) -> Laureate:
    """Give a laureate of the contest of a boss. Takes: `agreed`, who lets it be told: `student`, `employer`."""
    nomination = make_nomination(boss, first_name=said.get("student_name", "Alexis"))
    with unit():
        plain: dict[str, Any] = {
            "category": category, "cell": "", "year": boss.campaign.year, "position": 1, "employer_name": boss.name,
            "municipality": boss.municipality, "boss_name": "Julie Côté", "boss_said": "ju-li co-té", "student_name": "Alexis Roy",
            "student_said": "a-lek-si roua", "citation": "Elle me laisse étudier.",
        }  # fmt: skip
        laureate = Laureate(
            campaign=boss.campaign, boss=boss, nomination=nomination, mrc=boss.mrc, named_at=clock.now(), named_by="system", **plain | said
        )
        db.session.add(laureate)
        db.session.flush()
        for who in agreed:
            give_consent(laureate, f"laureate_{who}", version=1, language="fr", by=SYSTEM)
    return laureate


def make_honours(program: Program, many: int = 3, *, lifted: bool = True) -> Gala:
    """Give a gala with so many laureates, all of whom let it be told."""
    campaign = make_campaign(program, categories=CATEGORIES)
    for number in range(many):
        honour(make_boss(campaign, f"Café {number}"), "student", "employer", category=CATEGORIES[number % 2].id)
    return make_listed(program, campaign, lifted=lifted)


def key_of(gala: Gala, **decided: Any) -> str:
    """Give a key that reads the laureates of a gala."""
    plain: dict[str, Any] = {"label": "Site du gala", "expires_on": clock.today() + dt.timedelta(days=30), "sees_embargoed": False}
    with unit():
        return issue_token(gala, by=BOSS, **plain | decided)


def in_days(many: int) -> str:
    """Give a day to come, as a field wants it."""
    return (clock.today() + dt.timedelta(days=many)).isoformat()


def make_asked(program: Program, organisation: str = "Chambre de commerce du Lac") -> ListRequest:
    """Give a list that somebody asked a program for."""
    with unit():
        return ask_for_list(
            program, year=clock.today().year, mrc=None, organisation=organisation, purpose="Notre gala.", held_on=clock.today(),
            by=make_person().actor,
        )  # fmt: skip
