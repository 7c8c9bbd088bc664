"""The forms of the visibility kit and of printed stickers, each filled and ready to be pressed."""

from __future__ import annotations

import io

from PIL import Image

from certif.certification import Certification, Stage, verifications_of
from certif.kit.access import Role
from certif.visibility import Sticker
from certif.visibility.actions import order_kits as order
from certif.visibility.sticker_actions import print_lot as print_stickers
from certif.visibility.stock import stickers_of
from tests import factories
from tests.factories import Person
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery


def at_work() -> tuple[Certification, Person]:
    """Give a certified employer, and an agent of its program."""
    found = factories.make_certification(Stage.CERTIFIED, factories.make_program())
    return found, factories.make_staff(Role.AGENT, found.program)


def in_hand() -> tuple[Certification, Person, Sticker]:
    """Give the same, and a sticker fresh from the printer."""
    found, agent = at_work()
    with factories.unit():
        lot = print_stickers(found.program, look="certified", quantity=4, by=agent.actor)
    return found, agent, stickers_of(lot)[0]


def give_logo(scenery: Scenery) -> Press:
    found = factories.make_certification(Stage.CERTIFIED, factories.make_program())
    owner, drawn = factories.make_person(factories.owner_of(found.employer)), io.BytesIO()
    press = filled(owner, f"/mon-espace/logo/{found.employer.ref}")
    Image.new("RGB", (300, 100), (23, 84, scenery.next())).save(drawn, "PNG")
    press.files["picture"] = (drawn.getvalue(), "logo.png")
    return press


def remove_logo(scenery: Scenery) -> Press:
    press = give_logo(scenery)
    press.send(scenery.app)
    return filled(press.visitor, press.path, "Retirer")


def order_kits(_scenery: Scenery) -> Press:
    found, agent = at_work()
    return filled(agent, "/personnel/trousses/commande", program=found.program.ref, scope="all")


def resume_order(_scenery: Scenery) -> Press:
    found, agent = at_work()
    with factories.unit():
        asked = order(found.program, only_new=False, by=agent.actor)
    return filled(agent, f"/personnel/trousses/commandes/{asked.ref}", "Relancer")


def print_lot(_scenery: Scenery) -> Press:
    found, agent = at_work()
    return filled(agent, "/personnel/vignettes/impression", program=found.program.ref, look="certified", quantity="4")


def hand_over(_scenery: Scenery) -> Press:
    _found, agent, sticker = in_hand()
    return filled(agent, f"/personnel/vignettes/lots/{sticker.lot.ref}/remise", person=agent.user.ref, first="1", last="3")


def assign_sticker(_scenery: Scenery) -> Press:
    found, agent, sticker = in_hand()
    place = verifications_of(found)[0].code
    return filled(agent, f"/personnel/dossiers/{found.ref}/vignette", number=sticker.label, place=place, hangs_at="Porte")


def retire_sticker(_scenery: Scenery) -> Press:
    _found, agent, sticker = in_hand()
    return filled(agent, f"/personnel/vignettes/{sticker.ref}/retrait", reason="Abîmée")


VISIBILITY = {
    f"visibility.{scene.__name__}": scene
    for scene in (give_logo, remove_logo, order_kits, resume_order, print_lot, hand_over, assign_sticker, retire_sticker)
}
