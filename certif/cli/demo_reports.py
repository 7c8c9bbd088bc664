"""What region 14 of the demonstration answers for: a funder, a plan, a trial, meetings of two years, a period locked, one under way."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from certif import plans, reports, territory
from certif.accounts import Grant, User
from certif.kit import clock, tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db, transaction
from certif.kit.money import Money
from certif.library import HandOut, Tool
from certif.plans import Objective, ObjectiveTerms, PlanTerms
from certif.programs import Program
from certif.visits import Visit, VisitReport

_SEEN = (
    ("workshop", "students", "Atelier en 4e secondaire", 28, 75, 34), ("visit", "employers", "Visite d’une épicerie", 2, 35, 18),
    ("workshop", "parents", "Soirée d’information aux parents", 41, 90, 52), ("tour", "elected", "Tournée : conseil municipal", 9, 40, 61),
    ("visit", "employers", "Visite d’un restaurant", 1, 30, 12),
    ("event", "public", "Kiosque au salon de l’emploi", 120, 300, 22),
    ("tour", "partners", "Tournée : chambre de commerce", 24, 60, 40),
    ("advice", "schools", "Rencontre de la direction d’une école", 3, 50, 27),
)  # fmt: skip
"""Kind, audience, title, people met, minutes, kilometres."""


def load(program: Program, manager: Actor, seed: int) -> None:
    """Fill two years: what was promised, what was done, what was locked and approved."""
    today = clock.today()
    begins, _ends = reports.usual_days(today)
    last_year = begins.replace(year=begins.year - 1)
    with tokens.drawn_from(seed + 9), transaction():
        objectives = _planned(program, manager, last_year)
        _meet(program, objectives, [last_year + dt.timedelta(days=9 + 14 * at) for at in range(24)])
        _meet(program, objectives, [begins + dt.timedelta(days=6 * at) for at in range((today - begins).days // 6 + 1)])
    with tokens.drawn_from(seed + 10), transaction():
        _account(program, manager, last_year, begins)


def _planned(program: Program, by: Actor, since: dt.date) -> list[Objective]:
    funder = plans.note_funder(program, "Fonds régional de la réussite (démonstration)", by=by)
    gone = plans.note_funder(program, "Conférence régionale d’autrefois (démonstration)", by=by)
    plans.archive_funder(gone, by=by)
    ends = since.replace(year=since.year + 3) - dt.timedelta(days=1)
    plan = plans.make_plan(program, PlanTerms("Entente régionale sur la persévérance", since, ends, funder), by=by)
    until = since + dt.timedelta(days=182)
    pilot = plans.make_plan(program, PlanTerms("Ateliers aux parents : un essai", since, until, None, is_pilot=True), by=by)
    reports.write_conclusion(pilot, "Les parents viennent quand l’atelier suit la remise des bulletins. À reprendre au printemps.", by=by)
    reports.sign_evaluation(pilot, by=by)
    said = (
        ("5.1.1", "Faire connaître les effets du travail sur les études", "Sensibilisation", None),
        ("5.1.2", "Certifier les employeurs engagés", "Mobilisation", "employers"),
    )
    found = [plans.add_objective(plan, ObjectiveTerms(*one), by=by) for one in said]
    return [*found, plans.add_objective(pilot, ObjectiveTerms("P.1", "Rejoindre les parents", "Sensibilisation", "parents"), by=by)]


def _meet(program: Program, objectives: list[Objective], days: list[dt.date]) -> None:
    places = territory.mrcs(program.region)
    theirs = select(User).join(Grant, Grant.user_id == User.id).where(Grant.program_id == program.id)
    agent = db.session.scalars(theirs.where(Grant.role == Role.AGENT).limit(1)).one()
    partner = db.session.scalars(theirs.where(Grant.role == Role.PARTNER).limit(1)).one()
    sheet = db.session.scalar(select(Tool).order_by(Tool.id).limit(1)) or _sheet()
    for number, day in enumerate(days):
        kind, audience, title, people, minutes, kilometres = _SEEN[number % len(_SEEN)]
        user, place = partner if number % 3 == 1 else agent, places[number % len(places)]
        tied = next((one for one in objectives if one.audience == audience), objectives[0])
        at = clock.midnight(day) + dt.timedelta(hours=13)
        said = {"place": place.name, "address": "", "planned_at": at, "planned_by": user.ref}
        visit = Visit(
            program_id=program.id, kind=kind, audience=audience, title=f"{title}, {place.name}", objective_id=tied.id, mrc_id=place.id,
            starts_at=at, ends_at=at + dt.timedelta(minutes=minutes), **said,
        )  # fmt: skip
        db.session.add(visit)
        db.session.flush()
        counts = {"people_met": people + number % 5, "minutes": minutes, "kilometres": kilometres}
        db.session.add(
            VisitReport(
                client_key=tokens.ref(), visit_id=visit.id, program_id=program.id, user_id=user.id, outcome="held", met_on=day,
                needs_training=number % 4 == 0, note="", written_at=at, filed_at=clock.now(), filed_by=user.ref, **counts,
            )
        )  # fmt: skip
        db.session.add(
            HandOut(
                tool_id=sheet.id, program_id=program.id, mrc_id=place.id, audience=audience, count=10 + number % 7, handed_on=day,
                subject=visit.ref, noted_at=clock.now(), noted_by=user.ref,
            )
        )  # fmt: skip


def _sheet() -> Tool:
    said = {"title_fr": "Étudier et travailler : trouver l’équilibre", "title_en": "Study and work: finding the balance"}
    tool = Tool(
        slug="fiche-equilibre-demonstration",
        kind="fact_sheet",
        audience="students",
        is_public=True,
        added_at=clock.now(),
        added_by="system",
        **said,
    )
    db.session.add(tool)
    db.session.flush()
    return tool


def _account(program: Program, by: Actor, last_year: dt.date, begins: dt.date) -> None:
    reports.set_rate(program, last_year, Money(4500), Money(62), Money(2200), by=by)
    past = reports.open_period(program, f"Année {last_year.year}-{last_year.year + 1}", last_year, begins - dt.timedelta(days=1), by=by)
    now = reports.open_period(
        program, f"Année {begins.year}-{begins.year + 1}", begins, begins.replace(year=begins.year + 1) - dt.timedelta(days=1), by=by
    )
    places = territory.mrcs(program.region)
    for name, aim in (("reached", 1500), ("signed", 40), ("workshops", 20), ("visited", 60), ("certified", 30), ("nominated", 100)):
        for period in (past, now):
            reports.set_target(period, name, aim, by=by)
    reports.set_target(now, "reached", 200, mrc=places[0], by=by)
    reports.lock_period(past, by=by)
    for partner in reports.partners_seen(by, program):
        if reports.statement_for(past, partner).lines:
            reports.approve_statement(past, partner, seen=reports.seen_of(past, partner), by=by)
