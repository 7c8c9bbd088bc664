"""What stands behind the doors of plans and reports: a funder, a trial, its objective, a period with a target, a partner's statement."""

from __future__ import annotations

from typing import Any

from certif.plans import note_funder
from certif.programs import Program
from certif.reports import set_target
from certif.territory import Partner, PartnerKind, mrcs, partners
from tests.factories import unit
from tests.reports.making import BOSS, make_objective, make_period, make_report


def accounted(program: Program, secret: str) -> dict[str, dict[str, Any]]:
    """One row of each, of which the meeting names the employer."""
    objective = make_objective(program, "9.9", is_pilot=True)
    make_report(program, mrcs(program.region)[0], title=f"Visite de {secret}", objective=objective)
    with unit():
        funder = note_funder(program, f"Fondation {secret}", by=BOSS)
    period = make_period(program)
    with unit():
        target = set_target(period, "reached", 100, by=BOSS)
    plan, partner = objective.plan.ref, _partner_of(program)
    return {
        "plans.*": {"ref": plan, "slug": program.slug},
        "plans.archive_funder": {"ref": funder.ref},
        "plans.edit_objective": {"ref": objective.ref},
        "reports.*": {"ref": period.ref, "slug": program.slug, "period": period.ref, "partner": partner.ref},
        "reports.drop_target": {"ref": target.ref},
        **{f"reports.{name}": {"ref": plan} for name in ("show_pilot", "write_conclusion", "sign_evaluation")},
    }


def _partner_of(program: Program) -> Partner:
    """Give the partner of the nearest territory, whose people are in this world."""
    near = mrcs(program.region)[0]
    return next(one for one in partners(PartnerKind.CJE, program.region) if one.name == f"CJE {near.name}")
