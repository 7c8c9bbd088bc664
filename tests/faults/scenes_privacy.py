"""What is known of a person, before the button is pressed."""

from __future__ import annotations

from certif.kit.access import Role
from tests import factories
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery


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


PERSONS = {f"privacy.{scene.__name__}": scene for scene in (show_mine, answer, erase)}
ONCE_ERASED = ("privacy.show_mine", "privacy.answer", "privacy.erase")
