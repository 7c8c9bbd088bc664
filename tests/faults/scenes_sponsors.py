"""The forms of sponsors, and where an employer follows or uses their code, each filled and ready to be pressed."""

from __future__ import annotations

from certif.certification import Stage
from certif.contributions import Contribution
from certif.kit import clock
from certif.kit.access import Role
from certif.programs import Program
from certif.sponsorships import Sponsorship, use_code
from tests import factories
from tests.factories import Person, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.sponsorships.making import sponsor


def offered() -> tuple[Sponsorship, Person]:
    """Give a sponsorship, and a manager of its program."""
    program = factories.make_program()
    manager = factories.make_staff(Role.MANAGER, program)
    return sponsor(program, by=manager.actor, seats=30), manager


def asked(program: Program) -> tuple[Contribution, Person]:
    """Give a contribution that is due, and who may give it."""
    found = factories.make_certification(Stage.AWAITING_CONTRIBUTION, program)
    assert found.contribution is not None
    return found.contribution, factories.make_person(factories.owner_of(found.employer))


def follow_code(scenery: Scenery) -> Press:
    given, _manager = offered()
    return filled(scenery.visitor(), f"/commandite/{given.shown_code}", "Garder ce code")


def use_code_(_scenery: Scenery) -> Press:
    given, _manager = offered()
    dues, owner = asked(given.program)
    return filled(owner, f"/contribution/{dues.ref}/commandite", code=given.shown_code)


def record_sponsorship(_scenery: Scenery) -> Press:
    program = factories.make_program()
    today = clock.today().isoformat()
    typed = {"sponsor": "MRC des Exemples", "kind": "mrc", "seats": "5", "valid_from": today, "valid_until": today}
    return filled(factories.make_staff(Role.MANAGER, program), f"/personnel/commandites/nouvelle/{program.slug}", **typed)


def note_payment(_scenery: Scenery) -> Press:
    given, manager = offered()
    typed = {"amount": "250", "method": "cheque", "received_on": clock.today().isoformat(), "reference": "77"}
    return filled(manager, f"/personnel/commandites/{given.ref}/versement", **typed)


def stop_sponsorship(_scenery: Scenery) -> Press:
    given, manager = offered()
    return filled(manager, f"/personnel/commandites/{given.ref}/arret", reason="Fin de l’entente.")


def return_seat(_scenery: Scenery) -> Press:
    given, manager = offered()
    dues, owner = asked(given.program)
    with unit():
        cover = use_code(dues, given.code, by=owner.actor)
    return filled(manager, f"/personnel/commandites/prises-en-charge/{cover.ref}/retrait", reason="Mauvais employeur.")


def apply_code(_scenery: Scenery) -> Press:
    given, manager = offered()
    dues, _owner = asked(given.program)
    typed = {"sponsorship": given.ref, "reason": "Demandé au téléphone."}
    return filled(manager, f"/personnel/contributions/{dues.ref}/commandite", "Utiliser cette", **typed)


SPONSORS = {
    "sponsorships.use_code": use_code_,
    **{
        f"sponsorships.{scene.__name__}": scene
        for scene in (follow_code, record_sponsorship, note_payment, stop_sponsorship, return_seat, apply_code)
    },
}
