"""The forms of a day in the field: each filled and ready to be pressed."""

from __future__ import annotations

import dataclasses

from sqlalchemy import select

from certif.kit.access import Role
from certif.kit.db import db
from certif.programs import Program
from certif.territory import mrcs
from certif.visibility import print_lot
from certif.visits import CounterSitting
from tests import factories
from tests.factories import Person, code_in_letter, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.visits.making_reports import make_conflict, make_report, make_visit

REPORT, COUNTER = "/personnel/terrain/compte-rendu", "/personnel/terrain/comptoir"


def on_the_road() -> tuple[Program, Person]:
    """Give a program that shows who is in progress, and an agent of it."""
    program = factories.make_program(code="14", shows_in_progress=True)
    return program, factories.make_staff(Role.AGENT, program)


def write_report(_scenery: Scenery) -> Press:
    program, agent = on_the_road()
    return filled(agent, REPORT, "Enregistrer", outcome="interested", title="Chez Roy", mrc=mrcs(program.region)[0].slug)


def send_report(scenery: Scenery) -> Press:
    press = write_report(scenery)
    return dataclasses.replace(press, path=f"{REPORT}/envoi")


def settle_conflict(_scenery: Scenery) -> Press:
    program, agent = on_the_road()
    visit = make_visit(program)
    make_report(visit, agent.actor)
    return filled(agent, f"/personnel/terrain/conflits/{make_conflict(visit, agent.actor).ref}", keep="both")


def finish_follow_up(_scenery: Scenery) -> Press:
    program, agent = on_the_road()
    make_report(make_visit(program), agent.actor)
    return filled(agent, "/personnel/terrain/a-faire", "C’est fait")


def open_sitting(scenery: Scenery) -> Press:
    program, agent = on_the_road()
    number = scenery.next()
    said = {
        "legal_name": f"Resto {number}", "address": "12, rue Notre-Dame", "municipality": "Joliette", "postal_code": "J6E 3Z9",
        "mrc": mrcs(program.region)[0].slug, "sector": "72", "size": "5-19", "contact_name": "Mado", "contact_role": "Propriétaire",
        "contact_email": f"mado{number}@exemple.com", "present": True,
    }  # fmt: skip
    return filled(agent, f"{COUNTER}/nouveau/{program.slug}", "Envoyer le code", **said)


def opened(scenery: Scenery) -> tuple[Person, CounterSitting, str]:
    """Give an agent at a counter, and the address of who signs."""
    press = open_sitting(scenery)
    press.send(scenery.app)
    db.session.rollback()
    sitting = db.session.scalars(select(CounterSitting).order_by(CounterSitting.id.desc()).limit(1)).one()
    assert isinstance(press.visitor, Person)
    return press.visitor, sitting, press.typed["contact_email"]


def proven(scenery: Scenery) -> tuple[Person, str, str]:
    """Give an agent at a counter whose address is proven, the address of its pages, and that of who signs."""
    agent, sitting, email = opened(scenery)
    path = f"{COUNTER}/{sitting.ref}"
    assert agent.open(f"{path}/adresse").fill("Confirmer", code=code_in_letter(email)).status == 200
    return agent, path, email


def prove_contact(scenery: Scenery) -> Press:
    agent, sitting, email = opened(scenery)
    return filled(agent, f"{COUNTER}/{sitting.ref}/adresse", "Confirmer", code=code_in_letter(email))


def resend_contact_code(scenery: Scenery) -> Press:
    agent, sitting, _email = opened(scenery)
    return filled(agent, f"{COUNTER}/{sitting.ref}/adresse", "Envoyer un nouveau code")


def read_there(scenery: Scenery) -> Press:
    agent, path, _email = proven(scenery)
    return filled(agent, f"{path}/contrat", "Ouvrir le contrat")


def choose_there(scenery: Scenery) -> Press:
    agent, path, _email = proven(scenery)
    agent.open(f"{path}/contrat").fill("Ouvrir le contrat")
    return filled(agent, f"{path}/contrat", "expressly choose English")


def send_code_there(scenery: Scenery) -> Press:
    agent, path, _email = proven(scenery)
    agent.open(f"{path}/contrat").fill("Ouvrir le contrat")
    return filled(agent, f"{path}/signature", "Recevoir mon code")


def sign_there(scenery: Scenery) -> Press:
    agent, path, email = proven(scenery)
    agent.open(f"{path}/contrat").fill("Ouvrir le contrat")
    agent.open(f"{path}/signature").fill("Recevoir mon code")
    return filled(agent, f"{path}/signature", "Signer le contrat moral", agrees=True, code=code_in_letter(email))


def hang_sticker(scenery: Scenery) -> Press:
    agent, path, _email = proven(scenery)
    sitting = db.session.scalars(select(CounterSitting).where(CounterSitting.ref == path.rsplit("/", 1)[-1])).one()
    with unit():
        lot = print_lot(sitting.program, look="in_progress", quantity=2, by=agent.actor)
        label = f"{lot.number}-1"
    return filled(agent, f"{path}/vignette", "Noter la pose", number=label, hangs_at="Vitrine")


FIELD_DAY = {
    f"visits.{scene.__name__}": scene
    for scene in (
        write_report, send_report, settle_conflict, finish_follow_up, open_sitting, prove_contact, resend_contact_code, read_there,
        choose_there, send_code_there, sign_there, hang_sticker,
    )
}  # fmt: skip
ONCE_TOLD = tuple(
    f"visits.{name}"
    for name in (
        "write_report", "send_report", "settle_conflict", "finish_follow_up", "prove_contact", "read_there", "sign_there", "hang_sticker",
    )
)  # fmt: skip
"""What happens once by its nature."""
