"""The forms of staff about nominations: passes to hand out, paper to type; each filled and ready to be pressed."""

from __future__ import annotations

from certif.campaigns import Campaign
from certif.kit.access import Role
from tests import factories
from tests.campaigns.making import make_campaign
from tests.factories import Person
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.nominations.nominating import typed


def a_contest() -> tuple[Campaign, Person]:
    """Give a contest that is open, and an agent of its program."""
    program = factories.make_program(code="14")
    return make_campaign(program), factories.make_staff(Role.AGENT, program)


def give_passes(_scenery: Scenery) -> Press:
    campaign, agent = a_contest()
    return filled(agent, f"/personnel/concours/{campaign.ref}/coupons", school="École A", count=3, look="csv")


def type_paper(_scenery: Scenery) -> Press:
    campaign, agent = a_contest()
    return filled(agent, f"/personnel/concours/{campaign.ref}/papier", "Garder la nomination", **typed(email=None))


NOMINATIONS = {f"nominations.{scene.__name__}": scene for scene in (give_passes, type_paper)}
ONCE_NAMED = ("nominations.type_paper",)
"""What happens once by its nature."""
