"""The forms of whoever reads the words of students, each filled and ready to be pressed."""

from __future__ import annotations

from certif.kit.access import Role
from certif.surveys import VoxPop
from tests import factories
from tests.factories import Person
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.surveys.speaking import heard, make_hearing, publish


def held() -> tuple[VoxPop, Person]:
    """Give words that wait to be read, and an agent who may read them."""
    program = factories.make_program()
    return heard(make_hearing(program)[1])[0], factories.make_staff(Role.AGENT, program)


def publish_words(_scenery: Scenery) -> Press:
    vox, agent = held()
    return filled(agent, f"/personnel/mots/{vox.ref}", "Publier ces mots")


def strike_words(_scenery: Scenery) -> Press:
    vox, agent = held()
    return filled(agent, f"/personnel/mots/{vox.ref}/caviardage", places=["0"], kind="other")


def set_aside_words(_scenery: Scenery) -> Press:
    vox, agent = held()
    return filled(agent, f"/personnel/mots/{vox.ref}/mise-de-cote", reason="Hors sujet.")


def withdraw_words(_scenery: Scenery) -> Press:
    vox, agent = held()
    publish(vox)
    return filled(agent, f"/personnel/mots/{vox.ref}/retrait", reason="Un nom nous a échappé.")


WORDS = {f"surveys.{scene.__name__}": scene for scene in (publish_words, strike_words, set_aside_words, withdraw_words)}
ONCE_SAID = tuple(WORDS)
"""What happens once by its nature."""
