"""Emptying the box: many answers at once, in no order, counted once in every cut."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from certif.employers import Establishment, establishments_of
from certif.kit import clock
from certif.kit.access import VISITOR
from certif.kit.db import db, transaction
from certif.surveys import (
    BoxedResponse,
    Cut,
    DoorKind,
    DoorTally,
    Survey,
    SurveyDoor,
    SurveyResponse,
    SurveyTally,
    fold,
    folding,
    recount,
    recounted,
    recounting,
    way_at,
)
from certif.surveys.actions import answer
from certif.surveys.recounting import bring_up_to_date, count_older_answers
from certif.territory import mrcs, partners
from tests.factories import make_employer
from tests.surveys.asking import BUSY, IDLE, give_links, open_door


def box(door: SurveyDoor, count: int, **changes: Any) -> list[str]:
    """Put answers in the box, one after the other; give their names in the order in which they came."""
    names = []
    with transaction():
        way = way_at(door.code)
        assert way is not None
        for _each in range(count):
            names.append(uuid.uuid4().hex)
            answer(way, {"age": "16_17", **BUSY, **changes, **way.known}, sheet_id=names[-1], by=VISITOR)
    return names


def count_of(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def tally(survey: Survey, cut: Cut, key: str, question: str) -> dict[str, int]:
    mine = SurveyTally.survey_id == survey.id, SurveyTally.cut == cut, SurveyTally.key == key, SurveyTally.question == question
    found: Counter[str] = Counter()
    for value, count in db.session.execute(select(SurveyTally.value, SurveyTally.count).where(*mine)):
        found[value] += count
    return dict(found)


def test_nothing_leaves_the_box_before_enough_are_there(survey: Survey) -> None:
    with transaction():
        door = open_door(survey)
    box(door, 9)
    assert fold(survey.id) == 0
    assert (count_of(BoxedResponse), count_of(SurveyResponse)) == (9, 0)
    box(door, 1)
    assert fold(survey.id) == 10
    assert (count_of(BoxedResponse), count_of(SurveyResponse)) == (0, 10)
    box(door, 9)
    assert fold(survey.id) == 0, "the next batch waits for as many"


def test_what_is_left_over_never_goes_alone(survey: Survey) -> None:
    with transaction():
        door = open_door(survey)
    box(door, 45)
    assert fold(survey.id, most=20) == 20
    assert fold(survey.id, most=20) == 25, "five would have been left behind"
    with transaction():
        survey.least_shown = 30
    box(door, 29)
    assert fold(survey.id, most=20) == 0


def test_every_cut_is_counted(survey: Survey) -> None:
    place, body = mrcs()[0], partners()[0]
    with transaction():
        door = open_door(survey, level="secondary", mrc_id=place.id, school_body_id=body.id)
        other = open_door(survey, level="college")
    box(door, 12)
    box(door, 3, hours_week=30, hours_weekend=15)
    box(other, 5, **{name: answer for name, answer in IDLE.items() if name == "works"})
    assert fold(survey.id) == 20
    assert tally(survey, Cut.ALL, "", "*") == {"": 20}
    assert tally(survey, Cut.ALL, "", "hours_total") == {"15": 17, "45": 3}
    assert tally(survey, Cut.MRC, place.slug, "*") == {"": 15}
    assert tally(survey, Cut.SCHOOL_BODY, body.ref, "motive") == {"spending": 15, "friends": 15}
    assert tally(survey, Cut.LEVEL, "college", "*") == {"": 5}
    assert tally(survey, Cut.LEVEL, "secondary", "hours_week") == {"8": 12, "30": 3}
    assert tally(survey, Cut.SECTOR, "72", "*") == {"": 20}
    assert tally(survey, Cut.MRC_SECTOR, f"{place.slug}/72", "success_matters") == {"very": 15}
    flagged = select(func.sum(SurveyTally.count)).where(SurveyTally.cut == Cut.ALL, SurveyTally.question == "*", SurveyTally.is_flagged)
    assert db.session.scalar(flagged) == 3
    assert dict(db.session.execute(select(DoorTally.door_id, DoorTally.count)).tuples().all()) == {door.id: 15, other.id: 5}
    assert recount(survey) == []


def count_at_work_and_at_school(survey: Survey) -> Establishment:
    """Count ten answers of a place of work, and twelve of a school. Gives: the place of work."""
    with transaction():
        door, school = open_door(survey, DoorKind.OPEN), open_door(survey)
    place, names = establishments_of(make_employer())[0], box(door, 10)
    box(school, 12)
    with transaction():
        db.session.execute(update(BoxedResponse).where(BoxedResponse.id.in_(names)).values(establishment_id=place.id))
    fold(survey.id)
    return place


def test_an_answer_of_a_place_of_work_counts_there_and_nowhere_else(survey: Survey) -> None:
    place = count_at_work_and_at_school(survey)
    assert tally(survey, Cut.ESTABLISHMENT, place.ref, "*") == {"": 10}
    assert tally(survey, Cut.ALL, "", "*") == {"": 12}
    assert tally(survey, Cut.SECTOR, "72", "*") == {"": 12}
    assert tally(survey, Cut.MRC, place.mrc.slug, "*") == {}
    assert tally(survey, Cut.MRC_SECTOR, f"{place.mrc.slug}/72", "*") == {}
    assert recount(survey) == []


def test_a_few_answers_of_a_place_of_work_never_leave_with_those_that_count_for_everyone(survey: Survey) -> None:
    """Together they would be enough, and the few of one kind would be told by subtraction."""
    with transaction():
        door, school = open_door(survey, DoorKind.OPEN), open_door(survey)
    place, names = establishments_of(make_employer())[0], box(door, 9)
    box(school, 9)
    with transaction():
        db.session.execute(update(BoxedResponse).where(BoxedResponse.id.in_(names)).values(establishment_id=place.id))
    assert fold(survey.id) == 0
    box(school, 1)
    assert fold(survey.id) == 10
    assert (count_of(BoxedResponse), tally(survey, Cut.ALL, "", "*")) == (9, {"": 10})


def test_counting_anew_finds_what_was_tampered_with_and_puts_it_right(survey: Survey) -> None:
    with transaction():
        door = open_door(survey)
    box(door, 30)
    fold(survey.id)
    with transaction():
        db.session.execute(update(SurveyTally).where(SurveyTally.question == "works").values(count=31))
        db.session.execute(delete(SurveyTally).where(SurveyTally.question == "jobs"))
        db.session.add(SurveyTally(survey_id=survey.id, cut=Cut.ALL, key="", question="x", value="y", is_flagged=False, count=2))
    found = recount(survey)
    assert {(cell[0], cell[2], told, true) for cell, told, true in found if cell[0] == Cut.ALL} == {
        ("all", "works", 31, 30), ("all", "jobs", 0, 30), ("all", "x", 2, 0),
    }  # fmt: skip
    assert recount(survey, apply=True) == found
    assert recount(survey) == []


def test_what_was_counted_in_an_older_way_is_counted_anew_once_and_by_itself(survey: Survey) -> None:
    count_at_work_and_at_school(survey)
    with transaction():
        db.session.execute(delete(SurveyTally).where(SurveyTally.cut == Cut.GRADE))
        db.session.execute(update(SurveyTally).where(SurveyTally.cut == Cut.ALL).values(count=SurveyTally.count + 10))
        db.session.execute(update(Survey).values(counted_as=1))
    assert [one.is_older for one in recounted() if one.differences] == [True], "and the command says that it is no fault"
    count_older_answers()
    assert [(one.is_older, one.differences) for one in recounted()] == [(False, [])]
    assert tally(survey, Cut.GRADE, "secondary/sec_4", "*") == {"": 12}


def test_answers_that_leave_the_box_meanwhile_are_not_counted_twice(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction():
        survey.counted_as = 1
        door = open_door(survey)
    box(door, 12)
    honestly = recounting._differences
    monkeypatch.setattr(recounting, "_differences", lambda one: [honestly(one), fold(one.id)][0])
    assert not bring_up_to_date(survey.id), "it is for another time"
    assert bring_up_to_date(survey.id)
    assert tally(survey, Cut.ALL, "", "*") == {"": 12}


def test_a_sheet_sent_again_after_the_box_was_emptied_is_not_counted(survey: Survey) -> None:
    with transaction():
        door = open_door(survey)
    names = box(door, 10)
    fold(survey.id)
    with transaction():
        way = way_at(door.code)
        assert way is not None
        for name in names:
            answer(way, {"age": "16_17", **BUSY}, sheet_id=name, by=VISITOR)
    assert fold(survey.id) == 0
    assert (count_of(BoxedResponse), count_of(SurveyResponse)) == (0, 10)
    assert tally(survey, Cut.ALL, "", "*") == {"": 10}


def test_what_is_kept_says_neither_the_way_in_nor_the_instant(survey: Survey) -> None:
    columns = {column.name for column in SurveyResponse.__table__.columns}
    assert columns == {
        "id", "survey_id", "week", "mrc_id", "school_body_id", "establishment_id", "language", "answers", "is_flagged",
    }  # fmt: skip
    with transaction():
        door = open_door(survey)
    box(door, 12)
    fold(survey.id)
    weeks = set(db.session.scalars(select(SurveyResponse.week)))
    assert [week.weekday() for week in weeks] == [0], "a Monday"
    assert (clock.today() - weeks.pop()).days < 7


def order_of_arrival_left(survey: Survey, count: int) -> float:
    """Say how much the order in which rows lie on disk tells of the order in which people answered: 1, all of it; 0, nothing."""
    with transaction():
        door = open_door(survey)
    names = box(door, count)
    fold(survey.id)
    lying = list(db.session.scalars(select(SurveyResponse.id)))  # as the table is walked
    came = {name: number for number, name in enumerate(names)}
    ranks = [came[name] for name in lying]
    middle = (count - 1) / 2
    spread = sum((number - middle) ** 2 for number in range(count))
    return sum((place - middle) * (rank - middle) for place, rank in enumerate(ranks)) / spread


def test_the_order_of_the_rows_says_nothing_of_the_order_of_answers(survey: Survey) -> None:
    assert abs(order_of_arrival_left(survey, 300)) < 0.25  # by chance alone, more than four times in a million


def test_without_its_shuffle_and_random_names_it_would(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(10**6))
    monkeypatch.setattr(folding, "_any_order", lambda: BoxedResponse.id)
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=next(numbers)))
    assert order_of_arrival_left(survey, 300) == 1.0


def test_links_are_written_again_together(survey: Survey) -> None:
    with transaction():
        door = open_door(survey, DoorKind.INVITATIONS)
        links = give_links(door, 12)
    for link in links[:11]:
        with transaction():
            way = way_at(link)
            assert way is not None
            answer(way, {"age": "16_17", **BUSY}, sheet_id=uuid.uuid4().hex, by=VISITOR)
    assert fold(survey.id) == 11
    if db.engine.dialect.name == "postgresql":
        marks = db.session.execute(
            func.count(func.distinct(db.text("xmin::text"))).select().select_from(db.text("survey_invitation where used_on is not null"))
        )
        assert marks.scalar() == 1, "the transaction that wrote a row says nothing of whose answer came with it"


def marks() -> list[int]:
    """Give on how many rows each mark of a transaction lies, which PostgreSQL leaves on answers in the box and on links that served."""
    asked = (
        "SELECT count(*) FROM (SELECT xmin::text AS mark FROM boxed_response"
        " UNION ALL SELECT xmin::text FROM survey_invitation WHERE used_on IS NOT NULL) AS rows GROUP BY mark"
    )
    return list(db.session.scalars(db.text(asked)))


def test_answers_that_stay_in_the_box_are_written_again_with_their_links(survey: Survey) -> None:
    with transaction():
        door = open_door(survey, DoorKind.INVITATIONS)
        links = give_links(door, 5)
    for link in links[:4]:
        with transaction():
            way = way_at(link)
            assert way is not None
            answer(way, {"age": "16_17", **BUSY}, sheet_id=uuid.uuid4().hex, by=VISITOR)
    if db.engine.dialect.name == "postgresql":
        assert marks() == [2, 2, 2, 2], "each answer is tied to its link"
        assert folding.blend(survey.id) == 8
        assert marks() == [8]
    assert folding.blend(survey.id) == 0, "nothing is written again for nothing, and SQLite leaves no mark"
    assert count_of(BoxedResponse) == 4


def test_what_was_too_little_is_forgotten_a_month_later(survey: Survey) -> None:
    with transaction():
        door = open_door(survey)
    box(door, 9)
    folding.forget_survey_leftovers()
    assert count_of(BoxedResponse) == 9
    with clock.frozen(clock.midnight(survey.closes_on) + folding.BOXED_AFTER):
        folding.forget_survey_leftovers()
    assert count_of(BoxedResponse) == 9, "on the thirtieth day they are there still"
    with clock.frozen(clock.midnight(survey.closes_on) + folding.BOXED_AFTER * 1.1):
        folding.forget_survey_leftovers()
    assert count_of(BoxedResponse) == 0
