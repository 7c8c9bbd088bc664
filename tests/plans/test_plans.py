"""Funders, plans and objectives: noted, made, edited, archived, and who may."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from certif.kit import audit
from certif.kit.access import Role
from certif.kit.errors import Refusal
from certif.plans import (
    ObjectiveTerms,
    PlanTerms,
    add_objective,
    archive_funder,
    edit_objective,
    edit_plan,
    make_plan,
    note_funder,
    objectives_on,
)
from tests.factories import make_program, make_staff, unit
from tests.reports.making import BOSS, FIRST, LAST, MIDDLE, make_objective, make_plan_of


def test_a_manager_goes_from_a_funder_to_the_objective_of_a_plan(app: Flask) -> None:
    program = make_program()
    manager = make_staff(Role.MANAGER, program)
    page = manager.open("/personnel/plans").follow("Ajouter un bailleur de fonds").fill("Ajouter", name="Fondation du Test")
    page = page.follow("Créer un plan")
    ref = next(option["value"] for option in page.soup.find_all("option") if "Fondation du Test" in option.get_text())
    page = page.fill("Créer le plan", title="Entente 2026", from_on=FIRST, until_on=LAST, funder=ref, is_pilot=True)
    page = page.follow("Ajouter un objectif").fill(
        "Ajouter l’objectif", code="5.1.2", title="Certifier", axis="Axe B", audience="employers"
    )
    for word in ("Fondation du Test", "Projet pilote", "5.1.2", "Certifier", "Axe B", "Employeurs"):
        assert word in page.text
    page = page.follow("5.1.2").fill("Enregistrer", title="Certifier davantage")
    assert "Certifier davantage" in page.text
    assert [one.code for one in objectives_on(program, MIDDLE)] == ["5.1.2"]
    assert "Archivé" in manager.open("/personnel/plans").follow("Archiver").fill("Archiver").text


def test_an_agent_reads_plans_and_a_partner_does_not(app: Flask) -> None:
    program = make_program()
    plan, agent = make_plan_of(program), make_staff(Role.AGENT, program)
    assert plan.title in agent.open("/personnel/plans").text
    assert "Créer un plan" not in agent.open("/personnel/plans").text
    assert agent.open(f"/personnel/plans/{plan.ref}/modification").status == 403
    stranger = make_staff(Role.MANAGER, make_program(code="03"))
    assert stranger.open(f"/personnel/plans/{plan.ref}").status == 404
    with unit(), pytest.raises(Refusal, match="gestion régionale"):
        make_plan(program, PlanTerms("Plan", FIRST, LAST), by=agent.actor)


def test_what_cannot_be_is_refused(app: Flask) -> None:
    program = make_program()
    objective = make_objective(program, "1.1")
    with unit():
        funder = note_funder(program, "Ministère", by=BOSS)
        other = add_objective(objective.plan, ObjectiveTerms("1.2", "Autre"), by=BOSS)
        for refused, words in (
            (lambda: note_funder(program, "Ministère", by=BOSS), "déjà dans la liste"),
            (lambda: add_objective(objective.plan, ObjectiveTerms("1.1", "Encore"), by=BOSS), "déjà un objectif"),
            (lambda: edit_objective(other, ObjectiveTerms("1.1", "Autre"), by=BOSS), "déjà un objectif"),
            (lambda: make_plan(program, PlanTerms("À l’envers", LAST, FIRST), by=BOSS), "après le premier"),
            (lambda: make_plan(make_program(), PlanTerms("Ailleurs", FIRST, LAST, funder), by=BOSS), "bailleur de fonds du programme"),
        ):
            with pytest.raises(Refusal, match=words):
                refused()  # type: ignore[no-untyped-call]
        archive_funder(funder, by=BOSS)
        with pytest.raises(Refusal, match="déjà archivé"):
            archive_funder(funder, by=BOSS)
        with pytest.raises(Refusal, match="pas archivé"):
            make_plan(program, PlanTerms("Trop tard", FIRST, LAST, funder), by=BOSS)


def test_a_plan_keeps_a_funder_that_was_archived_since(app: Flask) -> None:
    plan = make_plan_of(make_program(), funder="CRÉ")
    assert plan.funder is not None
    with unit():
        archive_funder(plan.funder, by=BOSS)
        edit_plan(plan, PlanTerms("Plan prolongé", FIRST, LAST + dt.timedelta(days=90), plan.funder), by=BOSS)
    assert [entry.event for entry in audit.history(plan)] == ["plan_made", "plan_edited"]
