"""What an employer promised for a later day, as the public reads it: what is still to come is said to be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, case, cast, func, literal_column, select

from certif.certification import Certification, Milestone, MilestoneCompletion
from certif.kit import clock
from certif.kit.languages import _, format_month
from certif.programs import ProgramVersion


@dataclass(frozen=True)
class Later:
    """A commitment (its id) to be met by a day, and whether the employer says that it is."""

    commitment: str
    due_on: dt.date
    is_done: bool

    def said(self, version: ProgramVersion) -> str:
        """Say it in the reader's language, with the month it is promised for."""
        promise = str(version.commitment(self.commitment).text)
        promise, month = promise[:1].upper() + promise[1:], format_month(self.due_on)
        if self.is_done:
            return str(_("%(promise)s (fait, selon l’employeur).", promise=promise))
        if self.due_on < clock.today():
            return str(_("%(promise)s (promis pour %(month)s, pas encore déclaré fait).", promise=promise, month=month))
        return str(_("%(promise)s (d’ici %(month)s).", promise=promise, month=month))


def later_column() -> ColumnElement[str | None]:
    """Give what each `Certification` of a statement promised for later, as one text that `read_later` reads."""
    blank, done = _written(" "), case((MilestoneCompletion.id.is_not(None), _written("1")), else_=_written("0"))
    line = cast(Milestone.due_on, String) + blank + done + blank + Milestone.commitment
    lines = (
        select(func.aggregate_strings(line, _written("\n")))  # type: ignore[arg-type]
        .select_from(Milestone)
        .outerjoin(MilestoneCompletion, MilestoneCompletion.milestone_id == Milestone.id)
        .where(Milestone.certification_id == Certification.id)
        .correlate(Certification)
    )
    return lines.scalar_subquery().label("later")


def _written(sign: str) -> ColumnElement[str]:
    """Give a sign as it stands in the statement, which has one parameter only: the code."""
    return literal_column(f"'{sign}'", String)


def read_later(lines: str | None) -> tuple[Later, ...]:
    """Read the column of `later_column`."""
    parts = (line.split(" ", 2) for line in (lines or "").split("\n") if line)
    return tuple(Later(name, dt.date.fromisoformat(day), done == "1") for day, done, name in parts)
