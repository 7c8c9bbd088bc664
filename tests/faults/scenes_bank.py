"""Statements of the bank, before the button is pressed."""

from __future__ import annotations

from certif.certification import Stage
from certif.kit.access import Role
from certif.kit.db import db
from certif.staff import bank_actions
from certif.staff.bank_model import BankLine
from tests import factories
from tests.factories import Person
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery


def _came(scenery: Scenery) -> tuple[Person, BankLine, str]:
    program = factories.make_program()
    keeper = factories.make_staff(Role.AGENT, program)
    reference = factories.make_certification(Stage.AWAITING_CONTRIBUTION, program).contribution.ref[:8]
    with factories.unit():
        content = f"Date;Texte;Montant\n2026-01-05;Virement {reference} {scenery.next()};50,00".encode()
        statement = bank_actions.bring_statement(program, content, "releve.csv", by=keeper.actor)
    return keeper, db.session.query(BankLine).filter_by(statement_id=statement.id).one(), reference


def bring_statement(_scenery: Scenery) -> Press:
    program = factories.make_program()
    press = filled(factories.make_staff(Role.AGENT, program), "/personnel/contributions/releves", program=program.slug)
    press.files["file"] = (b"Date;Texte;Montant\n2026-01-05;Virement;50,00", "releve.csv")
    return press


def record_fitting(scenery: Scenery) -> Press:
    keeper, line, _reference = _came(scenery)
    return filled(keeper, f"/personnel/contributions/releves/{line.statement.ref}", "Encaisser")


def tie_line(scenery: Scenery) -> Press:
    keeper, line, reference = _came(scenery)
    return filled(keeper, f"/personnel/contributions/releves/sommes/{line.ref}", "Encaisser", reference=reference)


def set_line_aside(scenery: Scenery) -> Press:
    keeper, line, _reference = _came(scenery)
    return filled(keeper, f"/personnel/contributions/releves/sommes/{line.ref}", "Ce n’est pas une contribution")


BANK = {f"staff.{scene.__name__}": scene for scene in (bring_statement, record_fitting, tie_line, set_line_aside)}
ONCE_CAME = ("staff.record_fitting", "staff.tie_line", "staff.set_line_aside")
