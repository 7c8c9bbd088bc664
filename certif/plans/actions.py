"""What can happen to the frame of outreach: a funder is noted, archived; a plan is made, edited; an objective is added, edited."""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import select

from certif.kit import audit, clock
from certif.kit.access import Actor
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.inserting import insert_new
from certif.kit.languages import _, _l
from certif.plans.model import ActionPlan, Funder, Objective
from certif.plans.queries import DECIDERS
from certif.plans.terms import ObjectiveTerms, PlanTerms
from certif.programs import Program

audit.declare("funder_noted", _l("%(by)s a ajouté le bailleur de fonds %(name)s."), "name")
audit.declare("funder_archived", _l("%(by)s a archivé le bailleur de fonds %(name)s."), "name")
audit.declare(
    "plan_made", _l("%(by)s a créé le plan d’action « %(title)s », du %(from_on)s au %(until_on)s."), "title", "from_on", "until_on"
)
audit.declare(
    "plan_edited", _l("%(by)s a modifié le plan d’action « %(title)s », du %(from_on)s au %(until_on)s."), "title", "from_on", "until_on"
)
audit.declare("objective_added", _l("%(by)s a ajouté l’objectif %(code)s : %(title)s."), "code", "title")
audit.declare("objective_edited", _l("%(by)s a modifié l’objectif %(code)s : %(title)s."), "code", "title")


def note_funder(program: Program, name: str, *, by: Actor) -> Funder:
    """Note a body that pays for part of the work. Refuses: someone who does not decide in the program; a name that is there already."""
    _check_decides(program, by)
    row = {"program_id": program.id, "name": name, "noted_at": clock.now(), "noted_by": by.ref}
    found = insert_new(Funder, [row], Funder.id)
    if not found:
        raise Refusal(_("Ce bailleur de fonds est déjà dans la liste."))
    funder = db.session.get_one(Funder, found[0])
    audit.record("funder_noted", funder, by=by, name=name)
    return funder


def archive_funder(funder: Funder, *, by: Actor) -> None:
    """Say that a funder is gone: its plans stay, and no new plan names it. Refuses: one that was archived already."""
    lock(funder)
    if funder.archived_at is not None:
        raise Refusal(_("Ce bailleur de fonds est déjà archivé."))
    funder.archived_at, funder.archived_by = clock.now(), by.ref
    audit.record("funder_archived", funder, by=by, name=funder.name)


def make_plan(program: Program, terms: PlanTerms, *, by: Actor) -> ActionPlan:
    """Say what a program sets out to do, from a day to a day.

    Refuses: someone who does not decide in the program; days in the wrong order; a funder of another program, or one that is archived.
    """
    _check_decides(program, by)
    _check_terms(program, terms, known=None)
    plan = ActionPlan(program=program, made_at=clock.now(), made_by=by.ref, **_said(terms))
    db.session.add(plan)
    db.session.flush()
    audit.record("plan_made", plan, by=by, **_told(plan))
    return plan


def edit_plan(plan: ActionPlan, terms: PlanTerms, *, by: Actor) -> None:
    """Say anew what a plan is. Refuses: days in the wrong order; a funder of another program, or one that was archived since."""
    lock(plan)
    _check_terms(plan.program, terms, known=plan.funder)
    for name, value in _said(terms).items():
        setattr(plan, name, value)
    audit.record("plan_edited", plan, by=by, **_told(plan))


def add_objective(plan: ActionPlan, terms: ObjectiveTerms, *, by: Actor) -> Objective:
    """Add an objective to a plan. Refuses: a code that the plan has already."""
    found = insert_new(Objective, [{"plan_id": plan.id, **dataclasses.asdict(terms)}], Objective.id)
    if not found:
        raise Refusal(_("Ce plan a déjà un objectif %(code)s.", code=terms.code))
    objective = db.session.get_one(Objective, found[0])
    audit.record("objective_added", objective, by=by, code=terms.code, title=terms.title)
    return objective


def edit_objective(objective: Objective, terms: ObjectiveTerms, *, by: Actor) -> None:
    """Say anew what an objective is; what was counted under it stays under it. Refuses: a code that the plan has already."""
    lock(objective.plan)
    same = Objective.plan_id == objective.plan_id, Objective.code == terms.code, Objective.id != objective.id
    if db.session.scalar(select(Objective.id).where(*same)) is not None:
        raise Refusal(_("Ce plan a déjà un objectif %(code)s.", code=terms.code))
    for name, value in dataclasses.asdict(terms).items():
        setattr(objective, name, value)
    audit.record("objective_edited", objective, by=by, code=terms.code, title=terms.title)


def _check_decides(program: Program, by: Actor) -> None:
    if not by.holds(program.id, *DECIDERS):
        raise Refusal(_("Dans ce programme, les plans et les bailleurs de fonds sont l’affaire de la gestion régionale."))


def _check_terms(program: Program, terms: PlanTerms, *, known: Funder | None) -> None:
    if terms.until_on <= terms.from_on:
        raise Refusal(_("Le dernier jour du plan vient après le premier."))
    if terms.funder is not None and terms.funder is not known and (terms.funder.program_id != program.id or terms.funder.archived_at):
        raise Refusal(_("Choisissez un bailleur de fonds du programme, qui n’est pas archivé."))


def _said(terms: PlanTerms) -> dict[str, Any]:
    said = {field.name: getattr(terms, field.name) for field in dataclasses.fields(terms) if field.name != "funder"}
    return {**said, "funder_id": terms.funder.id if terms.funder else None}


def _told(plan: ActionPlan) -> dict[str, str]:
    return {"title": plan.title, "from_on": plan.from_on.isoformat(), "until_on": plan.until_on.isoformat()}
