"""The forms of those who follow prospects on the road: each filled and ready to be pressed."""

from __future__ import annotations

import datetime as dt

from certif.imports import Prospect
from certif.kit import clock
from certif.kit.access import Role
from certif.programs import Program
from certif.visits.pursuit_actions import give_territory as give
from certif.visits.pursuit_actions import put_off as put_off_
from tests import factories
from tests.factories import Person, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.visits.chasing import keep, make_prospect, near

ROAD = "/personnel/terrain"


def on_the_road(scenery: Scenery) -> tuple[Program, Person, Prospect, str]:
    """Give a program, who decides there, a prospect, and the address of its page."""
    program = factories.make_program(code="14")
    manager = factories.make_staff(Role.MANAGER, program)
    prospect = make_prospect(program, manager.actor, f"Prospect {scenery.next()}")
    return program, manager, prospect, f"{ROAD}/prospects/{prospect.ref}"


def note_sighting(scenery: Scenery) -> Press:
    program, manager, _prospect, _path = on_the_road(scenery)
    said = {"name": f"Vu {scenery.next()}", "municipality": "Joliette", "mrc": near().slug}
    return filled(manager, f"{ROAD}/prospects/nouveau?programme={program.slug}", "Noter", **said)


def assign_prospects(scenery: Scenery) -> Press:
    program, manager, prospect, _path = on_the_road(scenery)
    agent = factories.make_staff(Role.AGENT, program)
    return filled(manager, f"{ROAD}/prospects?programme={program.slug}", "Confier", refs=[prospect.ref], confier=agent.user.ref)


def note_approach(scenery: Scenery) -> Press:
    _program, manager, _prospect, path = on_the_road(scenery)
    return filled(manager, f"{path}/contact", "Noter", channel="in_person", answer="thinking")


def give_contact(scenery: Scenery) -> Press:
    _program, manager, _prospect, path = on_the_road(scenery)
    said = {"contact_email": "c@exemple.com", "contact_ground": "given", "contact_source": "Carte"}
    return filled(manager, f"{path}/personne", "Enregistrer", **said)


def put_off(scenery: Scenery) -> Press:
    _program, manager, _prospect, path = on_the_road(scenery)
    until = clock.today() + dt.timedelta(days=40)
    return filled(manager, f"{path}/plus-tard", "Remettre", until_on=until.isoformat(), reason="Rénovations")


def rule_out(scenery: Scenery) -> Press:
    _program, manager, _prospect, path = on_the_road(scenery)
    return filled(manager, f"{path}/jamais", "Écarter", reason="Fermé")


def take_up(scenery: Scenery) -> Press:
    _program, manager, prospect, path = on_the_road(scenery)
    with unit():
        put_off_(prospect, clock.today() + dt.timedelta(days=40), "", by=manager.actor)
    return filled(manager, path, "Reprendre le suivi")


def stop_approaches(scenery: Scenery) -> Press:
    _program, manager, _prospect, path = on_the_road(scenery)
    return filled(manager, f"{path}/arret", "Tout arrêter", reason="Non merci")


def reserve(scenery: Scenery) -> Press:
    program, manager, _prospect, _path = on_the_road(scenery)
    return filled(manager, f"{ROAD}/reservations/nouvelle?programme={program.slug}", "Réserver", count="1")


def release_reservation(scenery: Scenery) -> Press:
    program, manager, _prospect, _path = on_the_road(scenery)
    batch = keep(program, manager.actor)
    return filled(manager, f"{ROAD}/reservations/{batch.ref}", "Remettre tout")


def release_prospect(scenery: Scenery) -> Press:
    program, manager, _prospect, _path = on_the_road(scenery)
    batch = keep(program, manager.actor)
    return filled(manager, f"{ROAD}/reservations/{batch.ref}", "Remettre")


def give_territory(scenery: Scenery) -> Press:
    program, manager, _prospect, _path = on_the_road(scenery)
    agent = factories.make_staff(Role.AGENT, program)
    return filled(manager, f"{ROAD}/territoires/{program.slug}", "Confier", agent=agent.user.ref, mrc=near().slug)


def end_territory(scenery: Scenery) -> Press:
    program, manager, _prospect, _path = on_the_road(scenery)
    with unit():
        give(program, manager.user, mrc=near(), by=manager.actor)
    return filled(manager, f"{ROAD}/territoires/{program.slug}", "Mettre fin")


def set_cadence(scenery: Scenery) -> Press:
    program, manager, _prospect, _path = on_the_road(scenery)
    return filled(manager, f"{ROAD}/cadence/{program.slug}", "Enregistrer", attempts="3")


PURSUITS = {
    f"visits.{scene.__name__}": scene
    for scene in (
        note_sighting, assign_prospects, note_approach, give_contact, put_off, rule_out, take_up, stop_approaches, reserve,
        release_reservation, release_prospect, give_territory, end_territory, set_cadence,
    )
}  # fmt: skip
ONCE_CHASED = tuple(
    f"visits.{name}"
    for name in (
        "note_sighting", "assign_prospects", "put_off", "rule_out", "take_up", "stop_approaches", "reserve", "release_reservation",
        "release_prospect", "give_territory", "end_territory", "set_cadence",
    )
)  # fmt: skip
"""What happens once by its nature."""
