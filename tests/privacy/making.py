"""Incidents, made through the real acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif.kit import clock
from certif.kit.access import Role
from certif.privacy.incident_actions import Account, note_incident
from certif.privacy.incident_actions import name_officer as name
from certif.privacy.incident_model import PrivacyIncident
from certif.programs import Program
from tests.factories import Person, make_staff, unit


def account(**changes: Any) -> Account:
    """Give what is known of an incident, of which nothing is weighed yet."""
    told: dict[str, Any] = {
        "what": "Des adresses courriel.", "circumstances": "Un courriel est parti à la mauvaise adresse.", "from_on": None,
        "until_on": None, "when_words": "Vers midi.", "people": None, "people_words": "Une dizaine.", "is_serious": None, "reasons": "",
    }  # fmt: skip
    return Account(**{**told, **changes})


def make_incident(program: Program | None = None, *, known_on: dt.date | None = None, **told: Any) -> PrivacyIncident:
    """Write one in the register, known today."""
    with unit():
        return note_incident(program, known_on or clock.today(), account(**told), by=make_staff(Role.ADMIN).actor)


def name_officer(program: Program, person: Person) -> None:
    """Name who keeps the register of a program."""
    with unit():
        name(program, person.user, by=make_staff(Role.ADMIN).actor)
