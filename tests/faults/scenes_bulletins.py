"""The forms of bulletins and of job offers, of those who read and of those who look after them: each filled and ready to be pressed."""

from __future__ import annotations

import datetime as dt

from certif.bulletins import Bulletin
from certif.bulletins.links import confirm_token, stop_token
from certif.certification import Certification
from certif.kit import clock
from certif.kit.access import SYSTEM, VISITOR, Role
from certif.mailings import confirm_mailing
from certif.offers import ReportReason
from certif.offers import report_offer as report
from certif.offers.actions import start_reading as read_first
from tests import factories
from tests.bulletins.making import ask, make_block, make_bulletin, make_ready, make_subscriber
from tests.factories import Person, owner_of, sign_in, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.offers.making import make_offer, make_promising_program


def begun() -> tuple[Bulletin, Person, str]:
    """Give a bulletin that is being written, who writes it, and the address of its pages."""
    program = factories.make_program(code="14")
    bulletin = make_bulletin(program)
    return bulletin, factories.make_staff(Role.AGENT, program), f"/personnel/bulletins/{bulletin.ref}"


def certified(scenery: Scenery) -> tuple[Certification, Person, str]:
    """Give a certified employer, who acts for it, and the address of its offers."""
    found = factories.make_certification(program=make_promising_program())
    return found, sign_in(Person(scenery.app), owner_of(found.employer)), f"/mon-espace/offres/{found.employer.ref}"


def subscribe(scenery: Scenery) -> Press:
    program = factories.make_program(code="14")
    said = {"program": program.slug, "email": f"abonne{scenery.next()}@exemple.com", "spoken": "fr", "agreed": True}
    return filled(scenery.visitor(), "/bulletin", **said)


def confirm_subscription(scenery: Scenery) -> Press:
    subscriber = ask(factories.make_program(code="14"), f"confirme{scenery.next()}@exemple.com")
    return filled(scenery.visitor(), f"/bulletin/confirmation/{confirm_token(subscriber)}")


def unsubscribe(scenery: Scenery) -> Press:
    subscriber = make_subscriber(factories.make_program(code="14"), f"part{scenery.next()}@exemple.com")
    return filled(scenery.visitor(), f"/bulletin/desabonnement/{stop_token(subscriber)}")


def show_subscribers(scenery: Scenery) -> Press:
    bulletin, agent, _path = begun()
    email = f"refuse{scenery.next()}@exemple.com"
    make_subscriber(bulletin.program, email)
    return filled(agent, "/personnel/bulletins/abonnements", program=bulletin.program.slug, addresses=email)


def draft_bulletin(_scenery: Scenery) -> Press:
    _bulletin, agent, _path = begun()
    return filled(agent, "/personnel/bulletins/nouveau", title_fr="Printemps")


def edit_bulletin(_scenery: Scenery) -> Press:
    _bulletin, agent, path = begun()
    return filled(agent, f"{path}/modification", title_fr="Printemps")


def add_block(_scenery: Scenery) -> Press:
    _bulletin, agent, path = begun()
    return filled(agent, f"{path}/blocs/nouveau/texte", title_fr="Un mot", body_fr="Bonjour.")


def edit_block(_scenery: Scenery) -> Press:
    bulletin, agent, path = begun()
    return filled(agent, f"{path}/blocs/{bulletin.blocks[0].ref}", title_fr="Un autre mot")


def move_block(_scenery: Scenery) -> Press:
    bulletin, agent, path = begun()
    make_block(bulletin, title="Deuxième")
    return filled(agent, path, "Descendre")


def drop_block(_scenery: Scenery) -> Press:
    _bulletin, agent, path = begun()
    return filled(agent, path, "Retirer")


def prepare_bulletin(_scenery: Scenery) -> Press:
    bulletin, agent, path = begun()
    make_subscriber(bulletin.program)
    return filled(agent, path, "Préparer l’envoi")


def withdraw_bulletin(_scenery: Scenery) -> Press:
    bulletin, agent, path = begun()
    make_subscriber(bulletin.program)
    with unit():
        confirm_mailing(make_ready(bulletin, SYSTEM), by=SYSTEM)
    return filled(agent, f"{path}/retrait", reason="Une erreur.")


def post_offer(scenery: Scenery) -> Press:
    _certification, owner, path = certified(scenery)
    today = clock.today()
    said = {
        "title_fr": "Commis", "tasks_fr": "Placer.", "season": "school", "week_hours": 10, "monday_friday_hours": 4,
        "latest_finish": "20:00", "starts_on": today.isoformat(), "until_on": (today + dt.timedelta(days=20)).isoformat(),
    }  # fmt: skip
    return filled(owner, f"{path}/nouvelle", **said)


def edit_offer(scenery: Scenery) -> Press:
    certification, owner, _path = certified(scenery)
    return filled(owner, f"/mon-espace/offres/modification/{make_offer(certification).ref}", title_fr="Commis de soir")


def close_offer(scenery: Scenery) -> Press:
    certification, owner, path = certified(scenery)
    make_offer(certification)
    return filled(owner, path, "Fermer l’offre")


def report_offer(scenery: Scenery) -> Press:
    certification, _owner, _path = certified(scenery)
    return filled(scenery.visitor(), f"/emplois/{make_offer(certification).ref}/signalement", reason="hours")


def settle_report(scenery: Scenery) -> Press:
    certification, _owner, _path = certified(scenery)
    offer = make_offer(certification)
    with unit():
        report(offer, ReportReason.HOURS, "", by=VISITOR)
    agent = factories.make_staff(Role.AGENT, certification.program)
    return filled(agent, f"/personnel/offres/{offer.ref}", "Marquer comme traité")


def approve_offer(scenery: Scenery) -> Press:
    certification, _owner, _path = certified(scenery)
    with unit():
        read_first(certification.program, by=SYSTEM)
    offer = make_offer(certification)
    return filled(factories.make_staff(Role.AGENT, certification.program), f"/personnel/offres/{offer.ref}", "Publier l’offre")


def remove_offer(scenery: Scenery) -> Press:
    certification, _owner, _path = certified(scenery)
    offer = make_offer(certification)
    agent = factories.make_staff(Role.AGENT, certification.program)
    return filled(agent, f"/personnel/offres/{offer.ref}/retrait", reason="Le salaire manque.")


def start_reading(_scenery: Scenery) -> Press:
    program = factories.make_program(code="14")
    return filled(factories.make_staff(Role.MANAGER, program), "/personnel/offres/relecture", "Relire d’abord")


def end_reading(_scenery: Scenery) -> Press:
    program = factories.make_program(code="14")
    with unit():
        read_first(program, by=SYSTEM)
    return filled(factories.make_staff(Role.MANAGER, program), "/personnel/offres/relecture", "Laisser paraître aussitôt")


BULLETINS = {
    f"bulletins.{scene.__name__}": scene
    for scene in (
        subscribe, confirm_subscription, unsubscribe, show_subscribers, draft_bulletin, edit_bulletin, add_block, edit_block, move_block,
        drop_block, prepare_bulletin, withdraw_bulletin,
    )
} | {
    f"offers.{scene.__name__}": scene
    for scene in (
        post_offer, edit_offer, close_offer, report_offer, settle_report, approve_offer, remove_offer, start_reading, end_reading,
    )
}  # fmt: skip
ONCE_WRITTEN = (
    "bulletins.confirm_subscription", "bulletins.unsubscribe", "bulletins.show_subscribers", "bulletins.drop_block",
    "bulletins.prepare_bulletin", "bulletins.withdraw_bulletin", "offers.close_offer", "offers.settle_report", "offers.approve_offer",
    "offers.remove_offer", "offers.start_reading", "offers.end_reading",
)  # fmt: skip
"""What happens once by its nature."""
