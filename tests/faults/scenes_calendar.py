"""The forms of the calendar, and those of whoever is invited, chooses an hour or asks for a workshop: each filled, ready to be pressed."""

from __future__ import annotations

import re

from sqlalchemy import select

from certif.kit.access import Role
from certif.kit.db import db
from certif.kit.outbox import Letter
from certif.programs import Program
from certif.territory import mrcs
from certif.visits import Visit
from tests import factories
from tests.factories import Person
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.pages import Visitor
from tests.visits.making import at, make_invitation, make_offer, make_request, make_visit, soon

FIELD = "/personnel/terrain"


def prepared() -> tuple[Program, Person]:
    """Give a program, and somebody of its team."""
    program = factories.make_program(code="14")
    return program, factories.make_staff(Role.AGENT, program)


def met() -> tuple[Visit, Person, str]:
    """Give a meeting, who goes there, and the address of its page."""
    program, agent = prepared()
    visit = make_visit(program, agent.user)
    return visit, agent, f"{FIELD}/rendez-vous/{visit.ref}"


def link(address: str, email: str) -> str:
    """Give what a letter leads to."""
    letter = db.session.scalars(select(Letter).where(Letter.to_address == email)).one()
    found = re.search(rf"{address}/\S+", letter.body)
    assert found
    return found.group()


def plan_visit(_scenery: Scenery) -> Press:
    program, agent = prepared()
    said = {"title": "Scierie", "day": soon().isoformat(), "starts": "10:00", "ends": "11:00", "despite": True}
    return filled(agent, f"{FIELD}/rendez-vous/nouveau/{program.slug}", **said)


def edit_visit(_scenery: Scenery) -> Press:
    _visit, agent, path = met()
    return filled(agent, f"{path}/modification", title="Autre titre")


def move_visit(_scenery: Scenery) -> Press:
    _visit, agent, path = met()
    return filled(agent, f"{path}/deplacement", starts="14:00", ends="15:00")


def cancel_visit(_scenery: Scenery) -> Press:
    _visit, agent, path = met()
    return filled(agent, f"{path}/annulation", reason="Tempête.")


def invite_person(scenery: Scenery) -> Press:
    _visit, agent, path = met()
    return filled(agent, f"{path}/invitation", name="Chantal", email=f"invitee{scenery.next()}@exemple.com")


def withdraw_invitation(scenery: Scenery) -> Press:
    visit, agent, path = met()
    make_invitation(visit, f"invitee{scenery.next()}@exemple.com")
    return filled(agent, path, "Retirer l’invitation")


def answer_invitation(scenery: Scenery) -> Press:
    visit, _agent, _path = met()
    email = f"invitee{scenery.next()}@exemple.com"
    make_invitation(visit, email)
    return filled(Visitor(scenery.app), link("/rendez-vous", email), answer="declined")


def open_slots(scenery: Scenery) -> Press:
    program, agent = prepared()
    said = {"contact_name": "Chantal", "contact_email": f"choix{scenery.next()}@exemple.com", "place": "Au garage"}
    return filled(agent, f"{FIELD}/plages/nouvelles/{program.slug}", **said)


def close_slots(scenery: Scenery) -> Press:
    program, agent = prepared()
    make_offer(program, agent.user, contact_email=f"choix{scenery.next()}@exemple.com")
    return filled(agent, f"{FIELD}/plages", "Fermer ces plages")


def choose_slot(scenery: Scenery) -> Press:
    program, agent = prepared()
    email = f"choix{scenery.next()}@exemple.com"
    make_offer(program, agent.user, contact_email=email)
    path = link("/plages", email)
    visitor = Visitor(scenery.app)
    hour = visitor.open(path).soup.find("input", attrs={"name": "hour"})["value"]
    return filled(visitor, path, hour=hour)


def stop_offers(scenery: Scenery) -> Press:
    program, agent = prepared()
    email = f"choix{scenery.next()}@exemple.com"
    make_offer(program, agent.user, contact_email=email)
    return filled(Visitor(scenery.app), link("/plages", email) + "/arret")


def show_feed(_scenery: Scenery) -> Press:
    _program, agent = prepared()
    return filled(agent, f"{FIELD}/abonnement")


def revoke_feed(_scenery: Scenery) -> Press:
    _program, agent = prepared()
    agent.open(f"{FIELD}/abonnement").fill("Créer l’adresse")
    return filled(agent, f"{FIELD}/abonnement", "Fermer l’adresse")


def make_tour(_scenery: Scenery) -> Press:
    program, agent = prepared()
    return filled(agent, f"{FIELD}/tournees/nouvelle/{program.slug}", title="Hiver 2027")


def ask_for_workshop(scenery: Scenery) -> Press:
    program = factories.make_program(code="11")  # a region of its own, where nobody else joins the team that is told
    factories.make_staff(Role.AGENT, program)
    said = {"audience": "students", "people": 28, "body": "École", "mrc": mrcs(program.region)[0].slug, "contact_name": "Louise"}
    return filled(Visitor(scenery.app), "/ateliers", **said, contact_email=f"ecole{scenery.next()}@exemple.com")


def decline_workshop(scenery: Scenery) -> Press:
    program, _agent = prepared()
    request = make_request(program, contact_email=f"ecole{scenery.next()}@exemple.com")
    agent = factories.make_staff(Role.AGENT, request.program)
    return filled(agent, f"{FIELD}/ateliers/{request.ref}/refus", reason="Complet.")


def order_day(_scenery: Scenery) -> Press:
    visit, agent, _path = met()
    make_visit(visit.program, agent.user, starts_at=at(soon(), "14:00"))
    return filled(agent, f"{FIELD}/journee?le={soon().isoformat()}", "Prendre la route la plus courte")


def step_in_day(_scenery: Scenery) -> Press:
    visit, agent, _path = met()
    make_visit(visit.program, agent.user, starts_at=at(soon(), "14:00"))
    return filled(agent, f"{FIELD}/journee?le={soon().isoformat()}", "Descendre")


CALENDAR = {
    f"visits.{scene.__name__}": scene
    for scene in (
        plan_visit, edit_visit, move_visit, cancel_visit, invite_person, withdraw_invitation, answer_invitation, open_slots, close_slots,
        choose_slot, stop_offers, show_feed, revoke_feed, make_tour, ask_for_workshop, decline_workshop, order_day, step_in_day,
    )
}  # fmt: skip
ONCE_PLANNED = tuple(
    f"visits.{name}"
    for name in (
        "move_visit", "cancel_visit", "invite_person", "withdraw_invitation", "answer_invitation", "close_slots", "choose_slot",
        "stop_offers", "revoke_feed", "make_tour", "ask_for_workshop", "decline_workshop",
    )
)  # fmt: skip
"""What happens once by its nature."""
