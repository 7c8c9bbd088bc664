"""Emptying the box: answers leave it many at once, in no order, without the way in they came by, and are counted.

Nothing leaves before a survey's threshold of new answers is there, so that no two figures differ by fewer. Those that are too few when a
survey ends stay in the box, uncounted, and are forgotten a month later; so are those that nobody vouches for (`vouching`). Where the
engine marks each row with the transaction that wrote it, those that stay are written again within the minute, all together with the links
of their ways in.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    Select,
    Subquery,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    select,
    union,
    update,
)

from certif.employers import Establishment
from certif.kit import clock
from certif.kit.db import db, lock, transaction, wipe_traces
from certif.kit.jobs import recurring
from certif.kit.tallies import add
from certif.surveys.counting import Place, Places, counted
from certif.surveys.model import BoxedResponse, DoorTally, Survey, SurveyDoor, SurveyInvitation, SurveyResponse, SurveyTally
from certif.surveys.queries import definition_of
from certif.surveys.vouching import piles_of

MOST_AT_ONCE = 10_000
KEPT_AFTER = dt.timedelta(days=365)
"""How long the links of a survey stay after its last day."""
BOXED_AFTER = dt.timedelta(days=30)
"""How long what was too little to be counted stays: it never will be."""

_PLAIN = {"synchronize_session": False}


@recurring("fold_answers", every=dt.timedelta(minutes=1))
def fold_answers() -> None:
    """Empty the box of each survey that holds enough."""
    waiting = select(BoxedResponse.survey_id, func.count()).group_by(BoxedResponse.survey_id)
    moved = 0
    for survey_id, _count in db.session.execute(waiting).all():
        while some := fold(survey_id):
            moved += some
        moved += blend(survey_id)
    if moved:
        wipe_traces(BoxedResponse, SurveyInvitation)


def fold(survey_id: int, most: int = MOST_AT_ONCE) -> int:
    """Move answers of a survey out of the box and count them, all at once, in a unit of work of its own.

    Takes: `most`, how many at a time.
    Gives: how many; 0 while fewer than the survey's threshold are there that may leave.
    """
    with transaction():
        survey = lock(db.session.get_one(Survey, survey_id))
        _drop_replays(survey)
        return sum(_empty(survey, pile, most) for pile in piles_of(survey))


def _empty(survey: Survey, pile: ColumnElement[bool], most: int) -> int:
    there = db.session.scalar(select(func.count()).select_from(BoxedResponse).where(pile)) or 0
    taken = min(there, most)
    if there - taken < survey.least_shown:
        taken = there  # what would be left behind is too little to leave by itself
    if taken < survey.least_shown:
        return 0
    rows = _looked_at(pile, taken)
    _count(survey, rows)
    _move(rows)
    return len(rows)


def blend(survey_id: int) -> int:
    """Write again, in one transaction, the answers that stay in a box and the links that served by the same ways in.

    An answer and its link are written by the same transaction, whose mark PostgreSQL leaves on both rows; SQLite leaves none.
    Gives: how many were written; 0 where they bear one mark already.
    """
    if db.engine.dialect.name != "postgresql":
        return 0
    with transaction():
        lock(db.session.get_one(Survey, survey_id))
        answers = BoxedResponse.survey_id == survey_id
        doors = select(BoxedResponse.door_id).where(answers)
        links = and_(SurveyInvitation.door_id.in_(doors), SurveyInvitation.used_on.is_not(None))
        if (db.session.scalar(select(func.count()).select_from(_marks(answers, links))) or 0) < 2:
            return 0
        again = update(BoxedResponse).where(answers).values(language=BoxedResponse.language)
        served = update(SurveyInvitation).where(links).values(used_on=SurveyInvitation.used_on)
        return sum(db.session.execute(one, execution_options=_PLAIN).rowcount for one in (again, served))  # type: ignore[attr-defined]


def _marks(answers: ColumnElement[bool], links: ColumnElement[bool]) -> Subquery:
    """Give the marks of transactions that these rows bear, each once."""
    kinds = (BoxedResponse, answers), (SurveyInvitation, links)
    marks = [select(cast(literal_column(f"{table.__tablename__}.xmin"), Text)).select_from(table).where(rows) for table, rows in kinds]
    return union(*marks).subquery()


def _drop_replays(survey: Survey) -> None:
    """Forget the sheets sent again after the box was emptied: their answer is there."""
    is_kept = exists().where(SurveyResponse.id == BoxedResponse.id)
    db.session.execute(delete(BoxedResponse).where(BoxedResponse.survey_id == survey.id, is_kept), execution_options=_PLAIN)


def _looked_at(pile: ColumnElement[bool], count: int) -> Sequence[Row[Any]]:
    """Read answers of the box, those whose random names come first, with the place of the way in, else that of the place of work."""
    box, mrc_id = BoxedResponse, func.coalesce(SurveyDoor.mrc_id, Establishment.mrc_id)
    wanted = (
        select(box.id, box.door_id, mrc_id, SurveyDoor.school_body_id, box.establishment_id, box.answers, box.is_flagged)
        .select_from(box)
        .outerjoin(SurveyDoor, SurveyDoor.id == box.door_id)
        .outerjoin(Establishment, Establishment.id == box.establishment_id)
        .where(pile)
    )
    return db.session.execute(wanted.order_by(box.id).limit(count)).all()


def _count(survey: Survey, rows: Sequence[Row[Any]]) -> None:
    """Add answers to the tallies of every cut, and of the ways in they came by, whose links are written again together."""
    said = ((Place(*row[2:5]), row.answers, row.is_flagged) for row in rows)
    cells = counted(definition_of(survey.questionnaire), said, Places())
    add(SurveyTally, {(survey.id, *cell): count for cell, count in cells.items()})
    doors = Counter(row.door_id for row in rows if row.door_id is not None)
    add(DoorTally, {(door_id,): count for door_id, count in doors.items()})
    links = update(SurveyInvitation).where(SurveyInvitation.door_id.in_(list(doors)), SurveyInvitation.used_on.is_not(None))
    db.session.execute(links.values(used_on=SurveyInvitation.used_on), execution_options=_PLAIN)


def _move(rows: Sequence[Row[Any]]) -> None:
    """Write the answers that were looked at as one statement, in an order drawn by the database, and take them out of the box."""
    box, names = BoxedResponse, [row.id for row in rows]
    week = clock.today() - dt.timedelta(days=clock.today().weekday())
    mrc_id = func.coalesce(SurveyDoor.mrc_id, Establishment.mrc_id)
    moved = (
        select(
            box.id, box.survey_id, literal(week, Date()), mrc_id, SurveyDoor.school_body_id, box.establishment_id, box.language,
            box.answers, box.is_flagged,
        )
        .select_from(box)
        .outerjoin(SurveyDoor, SurveyDoor.id == box.door_id)
        .outerjoin(Establishment, Establishment.id == box.establishment_id)
        .where(box.id.in_(names))
        .order_by(_any_order())
    )  # fmt: skip
    columns = ("id", "survey_id", "week", "mrc_id", "school_body_id", "establishment_id", "language", "answers", "is_flagged")
    db.session.execute(insert(SurveyResponse).from_select(columns, moved), execution_options=_PLAIN)
    db.session.execute(delete(box).where(box.id.in_(names)), execution_options=_PLAIN)


def _any_order() -> ColumnElement[Any]:
    return func.random()


@recurring("forget_survey_leftovers", every=dt.timedelta(days=1), retention=True)
def forget_survey_leftovers() -> None:
    """Forget, a month after a survey's last day, what was too little to be counted, and, a year after, which links have served."""
    with transaction():
        db.session.execute(delete(BoxedResponse).where(BoxedResponse.survey_id.in_(_over_for(BOXED_AFTER))), execution_options=_PLAIN)
        doors = select(SurveyDoor.id).where(SurveyDoor.survey_id.in_(_over_for(KEPT_AFTER)))
        db.session.execute(delete(SurveyInvitation).where(SurveyInvitation.door_id.in_(doors)), execution_options=_PLAIN)


def _over_for(long: dt.timedelta) -> Select[tuple[int]]:
    return select(Survey.id).where(Survey.closes_on < clock.today() - long)
