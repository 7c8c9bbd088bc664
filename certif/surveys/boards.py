"""The board: how many answers came by each way in, as of now. It counts, and reads no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, Select, func, select, true
from werkzeug.exceptions import NotFound

from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice
from certif.programs import Program
from certif.surveys.model import BoxedResponse, DoorKind, DoorTally, Survey, SurveyDoor
from certif.surveys.running_model import SurveyQuota
from certif.surveys.running_queries import RUNNERS, counts_of, seen_by
from certif.surveys.vouching import Aside, aside_of, most_of

SCHOOLS = 25
"""How many schools a page of the board shows."""

_school = func.coalesce(SurveyDoor.school, "")


@dataclass(frozen=True)
class Came:
    """How many answers came by a way in. `unplaced`, as for `DoorCount`."""

    count: int = 0
    unplaced: int = 0


@dataclass(frozen=True)
class DoorCount:
    """A way in, and how many answers came by it. `unplaced`: those that are still in the box, and are of no place of work."""

    door: SurveyDoor
    count: int
    unplaced: int = 0

    @property
    def share(self) -> int | None:
        """How many of the expected answers, in percent, a hundred at most; None where nothing is expected."""
        return share_of(self.count, self.door.expected)

    @property
    def is_beyond(self) -> bool:
        """Whether more came than there are people: the number was wrong, or the code went too far."""
        return self.door.expected is not None and self.count > self.door.expected and self.door.kind != DoorKind.INVITATIONS

    @property
    def aside(self) -> Aside | None:
        """Why what is still in the box is put aside until staff decide; None where nothing is, unless staff hold what will come."""
        return aside_of(self.door, self.count) if self.unplaced or self.door.held_at else None

    @property
    def most(self) -> int | None:
        """How many answers the way in is vouched for."""
        return most_of(self.door)


@dataclass(frozen=True)
class SchoolCount:
    """A school, its ways in, and what they come to. `school`: empty for ways in that belong to none."""

    school: str
    doors: Sequence[DoorCount]

    @property
    def count(self) -> int:
        """How many answers."""
        return sum(one.count for one in self.doors)

    @property
    def expected(self) -> int | None:
        """How many are expected, by the ways in that are open and say so; None where none does."""
        said = [one.door.expected for one in self.doors if one.door.expected and one.door.shut_at is None]
        return sum(said) if said else None

    @property
    def share(self) -> int | None:
        """As for a way in."""
        return share_of(self.count, self.expected)


@dataclass(frozen=True)
class Totals:
    """A whole survey: answers; those that came from schools, of how many expected (None where no way in says); ways in that are open."""

    count: int
    from_schools: int
    expected: int | None
    doors: int

    @property
    def share(self) -> int | None:
        """As for a way in: an employer's code or a fair brings answers that nobody expected."""
        return share_of(self.from_schools, self.expected)


@dataclass(frozen=True)
class QuotaCount:
    """What is aimed at, and how far it is."""

    quota: SurveyQuota
    count: int

    @property
    def is_reached(self) -> bool:
        """Whether as many came as were aimed at."""
        return self.count >= self.quota.target

    @property
    def share(self) -> int | None:
        """As for a way in."""
        return share_of(self.count, self.quota.target)


def share_of(count: int, expected: int | None) -> int | None:
    """Give a share in whole percents, never more than a hundred, and not a hundred before all have come."""
    return min(100, 100 * count // expected) if expected else None


def board_of(survey: Survey, actor: Actor, after: str | None) -> Slice[SchoolCount]:
    """Give the schools of a survey that this person may see, by name, with their ways in and counts. `after`: the last name before."""
    mine = (SurveyDoor.survey_id == survey.id, seen_by(actor))
    later = _school > after if after else true()
    names = db.session.scalars(select(_school).where(*mine, later).group_by(_school).order_by(_school).limit(SCHOOLS + 1)).all()
    shown = names[:SCHOOLS]
    return Slice(_schools(survey, *mine, _school.in_(shown)), shown[-1] if len(names) > SCHOOLS else None)


def board_for(survey: Survey, email: str) -> list[SchoolCount]:
    """Give the ways in of one contact of a school, with their counts, and no other's."""
    return _schools(survey, SurveyDoor.survey_id == survey.id, SurveyDoor.contact_email == email)


def count_of(door: SurveyDoor) -> DoorCount:
    """Give what came by one way in."""
    came = _counts(door.survey, SurveyDoor.id == door.id).get(door.id, Came())
    return DoorCount(door, came.count, came.unplaced)


def asides_of(survey: Survey, actor: Actor) -> list[DoorCount]:
    """Give the ways in whose answers are put aside, among those that this person sees: by school and name."""
    mine = (SurveyDoor.survey_id == survey.id, seen_by(actor))
    return [one for school in _schools(survey, *mine, SurveyDoor.id.in_(_boxed_doors(survey))) for one in school.doors if one.aside]


def aside_in(program: Program, school_year: str, actor: Actor) -> list[tuple[Survey, int]]:
    """Give the surveys of a year that have answers put aside, and how many."""
    asked = select(Survey).where(Survey.program_id == program.id, Survey.school_year == school_year).order_by(Survey.id)
    counts = [(survey, sum(one.unplaced for one in asides_of(survey, actor))) for survey in db.session.scalars(asked).all()]
    return [(survey, count) for survey, count in counts if count]


def _boxed_doors(survey: Survey) -> Select[tuple[int | None]]:
    is_unplaced = BoxedResponse.establishment_id.is_(None)
    return select(BoxedResponse.door_id).where(BoxedResponse.survey_id == survey.id, is_unplaced).distinct()


def totals_of(survey: Survey, actor: Actor) -> Totals:
    """Count a whole survey; for who sees a part of it, that part."""
    mine = (SurveyDoor.survey_id == survey.id, seen_by(actor))
    is_open = SurveyDoor.shut_at.is_(None)
    expected, doors = db.session.execute(select(func.sum(SurveyDoor.expected), func.count()).where(*mine, is_open)).one()
    from_schools = sum(one.count for one in _counts(survey, *mine, SurveyDoor.school.is_not(None)).values())
    if actor.holds(survey.program_id, *RUNNERS):
        return Totals(counts_of([survey.id]).get(survey.id, 0), from_schools, expected, doors)
    return Totals(sum(one.count for one in _counts(survey, *mine).values()), from_schools, expected, doors)


def quotas_of(survey: Survey) -> list[QuotaCount]:
    """Give what is aimed at, each with what came by the ways in of its level and school body."""
    quotas = db.session.scalars(select(SurveyQuota).where(SurveyQuota.survey_id == survey.id).order_by(SurveyQuota.cell)).all()
    if not quotas:
        return []
    doors = db.session.scalars(select(SurveyDoor).where(SurveyDoor.survey_id == survey.id)).all()
    counts = {door_id: came.count for door_id, came in _counts(survey, SurveyDoor.survey_id == survey.id).items()}
    whole = counts_of([survey.id]).get(survey.id, 0)
    return [QuotaCount(quota, _toward(quota, doors, counts, whole)) for quota in quotas]


def quota_of(survey: Survey, ref: str) -> SurveyQuota:
    """Give what is aimed at under this name in a survey. Refuses (404) any other."""
    found = db.session.scalar(select(SurveyQuota).where(SurveyQuota.survey_id == survey.id, SurveyQuota.ref == ref))
    if found is None:
        raise NotFound
    return found


def _toward(quota: SurveyQuota, doors: Sequence[SurveyDoor], counts: dict[int, int], whole: int) -> int:
    if not quota.level and quota.school_body_id is None:
        return whole
    return sum(
        counts.get(door.id, 0) for door in doors if quota.level in {"", door.level} and quota.school_body_id in {None, door.school_body_id}
    )


def _schools(survey: Survey, *which: ColumnElement[bool]) -> list[SchoolCount]:
    doors = db.session.scalars(select(SurveyDoor).where(*which).order_by(_school, SurveyDoor.label, SurveyDoor.id)).all()
    counts = _counts(survey, *which)
    came = [(door, counts.get(door.id, Came())) for door in doors]
    counted = [DoorCount(door, one.count, one.unplaced) for door, one in came]
    return [SchoolCount(name, list(group)) for name, group in groupby(counted, key=lambda one: one.door.school or "")]


def _counts(survey: Survey, *which: ColumnElement[bool]) -> dict[int, Came]:
    """Count the answers by way in: those that left the box from their tallies, those still in it from the box of this survey."""
    tallied = select(DoorTally.door_id, DoorTally.count).join(SurveyDoor, SurveyDoor.id == DoorTally.door_id).where(*which)
    boxed = (
        select(BoxedResponse.door_id, func.count(), func.count(BoxedResponse.establishment_id))
        .join(SurveyDoor, SurveyDoor.id == BoxedResponse.door_id)
        .where(BoxedResponse.survey_id == survey.id, *which)
        .group_by(BoxedResponse.door_id)
    )
    found = {door_id: Came(count) for door_id, count in db.session.execute(tallied)}
    for door_id, count, placed in db.session.execute(boxed):
        found[door_id] = Came(found.get(door_id, Came()).count + count, count - placed)
    return found
