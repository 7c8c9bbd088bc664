"""The forms of laureate lists, each filled and ready to be pressed."""

from __future__ import annotations

from certif.galas import ListRequest, ListToken
from certif.kit.access import Role
from certif.kit.db import db
from certif.programs import Program
from tests import factories
from tests.factories import make_person, make_staff
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.galas.listed import in_days, key_of, make_asked, make_listed


def managed() -> tuple[Program, factories.Person]:
    """Give a program, and its manager."""
    program = factories.make_program()
    return program, make_staff(Role.MANAGER, program)


def asked() -> tuple[ListRequest, factories.Person]:
    """Give a list that is asked for, and who may give it."""
    program, manager = managed()
    return make_asked(program), manager


def issue_token(_scenery: Scenery) -> Press:
    program, manager = managed()
    path = f"/personnel/galas/{make_listed(program).ref}/cles"
    return filled(manager, path, label="Site", expires_on=in_days(9))


def revoke_token(_scenery: Scenery) -> Press:
    program, manager = managed()
    gala = make_listed(program)
    key_of(gala)
    assert db.session.query(ListToken).filter_by(gala_id=gala.id).one()
    return filled(manager, f"/personnel/galas/{gala.ref}/laureats", "Révoquer")


def ask_for_list(_scenery: Scenery) -> Press:
    program, _manager = managed()
    path = f"/galas/listes/demande/{program.slug}"
    return filled(make_person(), path, organisation="Chambre", held_on=in_days(9), purpose="Notre gala.")


def answer_list(_scenery: Scenery) -> Press:
    request, manager = asked()
    return filled(manager, f"/personnel/listes/{request.ref}", until_on=in_days(9))


def decline_list(_scenery: Scenery) -> Press:
    request, manager = asked()
    return filled(manager, f"/personnel/listes/{request.ref}/refus", reason="Non.")


LISTS = {f"galas.{scene.__name__}": scene for scene in (issue_token, revoke_token, ask_for_list, answer_list, decline_list)}
ONCE_GIVEN = ("galas.revoke_token", "galas.answer_list", "galas.decline_list", "galas.ask_for_list")
"""What happens once by its nature."""
