"""The portraits of the demonstration: what its students said, last year and this year, released as a region would."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from certif.kit import clock
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.portraits import enter_student_totals, release_portrait
from certif.surveys import Survey

_STUDENTS = {"secondary": 24_000, "vocational": 1_900, "college": 6_200}
"""Invented: how many students of each level there are."""


def load() -> None:
    """Release each year of each region, on the day its survey closed or today."""
    for survey in db.session.scalars(select(Survey).order_by(Survey.closes_on)).all():
        day = min(clock.now(), dt.datetime.combine(survey.closes_on, dt.time(20), tzinfo=dt.UTC))
        with clock.frozen(day), transaction():
            enter_student_totals(survey.program, survey.school_year, _STUDENTS, by=SYSTEM)
            try:
                release_portrait(survey.program, survey.school_year, by=SYSTEM)
            except Refusal:
                continue  # too few answered: there, the demonstration shows a portrait that waits
