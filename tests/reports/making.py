"""What figures are made of, in few words: meetings that were reported, copies handed out, plans, periods."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from certif.accounts import User
from certif.kit import clock
from certif.kit.access import SYSTEM, Actor, Granted, Role
from certif.kit.db import db
from certif.library import HandOut, Tool
from certif.plans import ActionPlan, Objective, ObjectiveTerms, PlanTerms, add_objective, make_plan, note_funder
from certif.programs import Program
from certif.reports import ReportPeriod, open_period
from certif.territory import Mrc
from certif.visits import Visit, VisitReport
from tests.factories import unit
from tests.pages import Visitor, _let_go

_number = itertools.count(1)
BOSS = Actor("decider", "La direction", "direction@exemple.com", 1, frozenset({Role.MANAGER}), (Granted(Role.ADMIN),))
"""Who decides everywhere, for the acts of tests."""
LAST_YEAR = clock.today().year - 1
FIRST, LAST = dt.date(LAST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
MIDDLE = dt.date(LAST_YEAR, 6, 15)


def make_report(program: Program, mrc: Mrc | None = None, *, user: User | None = None, on: dt.date = MIDDLE, **said: Any) -> VisitReport:
    """Give a meeting that was reported. `said`: of the meeting (`kind`, `audience`, `objective`, `title`) and of its report."""
    number, at = next(_number), clock.midnight(on) + dt.timedelta(hours=14)
    visit = Visit(
        program_id=program.id, mrc_id=mrc.id if mrc else None, kind=said.pop("kind", "visit"), audience=said.pop("audience", "employers"),
        title=said.pop("title", f"Rencontre {number}"), objective=said.pop("objective", None), place="", address="", starts_at=at,
        ends_at=at + dt.timedelta(hours=1), planned_at=at, planned_by=SYSTEM.ref,
    )  # fmt: skip
    plain: dict[str, Any] = {
        "outcome": "held", "people_met": 10, "minutes": 60, "kilometres": 25, "needs_training": False, "note": "", "written_at": at,
        "filed_at": clock.now(), "filed_by": SYSTEM.ref,
    }  # fmt: skip
    with unit():
        db.session.add(visit)
        db.session.flush()
        report = VisitReport(
            client_key=f"k{number}", visit_id=visit.id, program_id=program.id, user_id=user.id if user else None, met_on=on, **plain | said
        )
        db.session.add(report)
    return report


def make_tool(program: Program | None = None) -> Tool:
    """Give a fact sheet."""
    said = {"title_fr": "Fiche", "title_en": "Fact sheet", "is_public": True, "added_at": clock.now(), "added_by": SYSTEM.ref}
    with unit():
        tool = Tool(
            slug=f"fiche-{next(_number)}", program_id=program.id if program else None, kind="fact_sheet", audience="students", **said
        )
        db.session.add(tool)
    return tool


def make_hand_out(program: Program, mrc: Mrc | None = None, count: int = 30, **said: Any) -> HandOut:
    """Give copies that were handed out."""
    with unit():
        row = HandOut(
            tool=said.pop("tool", None) or make_tool(), program_id=program.id, mrc_id=mrc.id if mrc else None, count=count,
            audience=said.pop("audience", "students"), handed_on=said.pop("on", MIDDLE), subject=said.pop("subject", None),
            noted_at=clock.now(), noted_by=SYSTEM.ref,
        )  # fmt: skip
        db.session.add(row)
    return row


def make_objective(program: Program, code: str = "5.1.1", *, funder: str | None = None, **said: Any) -> Objective:
    """Give an objective of a plan of its own; `funder`: the name of who pays for it."""
    with unit():
        plan = make_plan_of(program, funder=funder, is_pilot=said.pop("is_pilot", False))
        return add_objective(plan, ObjectiveTerms(code, said.pop("title", "Sensibiliser"), said.pop("axis", "Axe A"), **said), by=BOSS)


def make_plan_of(
    program: Program, *, funder: str | None = None, is_pilot: bool = False, from_on: dt.date = FIRST, until_on: dt.date = LAST
) -> ActionPlan:
    """Give a plan of last year."""
    with unit():
        paid_by = note_funder(program, funder, by=BOSS) if funder else None
        return make_plan(program, PlanTerms(f"Plan {next(_number)}", from_on, until_on, paid_by, is_pilot), by=BOSS)


def make_period(program: Program, title: str = "L’an dernier", from_on: dt.date = FIRST, until_on: dt.date = LAST) -> ReportPeriod:
    """Give a period: last year."""
    with unit():
        return open_period(program, title, from_on, until_on, by=BOSS)


def taken(person: Visitor, path: str) -> tuple[int, bytes]:
    """Give how an address answers this person, and what it gives."""
    _let_go()
    answer = person.client.get(path, base_url=person.base)
    return answer.status_code, answer.get_data()
