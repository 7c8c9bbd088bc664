"""A trial, weighed: what was counted as long before it as it lasts, and while it lasted; what was aimed at under its objectives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from certif.kit.access import Actor
from certif.kit.paging import Slice, cut, read_cursor
from certif.plans import ActionPlan
from certif.programs import programs_of
from certif.reports.asked import Asked
from certif.reports.figures import Figure, figure_of, figures_of
from certif.reports.indicators import INDICATORS
from certif.reports.model import PilotEvaluation, Target
from certif.reports.queries import READERS, targets_under


@dataclass(frozen=True)
class Weighed:
    """One indicator, before and while; `change`: how many more, None where one of them is not told."""

    before: Figure
    during: Figure

    @property
    def change(self) -> int | None:
        """How many more, or fewer."""
        return None if self.before.count is None or self.during.count is None else self.during.count - self.before.count


@dataclass(frozen=True)
class Reached:
    """A target under one of its objectives, and how far it is."""

    target: Target
    figure: Figure


def pilots_of(actor: Actor, after: str | None) -> Slice[tuple[ActionPlan, PilotEvaluation | None]]:
    """Give the trials of this person's programs, the last made first, each with what is written of it."""
    mine = ActionPlan.program_id.in_([one.id for one in programs_of(actor, *READERS)]), ActionPlan.is_pilot
    found = select(ActionPlan, PilotEvaluation, ActionPlan.made_at.label("since"), ActionPlan.ref)
    found = found.outerjoin(PilotEvaluation, PilotEvaluation.plan_id == ActionPlan.id).where(*mine).options(joinedload(ActionPlan.program))
    page = cut(found, ActionPlan.made_at.expression, ActionPlan.ref.expression, read_cursor(after), newest_first=True)
    return Slice([(row.ActionPlan, row.PilotEvaluation) for row in page.rows], page.next)


def days_before(plan: ActionPlan) -> tuple[dt.date, dt.date]:
    """Give as many days as a trial lasts, right before it."""
    last = plan.from_on - dt.timedelta(days=1)
    return last - (plan.until_on - plan.from_on), last


def weigh(plan: ActionPlan) -> list[Weighed]:
    """Give every indicator of the program, before and while."""
    since, until = days_before(plan)
    before = figures_of(Asked((plan.program,), since, until))
    during = figures_of(Asked((plan.program,), plan.from_on, plan.until_on))
    return [Weighed(one, other) for one, other in zip(before, during, strict=True)]


def reached(plan: ActionPlan) -> Sequence[Reached]:
    """Give each target under its objectives, counted in the target's own period."""
    found = []
    for target in targets_under(plan):
        period = target.period
        asked = Asked((plan.program,), period.from_on, period.until_on, period, objective=target.objective)
        found.append(Reached(target, figure_of(INDICATORS[target.indicator], asked)))
    return found
