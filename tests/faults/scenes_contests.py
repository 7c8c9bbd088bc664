"""The forms of whoever decides of contests: begun, changed, published, ended; each filled and ready to be pressed."""

from __future__ import annotations

import datetime as dt

from certif.campaigns import Campaign, write_campaign
from certif.kit import clock
from certif.kit.access import Role
from certif.programs import Program
from tests import factories
from tests.campaigns.making import definition_from, make_campaign
from tests.factories import Person
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery

LIST = "/personnel/concours"


def at_work() -> tuple[Program, Person]:
    """Give a program, and who manages it."""
    program = factories.make_program(code="14")
    return program, factories.make_staff(Role.MANAGER, program)


def deciding(*, published: bool = False) -> tuple[Campaign, Person]:
    """Give a contest, and who decides of it."""
    program, manager = at_work()
    return make_campaign(program, published=published), manager


def drafting(place: str, button: str | None = None, **typed: object) -> Press:
    """Give a form of a draft, filled."""
    campaign, manager = deciding()
    return filled(manager, f"{LIST}/{campaign.ref}/brouillon/{place}", button, **typed)


def draft_campaign(_scenery: Scenery) -> Press:
    _program, manager = at_work()
    return filled(manager, f"{LIST}/nouveau", model="choix-des-partenaires")


def import_campaign(_scenery: Scenery) -> Press:
    _program, manager = at_work()
    return filled(manager, f"{LIST}/importation", content=write_campaign(definition_from(clock.today())))


def copy_campaign(_scenery: Scenery) -> Press:
    campaign, manager = deciding()
    return filled(manager, f"{LIST}/{campaign.ref}/copie", opens_on=clock.today() + dt.timedelta(days=300))


def edit_file(_scenery: Scenery) -> Press:
    content = write_campaign(definition_from(clock.today())).replace("least_age: 14", "least_age: 15")
    return drafting("fichier", content=content)


def edit_part(_scenery: Scenery) -> Press:
    return drafting("admissibilite", least_age=15)


def add_item(_scenery: Scenery) -> Press:
    return drafting("listes/questions/nouveau", name_fr="Pourquoi lui ?")


def edit_item(_scenery: Scenery) -> Press:
    return drafting("listes/prix/1", "Enregistrer", value=50)


def remove_item(_scenery: Scenery) -> Press:
    return drafting("listes/questions/1", "Retirer du brouillon")


def publish_campaign(_scenery: Scenery) -> Press:
    campaign, manager = deciding()
    return filled(manager, f"{LIST}/{campaign.ref}", "Publier")


def discard_campaign(_scenery: Scenery) -> Press:
    campaign, manager = deciding()
    return filled(manager, f"{LIST}/{campaign.ref}", "Jeter ce brouillon")


def end_campaign(_scenery: Scenery) -> Press:
    campaign, manager = deciding(published=True)
    return filled(manager, f"{LIST}/{campaign.ref}/fin", reason="Assez de nominations.")


CONTESTS = {
    f"campaigns.{scene.__name__}": scene
    for scene in (
        draft_campaign, import_campaign, copy_campaign, edit_file, edit_part, add_item, edit_item, remove_item, publish_campaign,
        discard_campaign, end_campaign,
    )
}  # fmt: skip
ONCE_DECIDED = tuple(
    f"campaigns.{name}" for name in ("add_item", "edit_item", "remove_item", "publish_campaign", "discard_campaign", "end_campaign")
)
"""What happens once by its nature."""
