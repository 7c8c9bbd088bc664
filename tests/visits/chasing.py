"""Prospects on their way to try things with, through the real acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif.imports import Prospect, confirm_intake, note_contact
from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.programs import Program
from certif.territory import Mrc, mrcs, region
from certif.visits import ApproachTerms, Reservation, ReservationTerms, note_approach, reserve
from certif.visits.contact_model import Answer, Approach, Channel
from certif.visits.pursuit_actions import SightingTerms, note_sighting
from certif.visits.pursuit_jobs import follow_prospects
from tests.factories import unit
from tests.imports.files import brought, csv_file, row, work

PERSON = {
    "contact_name": "Camille Exemple", "contact_email": "camille@exemple.com", "contact_phone": "+14505550123",
    "contact_ground": "published", "contact_source": "Site Web",
}  # fmt: skip


def near() -> Mrc:
    """Give an MRC of region 14."""
    return mrcs(region("14"))[0]


def far() -> Mrc:
    """Give another MRC of region 14."""
    return mrcs(region("14"))[1]


def make_prospect(program: Program, by: Actor, name: str = "Garage Exemple", mrc: Mrc | None = None, **said: Any) -> Prospect:
    """Give a prospect that somebody saw in the street."""
    with unit():
        return note_sighting(program, SightingTerms(name, said.pop("municipality", "Joliette"), mrc or near(), **said), by=by)


def make_list(program: Program, by: Actor, *lines: list[str]) -> list[Prospect]:
    """Give the prospects of a file, followed."""
    intake = brought(program, csv_file(*(lines or (row("Café Noir"), row("Scierie"), row("Garage", code="J6E 1A1")))), by)
    with unit():
        confirm_intake(intake, by=by)
    work()
    follow_prospects()
    return list(db.session.query(Prospect).filter(Prospect.intake_id == intake.id).order_by(Prospect.line_number))


def give_person(prospect: Prospect, by: Actor, **said: str | None) -> None:
    """Say whom to ask for, with what allows it."""
    with unit():
        note_contact(prospect, {**PERSON, **said}, by=by)


def approach(prospect: Prospect, answer: Answer, by: Actor, channel: Channel = Channel.IN_PERSON, **said: Any) -> Approach:
    """Write down an approach."""
    with unit():
        return note_approach(prospect, ApproachTerms(channel, answer, **said), by=by)


def keep(program: Program, by: Actor, count: int = 2, **said: Any) -> Reservation:
    """Keep prospects for a week."""
    with unit():
        return reserve(program, ReservationTerms(count, clock.today() + dt.timedelta(days=7), **said), by=by)
