"""The forms of plans, periods, trials and statements, each filled and ready to be pressed."""

from __future__ import annotations

from certif.kit.access import SYSTEM, Role
from certif.kit.money import Money
from certif.plans import note_funder as fund
from certif.programs import Program
from certif.reports import ReportPeriod, set_rate, set_target
from certif.reports import lock_period as close
from certif.reports import write_conclusion as conclude
from certif.territory import PartnerKind, add_partner, mrcs
from tests import factories
from tests.factories import Person, unit
from tests.faults.crowds import Press, filled
from tests.faults.scenery import Scenery
from tests.reports.making import BOSS, FIRST, make_objective, make_period, make_plan_of, make_report

DAYS = {"from_on": "2020-01-01", "until_on": "2020-12-31"}


def team() -> tuple[Program, Person]:
    """Give a program and its manager."""
    program = factories.make_program(code="14")
    return program, factories.make_staff(Role.MANAGER, program)


def opened() -> tuple[ReportPeriod, Person, str]:
    """Give a period that is over, its manager, and its address."""
    program, manager = team()
    period = make_period(program)
    return period, manager, f"/personnel/rapports/periodes/{period.ref}"


def note_funder(_scenery: Scenery) -> Press:
    program, manager = team()
    return filled(manager, f"/personnel/plans/bailleurs/nouveau/{program.slug}", name="Fondation")


def archive_funder(_scenery: Scenery) -> Press:
    program, manager = team()
    with unit():
        funder = fund(program, "Fondation", by=BOSS)
    return filled(manager, f"/personnel/plans/bailleurs/{funder.ref}/archive", "Archiver")


def make_plan(_scenery: Scenery) -> Press:
    program, manager = team()
    return filled(manager, f"/personnel/plans/nouveau/{program.slug}", title="Entente", **DAYS)


def edit_plan(_scenery: Scenery) -> Press:
    program, manager = team()
    return filled(manager, f"/personnel/plans/{make_plan_of(program).ref}/modification", title="Entente")


def add_objective(_scenery: Scenery) -> Press:
    program, manager = team()
    return filled(manager, f"/personnel/plans/{make_plan_of(program).ref}/objectifs/nouveau", code="1.1", title="Certifier")


def edit_objective(_scenery: Scenery) -> Press:
    program, manager = team()
    return filled(manager, f"/personnel/plans/objectifs/{make_objective(program).ref}", title="Certifier")


def open_period(_scenery: Scenery) -> Press:
    program, manager = team()
    return filled(manager, f"/personnel/rapports/periodes/nouvelle/{program.slug}", title="2020", **DAYS)


def set_a_target(_scenery: Scenery) -> Press:
    _period, manager, path = opened()
    return filled(manager, f"{path}/cibles", indicator="reached", aim=100)


def drop_target(_scenery: Scenery) -> Press:
    period, manager, path = opened()
    with unit():
        set_target(period, "reached", 100, by=BOSS)
    return filled(manager, path, "Retirer")


def lock_period(_scenery: Scenery) -> Press:
    _period, manager, path = opened()
    return filled(manager, f"{path}/verrou", "Verrouiller")


def unlock_period(_scenery: Scenery) -> Press:
    period, manager, path = opened()
    with unit():
        close(period, by=BOSS)
    return filled(manager, f"{path}/deverrouillage", reason="Un rapport manquait.")


def write_conclusion(_scenery: Scenery) -> Press:
    program, manager = team()
    plan = make_plan_of(program, is_pilot=True)
    return filled(manager, f"/personnel/rapports/pilotes/{plan.ref}/conclusion", conclusion="Cela porte fruit.")


def sign_evaluation(_scenery: Scenery) -> Press:
    program, manager = team()
    plan = make_plan_of(program, is_pilot=True)
    with unit():
        conclude(plan, "Cela porte fruit.", by=BOSS)
    return filled(manager, f"/personnel/rapports/pilotes/{plan.ref}/signature", "Signer")


def set_rates(_scenery: Scenery) -> Press:
    program, manager = team()
    return filled(manager, f"/personnel/releves/tarifs/{program.slug}", from_on="2020-01-01", visit="45,00", kilometre="0,62", hour="0")


def approve_statement(scenery: Scenery) -> Press:
    period, manager, _path = opened()
    with unit():
        places = mrcs(period.program.region)[:1]
        partner = add_partner(f"CJE {scenery.next()}", kind=PartnerKind.CJE, source="essai", mrcs=places, by=SYSTEM)
    worker = factories.make_staff(Role.PARTNER, period.program, partner=partner)
    with unit():
        set_rate(period.program, FIRST, Money(4500), Money(62), Money(0), by=BOSS)
    make_report(period.program, user=worker.user)
    return filled(manager, f"/personnel/releves/{period.ref}/{partner.ref}/approbation", "Approuver")


REPORTS = {
    **{
        f"plans.{scene.__name__}": scene
        for scene in (note_funder, archive_funder, make_plan, edit_plan, add_objective, edit_objective)
    },
    **{
        f"reports.{scene.__name__}": scene
        for scene in (open_period, drop_target, lock_period, unlock_period, write_conclusion, sign_evaluation, approve_statement)
    },
    "reports.set_target": set_a_target,
    "reports.set_rate": set_rates,
}  # fmt: skip
ONCE_ACCOUNTED = (
    "plans.note_funder", "plans.archive_funder", "plans.add_objective", "reports.open_period", "reports.drop_target",
    "reports.lock_period", "reports.unlock_period", "reports.sign_evaluation", "reports.set_rate", "reports.approve_statement",
)  # fmt: skip
"""What happens once by its nature."""
