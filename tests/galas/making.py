"""An evening to try things in, through the real acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif.campaigns import Campaign
from certif.galas import Gala, GalaTerms, GuestTerms, MomentKind, MomentTerms, choose_contests, invite_organiser, plan_gala
from certif.galas.evening import run_sheet_of
from certif.galas.evening_model import EveningMoment
from certif.galas.guest_actions import add_guest
from certif.galas.guest_model import GalaTable, Guest
from certif.galas.moment_actions import add_moment
from certif.galas.table_actions import add_table
from certif.kit import clock
from certif.kit.access import Actor, Granted, Role
from certif.programs import Program
from tests.campaigns.making import make_campaign
from tests.factories import Person, make_person, make_user, unit

BOSS = Actor("decider", "La direction", "direction@exemple.com", 1, frozenset({Role.MANAGER}), (Granted(Role.ADMIN),))
"""Who decides everywhere, for the acts of tests."""


def terms(**said: Any) -> GalaTerms:
    """Give what an evening is, in two months; `said` replaces what is named."""
    plain: dict[str, Any] = {
        "name_fr": "Gala des réussites", "name_en": "Success Gala", "organiser": "Chambre de commerce de Joliette",
        "held_on": clock.today() + dt.timedelta(days=60), "starts_at": "18:30", "place": "Salle Rolland-Brunelle",
        "address": "20, rue Saint-Charles-Borromée Sud, Joliette",
    }  # fmt: skip
    return GalaTerms(**plain | said)


def make_gala(program: Program, *campaigns: Campaign, **said: Any) -> Gala:
    """Give a gala of a program that honours these contests; a new one where none is given."""
    chosen = list(campaigns) or [make_campaign(program)]
    with unit():
        gala = plan_gala(program, terms(**said), by=BOSS)
    with unit():
        choose_contests(gala, chosen, by=BOSS)
    return gala


def make_organiser(gala: Gala, email: str | None = None) -> Person:
    """Give someone who organises a gala, signed in."""
    user = make_user(email)
    with unit():
        invite_organiser(gala, name=user.shown_name, email=user.email, language="fr", by=BOSS)
    return make_person(user)


def make_moment(gala: Gala, title: str = "Mot de bienvenue", seconds: int = 300, **said: Any) -> EveningMoment:
    """Give a moment, at the end of the evening."""
    with unit():
        lines = run_sheet_of(gala)
        kind = said.pop("kind", MomentKind.SPEECH)
        return add_moment(gala, MomentTerms(kind, title, seconds, **said), after=lines[-1].moment if lines else None, by=BOSS)


def make_guest(gala: Gala, name: str = "Mireille Côté", seats: int = 2, **said: Any) -> Guest:
    """Give someone to invite."""
    with unit():
        return add_guest(gala, GuestTerms(name, said.pop("body", "Caisse Desjardins"), seats, **said), by=BOSS)


def make_table(gala: Gala, name: str = "1", seats: int = 8) -> GalaTable:
    """Give a table."""
    with unit():
        return add_table(gala, name, seats, by=BOSS)
