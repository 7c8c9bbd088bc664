"""The rows behind the figures of the field: reports of meetings, and what was handed out.

Each statement of this file and of `path_rows` gives, for every row: `since` (an instant), `ref`, `page` (what names its page), `day` (None:
that of the instant), `what`, `program_id`, `mrc_id`, `objective_id`, `audience`, `amount`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select

from certif.employers import Employer
from certif.imports import Prospect
from certif.library import HandOut, Tool, title_spoken
from certif.reports.asked import Asked
from certif.visits import Outcome, Visit, VisitKind, VisitReport


def reached(asked: Asked) -> Select[Any]:
    """Give the people met, by meeting."""
    return _reports(asked, VisitReport.people_met, VisitReport.outcome != Outcome.ABSENT.value)


def visited(asked: Asked) -> Select[Any]:
    """Give the meetings that were held."""
    return _reports(asked, literal(1), VisitReport.outcome != Outcome.ABSENT.value)


def workshops(asked: Asked) -> Select[Any]:
    """Give the workshops that were held."""
    return _reports(asked, literal(1), Visit.kind == VisitKind.WORKSHOP.value, VisitReport.outcome != Outcome.ABSENT.value)


def kilometres(asked: Asked) -> Select[Any]:
    """Give the kilometres, by meeting, whoever was there."""
    return _reports(asked, VisitReport.kilometres)


def minutes(asked: Asked) -> Select[Any]:
    """Give the minutes, by meeting, whoever was there."""
    return _reports(asked, VisitReport.minutes)


def handed_out(asked: Asked) -> Select[Any]:
    """Give the copies of tools that were handed out. The objective is that of the meeting where it happened."""
    within = HandOut.handed_on >= asked.since, HandOut.handed_on <= asked.until
    return (
        select(
            HandOut.noted_at.label("since"), cast(HandOut.id, String).label("ref"), func.coalesce(Visit.ref, "").label("page"),
            HandOut.handed_on.label("day"),
            title_spoken().label("what"), HandOut.program_id, HandOut.mrc_id, Visit.objective_id, HandOut.audience,
            HandOut.count.label("amount"),
        )
        .join(Tool, Tool.id == HandOut.tool_id)
        .outerjoin(Visit, Visit.ref == HandOut.subject)
        .where(HandOut.program_id.in_(asked.program_ids), *within)
    )  # fmt: skip


def _reports(asked: Asked, amount: ColumnElement[int] | Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    within = VisitReport.met_on >= asked.since, VisitReport.met_on <= asked.until
    named = func.coalesce(func.nullif(Visit.title, ""), Employer.trade_name, Employer.legal_name, Prospect.name, Visit.place)
    return (
        select(
            VisitReport.filed_at.label("since"), VisitReport.ref, Visit.ref.label("page"), VisitReport.met_on.label("day"),
            named.label("what"), VisitReport.program_id, Visit.mrc_id, Visit.objective_id, Visit.audience, amount.label("amount"),
        )
        .join(Visit, Visit.id == VisitReport.visit_id)
        .outerjoin(Employer, Employer.id == Visit.employer_id)
        .outerjoin(Prospect, Prospect.id == Visit.prospect_id)
        .where(VisitReport.program_id.in_(asked.program_ids), *within, *conditions)
    )  # fmt: skip
