"""Emptying the box: answers leave it many at once, in no order, without the way in they came by, and are counted.

Nothing leaves before a survey's threshold of new answers is there, so that no two figures differ by fewer. Those that are too few when a
survey ends stay in the box, uncounted, and are forgotten a year later.
"""

from __future__ import annotations

import datetime as dt
import random
import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, exists, func, insert, select, update

from certif.employers import Establishment
from certif.kit import clock
from certif.kit.db import db, lock, transaction, wipe_traces
from certif.kit.jobs import recurring
from certif.kit.tallies import add
from certif.surveys.counting import Place, Places, counted
from certif.surveys.model import BoxedResponse, DoorTally, Survey, SurveyDoor, SurveyInvitation, SurveyResponse, SurveyTally
from certif.surveys.queries import definition_of

MOST_AT_ONCE = 10_000
KEPT_AFTER = dt.timedelta(days=365)
"""How long what was too little to be counted, and the links of a survey, stay after its last day."""

_chance: random.Random = secrets.SystemRandom()


@recurring("fold_answers", every=dt.timedelta(minutes=1))
def fold_answers() -> None:
    """Empty the box of each survey that holds enough."""
    waiting = select(BoxedResponse.survey_id, func.count()).group_by(BoxedResponse.survey_id)
    moved = 0
    for survey_id, _count in db.session.execute(waiting).all():
        while some := fold(survey_id):
            moved += some
    if moved:
        wipe_traces(BoxedResponse, SurveyInvitation)


def fold(survey_id: int, most: int = MOST_AT_ONCE) -> int:
    """Move answers of a survey out of the box and count them, all at once, in a unit of work of its own.

    Takes: `most`, how many at a time.
    Gives: how many; 0 while fewer than the survey's threshold are there.
    """
    with transaction():
        survey = lock(db.session.get_one(Survey, survey_id))
        _drop_replays(survey)
        there = db.session.scalar(select(func.count()).where(BoxedResponse.survey_id == survey_id)) or 0
        taken = min(there, most)
        if there - taken < survey.least_shown:
            taken = there  # what would be left behind is too little to leave by itself
        if taken < survey.least_shown:
            return 0
        rows = list(_taken(survey, taken))
        _chance.shuffle(rows)
        _keep(survey, rows)
        return len(rows)


def _drop_replays(survey: Survey) -> None:
    """Forget the sheets sent again after the box was emptied: their answer is there."""
    is_kept = exists().where(SurveyResponse.id == BoxedResponse.id)
    db.session.execute(
        delete(BoxedResponse).where(BoxedResponse.survey_id == survey.id, is_kept).execution_options(synchronize_session=False)
    )


def _taken(survey: Survey, count: int) -> Sequence[Row[Any]]:
    """Take answers out of the box, those whose random names come first."""
    chosen = select(BoxedResponse.id).where(BoxedResponse.survey_id == survey.id).order_by(BoxedResponse.id).limit(count)
    table = BoxedResponse
    out = delete(table).where(table.id.in_(chosen)).execution_options(synchronize_session=False)
    return db.session.execute(
        out.returning(table.id, table.door_id, table.establishment_id, table.language, table.answers, table.is_flagged)
    ).all()


def _keep(survey: Survey, rows: Sequence[Row[Any]]) -> None:
    """Write answers without the way in they came by, and count them; the links of these ways in are written again together."""
    placed, week = _places(rows), clock.today() - dt.timedelta(days=clock.today().weekday())
    db.session.execute(
        insert(SurveyResponse),
        [
            {
                "id": row.id, "survey_id": survey.id, "week": week, "mrc_id": place.mrc_id, "school_body_id": place.school_body_id,
                "establishment_id": place.establishment_id, "language": row.language, "answers": row.answers, "is_flagged": row.is_flagged,
            }
            for row, place in zip(rows, placed, strict=True)
        ],
    )  # fmt: skip
    said = ((place, row.answers, row.is_flagged) for row, place in zip(rows, placed, strict=True))
    cells = counted(definition_of(survey.questionnaire), said, Places())
    add(SurveyTally, {(survey.id, *cell): count for cell, count in cells.items()})
    doors = Counter(row.door_id for row in rows if row.door_id is not None)
    add(DoorTally, {(door_id,): count for door_id, count in doors.items()})
    links = update(SurveyInvitation).where(SurveyInvitation.door_id.in_(list(doors)), SurveyInvitation.used_on.is_not(None))
    db.session.execute(links.values(used_on=SurveyInvitation.used_on).execution_options(synchronize_session=False))


def _places(rows: Sequence[Row[Any]]) -> list[Place]:
    """Give the place of each answer: that of its way in, else that of the place of work."""
    doors, works = {row.door_id for row in rows}, {row.establishment_id for row in rows}
    ways = select(SurveyDoor.id, SurveyDoor.mrc_id, SurveyDoor.school_body_id).where(SurveyDoor.id.in_(doors - {None}))
    known = {door_id: (mrc_id, body_id) for door_id, mrc_id, body_id in db.session.execute(ways)}
    where = select(Establishment.id, Establishment.mrc_id).where(Establishment.id.in_(works - {None}))
    mrcs: dict[int, int] = dict(db.session.execute(where).tuples().all())
    found = []
    for row in rows:
        mrc_id, body_id = known.get(row.door_id, (None, None))
        found.append(Place(mrc_id or mrcs.get(row.establishment_id), body_id, row.establishment_id))
    return found


@recurring("forget_survey_leftovers", every=dt.timedelta(days=1), retention=True)
def forget_survey_leftovers() -> None:
    """Forget, a year after a survey's last day, what was too little to be counted, and which links have served."""
    over = select(Survey.id).where(Survey.closes_on < clock.today() - KEPT_AFTER)
    doors = select(SurveyDoor.id).where(SurveyDoor.survey_id.in_(over))
    with transaction():
        db.session.execute(delete(BoxedResponse).where(BoxedResponse.survey_id.in_(over)).execution_options(synchronize_session=False))
        db.session.execute(delete(SurveyInvitation).where(SurveyInvitation.door_id.in_(doors)).execution_options(synchronize_session=False))
