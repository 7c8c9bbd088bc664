"""The forms of those who keep addresses to tell, each filled and ready to be pressed."""

from __future__ import annotations

from certif.galas import Gala
from certif.kit import clock
from certif.kit.access import Role
from certif.kit.db import db
from certif.webhooks import Kind, Webhook, WebhookAttempt, WebhookHalt, WebhookMessage
from certif.webhooks.actions import try_webhook as say_a_word
from tests import factories
from tests.factories import Person, make_staff, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.galas.making import BOSS, make_gala
from tests.webhooks.receiving import make_webhook

FAR = "https://192.88.98.1/avis"
"""A public address; nothing is sent there, since no job runs behind these scenes."""
TYPED = {"label": "Site", "url": FAR, "kinds": (Kind.LAUREATES_CHANGED.value,)}


def kept() -> tuple[Gala, Webhook, Person]:
    """Give a gala, an address that it tells, and who keeps it."""
    gala = make_gala(factories.make_program(code="14"))
    manager = make_staff(Role.MANAGER, gala.program)
    return gala, make_webhook(gala, FAR, by=manager.actor)[0], manager


def register_for_gala(_scenery: Scenery) -> Press:
    gala, _webhook, manager = kept()
    return filled(manager, f"/mes-galas/{gala.ref}/adresses-a-prevenir/nouvelle", **TYPED)


def register_for_program(_scenery: Scenery) -> Press:
    gala, _webhook, manager = kept()
    return filled(manager, f"/personnel/adresses-a-prevenir/nouvelle/{gala.program.slug}", **TYPED)


def pressed(button: str) -> Press:
    """Give a button of the page of an address."""
    _gala, webhook, manager = kept()
    return filled(manager, f"/adresses-a-prevenir/{webhook.ref}", button)


def try_webhook(_scenery: Scenery) -> Press:
    return pressed("Envoyer un message d’essai")


def change_secret(_scenery: Scenery) -> Press:
    return pressed("Changer le secret")


def end_webhook(_scenery: Scenery) -> Press:
    return pressed("Retirer l’adresse")


def resume_webhook(_scenery: Scenery) -> Press:
    _gala, webhook, manager = kept()
    with unit():
        db.session.add(WebhookHalt(webhook=webhook, why="failing", halted_at=clock.now()))
    return filled(manager, f"/adresses-a-prevenir/{webhook.ref}", "Reprendre les envois")


def send_again(_scenery: Scenery) -> Press:
    _gala, webhook, manager = kept()
    with unit():
        say_a_word(webhook, by=BOSS)
    with unit():
        said = {"end": "answered", "status": 500, "milliseconds": 1, "asked_by": "system", "made_at": clock.now()}
        db.session.add(WebhookAttempt(message=db.session.query(WebhookMessage).filter_by(webhook_id=webhook.id).one(), number=1, **said))
    return filled(manager, f"/adresses-a-prevenir/{webhook.ref}", "Renvoyer")


WEBHOOKS = {
    f"webhooks.{scene.__name__}": scene
    for scene in (register_for_gala, register_for_program, try_webhook, change_secret, resume_webhook, end_webhook, send_again)
}
ONCE_TAKEN_BACK = ("webhooks.resume_webhook", "webhooks.end_webhook")
"""What happens once by its nature."""
