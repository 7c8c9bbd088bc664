"""What is known of a person, before the button is pressed."""

from __future__ import annotations

from certif.kit import clock
from certif.kit.access import Role
from certif.privacy import incident_actions
from certif.privacy.incident_model import StepKind
from tests import factories
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.privacy.making import make_incident


def show_mine(_scenery: Scenery) -> Press:
    return filled(factories.make_person(), "/compte/renseignements", "Envoyer la demande", words="Effacez mon numéro.")


def answer(scenery: Scenery) -> Press:
    press = show_mine(scenery)
    press.send(scenery.app)
    admin = factories.make_staff(Role.ADMIN)
    page = admin.open("/personnel/renseignements").follow(press.visitor.user.name)  # type: ignore[attr-defined]
    return filled(admin, page.path, "Répondre", answer="C’est fait.")


def erase(_scenery: Scenery) -> Press:
    user = factories.make_user()
    return filled(factories.make_staff(Role.ADMIN), f"/personnel/renseignements?courriel={user.email}", "Effacer")


def note_incident(_scenery: Scenery) -> Press:
    return filled(
        factories.make_staff(Role.ADMIN), "/personnel/incidents/nouveau", "Inscrire l’incident", program="*", what="Des adresses.",
        known_on=clock.today().isoformat(), circumstances="Un envoi.", when_words="Vers midi.", people_words="Dix.", risk="later",
    )  # fmt: skip


def tell_anew(_scenery: Scenery) -> Press:
    incident, admin = make_incident(), factories.make_staff(Role.ADMIN)
    return filled(admin, f"/personnel/incidents/{incident.ref}/modification", "Enregistrer", circumstances="On en sait plus.")


def note_step(_scenery: Scenery) -> Press:
    incident, admin = make_incident(), factories.make_staff(Role.ADMIN)
    words = {"kind": "measure", "done_on": clock.today().isoformat(), "words": "Repris."}
    return filled(admin, f"/personnel/incidents/{incident.ref}/gestes/nouveau", "Noter", **words)


def close_incident(_scenery: Scenery) -> Press:
    incident, admin = make_incident(is_serious=False, reasons="Rien de sensible."), factories.make_staff(Role.ADMIN)
    with factories.unit():
        incident_actions.note_step(incident, StepKind.MEASURE, clock.today(), "Repris.", by=admin.actor)
    return filled(admin, f"/personnel/incidents/{incident.ref}", "Clore l’incident")


def name_officer(_scenery: Scenery) -> Press:
    program = factories.make_program()
    named = factories.make_staff(Role.MANAGER, program).user
    path = f"/personnel/incidents/responsables/{program.slug}"
    return filled(factories.make_staff(Role.ADMIN), path, "Nommer cette personne", user=named.ref)


INCIDENTS = (note_incident, tell_anew, note_step, close_incident, name_officer)
PERSONS = {f"privacy.{scene.__name__}": scene for scene in (show_mine, answer, erase, *INCIDENTS)}
ONCE_ERASED = (
    "privacy.show_mine",
    "privacy.answer",
    "privacy.erase",
    "privacy.tell_anew",
    "privacy.close_incident",
    "privacy.name_officer",
)
