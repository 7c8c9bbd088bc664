"""Meetings to report, and what is told of them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from certif.kit import clock, tokens
from certif.kit.access import SYSTEM, Actor
from certif.kit.db import db
from certif.library import Tool
from certif.programs import Program
from certif.territory import mrcs
from certif.visits import Outcome, ReportConflict, Visit, VisitCancellation, VisitReport
from certif.visits.report_actions import file_report
from certif.visits.report_terms import Told
from tests.factories import unit

_number = itertools.count(1)


def make_visit(program: Program, *, title: str = "Épicerie du Coin", hours: int = -2, **said: Any) -> Visit:
    """Give a meeting that was planned, two hours ago unless `hours` says otherwise."""
    at = clock.now() + dt.timedelta(hours=hours)
    place = said.pop("mrc", None) or (program.mrcs or mrcs(program.region))[0]
    plain: dict[str, Any] = {
        "program_id": program.id, "kind": "visit", "audience": "employers", "title": title, "mrc_id": place.id, "place": "Au comptoir",
        "address": "1, rue Principale", "starts_at": at, "ends_at": at + dt.timedelta(hours=1), "planned_at": at, "planned_by": SYSTEM.ref,
    }  # fmt: skip
    with unit():
        visit = Visit(**plain | said)
        db.session.add(visit)
        db.session.flush()
    return visit


def make_tool(program: Program | None = None, title: str = "Trousse de l’employeur") -> Tool:
    """Give a tool that may be handed out."""
    with unit():
        tool = Tool(
            slug=f"outil-{next(_number)}", program_id=program.id if program else None, kind="kit", audience="employers", title_fr=title,
            title_en="", is_public=True, added_at=clock.now(), added_by=SYSTEM.ref,
        )  # fmt: skip
        db.session.add(tool)
        db.session.flush()
    return tool


def told(**said: Any) -> Told:
    """Give what is told of a meeting, under a key of its own."""
    plain: dict[str, Any] = {
        "client_key": tokens.ref(), "outcome": Outcome.INTERESTED.value, "met_on": clock.today(), "written_at": clock.now(),
        "people_met": 2, "minutes": 25, "kilometres": 40,
    }  # fmt: skip
    return Told(**plain | said)


def report(visit: Visit, by: Actor, **said: Any) -> VisitReport | ReportConflict:
    """Tell what became of a meeting."""
    with unit():
        return file_report(visit, told(**said), by=by)


def make_report(visit: Visit, by: Actor, **said: Any) -> VisitReport:
    """Tell what became of a meeting that nobody told before."""
    made = report(visit, by, **said)
    assert isinstance(made, VisitReport)
    return made


def make_conflict(visit: Visit, by: Actor, **said: Any) -> ReportConflict:
    """Tell what became of a meeting that was told before, or cancelled."""
    made = report(visit, by, **said)
    assert isinstance(made, ReportConflict)
    return made


def cancel(visit: Visit, reason: str = "Tempête.") -> None:
    """Let a meeting not be held."""
    with unit():
        db.session.add(VisitCancellation(visit_id=visit.id, reason=reason, cancelled_at=clock.now(), cancelled_by=SYSTEM.ref))
