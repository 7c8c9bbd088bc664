"""Counting everything anew from the answers that are kept: what the tallies should say, and where they say otherwise.

A survey that was counted in an older way differs without anyone's fault: a job counts it anew, once, and holds it for a moment only.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import delete, func, select

from certif.kit.db import db, lock, reading, transaction
from certif.kit.jobs import recurring
from certif.kit.tallies import add
from certif.surveys.counting import Cell, Place, Places, counted
from certif.surveys.model import COUNTED_AS, Survey, SurveyResponse, SurveyTally
from certif.surveys.queries import definition_of

_AT_ONCE = 20_000

Difference = tuple[Cell, int, int]
"""A cell, what its tally says, what the answers say."""


@dataclass(frozen=True)
class Recounted:
    """What became of a survey. `is_older`: it was counted in an older way, and what differs is expected."""

    title: str
    differences: list[Difference]
    is_older: bool


@recurring("count_older_answers", every=dt.timedelta(minutes=10))
def count_older_answers() -> None:
    """Count anew the surveys that were counted in an older way."""
    for survey_id in db.session.scalars(select(Survey.id).where(Survey.counted_as < COUNTED_AS).order_by(Survey.id)).all():
        bring_up_to_date(survey_id)


def bring_up_to_date(survey_id: int) -> bool:
    """Count a survey in the way of today. It is held while what differs is written, not while its answers are read.

    Gives: False where answers left the box meanwhile; it is then for another time.
    """
    with reading():
        many, found = _many(survey_id), _differences(db.session.get_one(Survey, survey_id))
    with transaction():
        survey = lock(db.session.get_one(Survey, survey_id))
        if _many(survey_id) != many:
            return False
        _put_right(survey, found)
    return True


def _many(survey_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(SurveyResponse).where(SurveyResponse.survey_id == survey_id)) or 0


def recount(survey: Survey, *, apply: bool = False) -> list[Difference]:
    """Count a survey's answers anew, some thousands at a time, and compare with its tallies; the survey is held for as long.

    Takes: `apply`, to put right what differs, in a unit of work of its own.
    Gives: each cell that differs; none is expected.
    """
    if not apply:
        return _differences(survey)
    with transaction():
        found = _differences(lock(survey))
        _put_right(survey, found)
    return found


def _put_right(survey: Survey, found: list[Difference]) -> None:
    for (cut, key, question, value, is_flagged), _told, _true in found:
        cell = {"survey_id": survey.id, "cut": cut, "key": key, "question": question, "value": value, "is_flagged": is_flagged}
        db.session.execute(delete(SurveyTally).filter_by(**cell).execution_options(synchronize_session=False))
    add(SurveyTally, {(survey.id, *cell): true for cell, _told, true in found if true})
    survey.counted_as = COUNTED_AS


def recounted(*, apply: bool = False) -> Iterator[Recounted]:
    """Count every survey's answers anew, one survey after the other."""
    for survey in list(db.session.scalars(select(Survey).order_by(Survey.id))):
        title, is_older = f"{survey.title_fr}, {survey.program.name}, {survey.school_year}", survey.counted_as < COUNTED_AS
        yield Recounted(title, recount(survey, apply=apply), is_older)


def _differences(survey: Survey) -> list[Difference]:
    true = _counts(survey)
    tallies = select(
        SurveyTally.cut, SurveyTally.key, SurveyTally.question, SurveyTally.value, SurveyTally.is_flagged, SurveyTally.count
    ).where(SurveyTally.survey_id == survey.id)
    told: dict[Cell, int] = {tuple(row[:5]): row[5] for row in db.session.execute(tallies)}
    cells = sorted(told.keys() | true.keys())
    return [(cell, told.get(cell, 0), true[cell]) for cell in cells if told.get(cell, 0) != true[cell]]


def _counts(survey: Survey) -> Counter[Cell]:
    definition, places, cells = definition_of(survey.questionnaire), Places(), Counter[Cell]()
    wanted = select(
        SurveyResponse.mrc_id, SurveyResponse.school_body_id, SurveyResponse.establishment_id, SurveyResponse.answers,
        SurveyResponse.is_flagged,
    ).where(SurveyResponse.survey_id == survey.id)  # fmt: skip
    rows = iter(db.session.execute(wanted.execution_options(yield_per=_AT_ONCE)))
    while some := list(islice(rows, _AT_ONCE)):
        cells.update(counted(definition, _said(some), places))
    return cells


def _said(rows: list[Any]) -> Iterator[tuple[Place, Any, bool]]:
    for row in rows:
        yield Place(row.mrc_id, row.school_body_id, row.establishment_id), row.answers, row.is_flagged
