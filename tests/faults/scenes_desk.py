"""The forms of whoever reads nominations and decides of bosses, each filled and ready to be pressed."""

from __future__ import annotations

import datetime as dt

from certif.campaigns import Campaign
from certif.employers import establishments_of
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.nominations import CheckWay, check_boss, find_twins, merge_bosses
from certif.nominations.desk_model import BossThanks
from tests import factories
from tests.factories import Person, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.nominations.desk import contest, held, make_boss, make_nomination


def at_desk() -> tuple[Campaign, Person]:
    """Give a contest, and who manages its program."""
    return contest()


def approve_nomination(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    return filled(manager, f"/personnel/nominations/{held(make_boss(campaign)).ref}", "Approuver")


def approve_nominations(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    held(make_boss(campaign))
    path = f"/personnel/concours/{campaign.ref}/nominations"
    value = manager.open(path).soup.select_one("input[name=chosen]")["value"]
    return filled(manager, path, "Approuver celles qui sont cochées", chosen=[value])


def set_aside_nomination(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    return filled(manager, f"/personnel/nominations/{held(make_boss(campaign)).ref}/mise-de-cote", reason="Une blague.")


def strike_nomination(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    return filled(manager, f"/personnel/nominations/{held(make_boss(campaign)).ref}/caviardage", places=["0-0"], kind="other")


def merge_two(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    one, other = make_boss(campaign, "Un"), make_boss(campaign, "Deux")
    make_nomination(one)
    return filled(manager, f"/personnel/boss/{one.ref}/fusion/{other.ref}")


def keep_apart(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    make_boss(campaign, "Épicerie Desrochers")
    make_boss(campaign, "Epicerie Derochers")
    with unit():
        pass
    find_twins()
    return filled(manager, f"/personnel/concours/{campaign.ref}/boss/doublons", "Ce sont deux boss")


def undo_merge(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    one, other = make_boss(campaign, "Un"), make_boss(campaign, "Deux")
    make_nomination(one)
    with unit():
        merge_bosses(one, other, by=manager.actor)
    return filled(manager, f"/personnel/boss/{one.ref}/separation", reason="Deux lieux.")


def link_boss(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    employer = factories.make_employer(legal_name="Zébulon inc.")
    boss = make_boss(campaign, "Zébulon")
    place = establishments_of(employer)[0]
    return filled(manager, f"/personnel/boss/{boss.ref}/registre", "C’est cet établissement", place=place.ref)


def check(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    path = f"/personnel/boss/{make_boss(campaign).ref}/verification"
    return filled(manager, path, fitness="fit", way="visit", reason="Vu.")


def rule(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    boss, agent = make_boss(campaign), factories.make_staff(Role.AGENT, campaign.program)
    with unit():
        check_boss(boss, is_fit=True, way=CheckWay.DESK, reason="Oui.", by=agent.actor)
        check_boss(boss, is_fit=False, way=CheckWay.DESK, reason="Non.", by=manager.actor)
    return filled(manager, f"/personnel/boss/{boss.ref}/arbitrage", fitness="fit", reason="Rencontre.")


def hand_over_cards(_scenery: Scenery) -> Press:
    campaign, manager = at_desk()
    boss = make_boss(campaign)
    make_nomination(boss)
    with unit():
        at = clock.now() - dt.timedelta(hours=1)
        db.session.add(
            BossThanks(campaign_id=campaign.id, boss_id=boss.id, kind="named", carrier="card", thanked_at=at, thanked_by="system")
        )
    return filled(manager, f"/personnel/concours/{campaign.ref}/remerciements", "Noter ces cartes comme remises")


_STEPS = {
    "approve_nomination": approve_nomination, "approve_nominations": approve_nominations, "set_aside_nomination": set_aside_nomination,
    "strike_nomination": strike_nomination, "merge_bosses": merge_two, "keep_apart": keep_apart, "undo_merge": undo_merge,
    "link_boss": link_boss, "hand_over_cards": hand_over_cards,
}  # fmt: skip
DESK = {f"nominations.{name}": scene for name, scene in {**_STEPS, "check_boss": check, "rule_boss": rule}.items()}
ONCE_READ = tuple(f"nominations.{name}" for name in _STEPS)
"""What happens once by its nature."""
