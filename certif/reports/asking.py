"""What an address asks of the figures: read once, alike for the page, the list behind a figure, the PDF and the workbook."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.access import Actor
from certif.plans import funders_of, objectives_in
from certif.programs import programs_of
from certif.reports.asked import Asked
from certif.reports.forms import QuestionForm
from certif.reports.queries import READERS, mrcs_of, newest_periods, usual_days


def question_of(actor: Actor) -> tuple[QuestionForm, Asked]:
    """Give the form of this address, and what it asks: of all of this person's programs, this school year, unless it says otherwise.

    Refuses (404) someone who reads the figures of no program.
    """
    programs = programs_of(actor, *READERS)
    if not programs:
        raise NotFound
    periods, places = newest_periods(*programs), mrcs_of(*programs)
    funders, objectives = funders_of(*programs), objectives_in(*programs)
    form = QuestionForm().offer(programs, periods, places, funders, objectives)
    period = next((one for one in periods if one.ref == form.asked("period")), None)
    slug = period.program.slug if period else form.asked("program")
    since, until = usual_days(clock.today())
    if period is None:
        since, until = form.asked("since") or since, form.asked("until") or until
    else:
        since, until = period.from_on, period.until_on
    return form, Asked(
        tuple(one for one in programs if slug in {None, one.slug}), since, max(since, until), period,
        mrc=next((one for one in places if one.slug == form.asked("mrc")), None),
        funder=next((one for one in funders if one.ref == form.asked("funder")), None), axis=form.asked("axis"),
        objective=next((one for one in objectives if one.ref == form.asked("objective")), None), audience=form.asked("audience"),
    )  # fmt: skip
