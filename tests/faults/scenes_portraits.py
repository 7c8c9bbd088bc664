"""The forms of portraits, each filled and ready to be pressed."""

from __future__ import annotations

from certif import portraits
from certif.kit.access import SYSTEM, Role
from certif.kit.db import transaction
from certif.programs import Program
from tests import factories
from tests.factories import Person
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.portraits.telling import YEAR, fold, make_students, make_survey


def surveyed() -> tuple[Program, Person]:
    """Give a program whose students have answered, and who manages it."""
    program = factories.make_program()
    fold(make_survey(program), make_students(1, 60, mrcs=["joliette"]))
    return program, factories.make_staff(Role.MANAGER, program)


def release_portrait(_scenery: Scenery) -> Press:
    program, manager = surveyed()
    return filled(manager, f"/personnel/portraits/{program.slug}/{YEAR}", "Diffuser le portrait")


def enter_student_totals(_scenery: Scenery) -> Press:
    program, manager = surveyed()
    return filled(manager, f"/personnel/portraits/{program.slug}/{YEAR}/effectifs", "Enregistrer", secondary=31000)


def withdraw_portrait(_scenery: Scenery) -> Press:
    program, manager = surveyed()
    with transaction():
        release = portraits.release_portrait(program, YEAR, by=SYSTEM)
    return filled(manager, f"/personnel/portraits/parutions/{release.ref}/retrait", "Retirer", reason="Une école manque.")


PORTRAITS = {
    "portraits.release_portrait": release_portrait,
    "portraits.enter_student_totals": enter_student_totals,
    "portraits.withdraw_portrait": withdraw_portrait,
}
