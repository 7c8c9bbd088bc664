"""Which answers count for everyone: those of ways in that were handed to a number of people that somebody said, and no more than that.

Nobody who answers says who they are, so nothing tells one person who answers a hundred times from a hundred who answer once. What is known
is to how many a code was handed. Answers beyond that, or by a code of which nobody said it, wait in the box, uncounted, until staff say how
many people there are, or erase them unread; so do those of a code that staff hold, because others than its class answered first. The code
of a place of work hangs where anyone passes: what comes by it counts there alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select

from certif.kit.db import db
from certif.surveys.model import BoxedResponse, DoorKind, DoorTally, Survey, SurveyDoor

CLASS_AT_MOST = 40
"""How many people a class has at most, where nobody said how many."""
_LEAST_ROOM, _ONE_IN = 3, 5


class Aside(StrEnum):
    """Why answers are put aside: staff hold them; more came than there are people; nobody said how many there are."""

    HELD = "held"
    BEYOND = "beyond"
    UNSAID = "unsaid"


def most_of(door: SurveyDoor) -> int | None:
    """Give how many answers a way in is vouched for: the people it was handed to, a fifth more, three at least. None: links serve once."""
    if door.kind == DoorKind.INVITATIONS:
        return None
    people = door.expected or (CLASS_AT_MOST if door.kind == DoorKind.CLASS else 0)
    return people + max(_LEAST_ROOM, people // _ONE_IN) if people else 0


def aside_of(door: SurveyDoor, count: int) -> Aside | None:
    """Say why the answers of a way in are put aside, once so many have come by it, counted or not; None where they are not."""
    if door.held_at is not None:
        return Aside.HELD
    most = most_of(door)
    if most is None or count <= most:
        return None
    return Aside.BEYOND if most else Aside.UNSAID


def piles_of(survey: Survey) -> Iterator[ColumnElement[bool]]:
    """Give, as conditions on what is in the box, the answers that may leave it: those that count for everyone, those of places of work.

    The two never leave together: a batch of one would be hidden in a batch of the other, and its few people told by subtraction.
    """
    boxed, by_code = BoxedResponse, BoxedResponse.establishment_id.is_(None)
    waiting = select(boxed.door_id, func.count().label("count")).where(boxed.survey_id == survey.id).group_by(boxed.door_id).subquery()
    counted = func.coalesce(DoorTally.count, 0) + waiting.c.count
    known = select(SurveyDoor, counted).join(waiting, waiting.c.door_id == SurveyDoor.id)
    known = known.outerjoin(DoorTally, DoorTally.door_id == SurveyDoor.id).order_by(SurveyDoor.id)
    doors = [door.id for door, count in db.session.execute(known) if aside_of(door, count) is None]
    yield and_(boxed.survey_id == survey.id, by_code, boxed.door_id.in_(doors))
    yield and_(boxed.survey_id == survey.id, ~by_code)
