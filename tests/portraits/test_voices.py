"""Parents, teachers, and the questions of each questionnaire: whatever is asked is told, apart, by the same rules as what students say."""

from __future__ import annotations

import csv
import io
import json
import random
import uuid
from typing import Any

import pytest
from flask import Flask

from certif import portraits
from certif.cli.demo_answers import imagined
from certif.kit.access import SYSTEM, Role
from certif.kit.db import db, transaction
from certif.kit.errors import Refusal
from certif.portraits.actions import release_portraits
from certif.portraits.asking import measures_of
from certif.portraits.counting import Counted, count, family_of
from certif.portraits.gathering import gather, past_of
from certif.portraits.measures import Measure
from certif.portraits.telling import compose
from certif.portraits.withholding import Cell
from certif.programs import Program
from certif.surveys import Audience, BoxedResponse, DoorKind, Place, Places, counted, definition_of, fold, shipped
from certif.surveys.definitions import as_json
from certif.territory import mrcs, region
from tests.factories import make_program, make_staff
from tests.pages import Visitor
from tests.portraits.attacking import NONE, recovered
from tests.portraits.telling import YEAR
from tests.surveys.asking import ask, load_shipped, open_door


@pytest.fixture
def program(app: Flask) -> Program:
    """The program of a region."""
    load_shipped()
    return make_program(code="14")


def answer(program: Program, slug: str, many: int, level: str | None = None, seed: int = 1) -> None:
    """Let so many answer a questionnaire by the code of a school, and empty the box."""
    chance = random.Random(seed)
    with transaction():
        survey = ask(program, slug)
        definition = definition_of(survey.questionnaire)
        door = open_door(survey, DoorKind.SCHOOL, level=level, expected=many, mrc_id=mrcs(region("14"))[0].id)
        for _each in range(many):
            said = {**imagined(chance, definition, level or ""), **({"level": level} if level else {}), "age": "18_plus"}
            box = BoxedResponse(id=uuid.uuid4().hex, survey_id=survey.id, door_id=door.id, language="fr", answers=said, is_flagged=False)
            db.session.add(box)
    fold(survey.id)


def release(program: Program, **how: Any) -> dict[str, Any]:
    """Release the portrait of the year; give what it tells."""
    with transaction():
        portraits.release_portrait(program, YEAR, by=SYSTEM, **how)
    return past_of(program, YEAR)[-1].told


def test_what_parents_and_teachers_say_is_read_in_every_channel(program: Program, visitor: Visitor) -> None:
    answer(program, "parents", 90, "secondary")
    answer(program, "personnel-enseignant", 60, "secondary")
    team = make_staff(Role.AGENT, program).open("/personnel/portraits").follow(f"{program.name}, {YEAR}")
    assert "90 parents ont répondu" in team.text
    assert "60 membres du personnel enseignant ont répondu" in team.text
    release(program)
    page = visitor.open("/portrait/14")
    assert "90 parents ont répondu" in page.text, "no student answered: parents come first"
    assert page.soup.find("h2", string="Qui décide du nombre d’heures\u00a0?")
    assert "60 membres du personnel enseignant ont répondu" in page.follow("Personnel enseignant").text
    english = visitor.open("/en/portrait/14?voix=personnel-enseignant&vue=level")
    assert english.soup.find("h2", string="What do you see in students who work a lot?")
    sheet = visitor.client.get("/portrait/14/portrait.csv", base_url=visitor.base).data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet), delimiter=";"))
    assert {row["mesure"] for row in rows if row["population"] == "parents"} >= {"works", "hours", "q_worry", "q_limit", "q_knows_law"}
    assert {row["mesure"] for row in rows if row["population"] == "personnel-enseignant"} >= {"q_share", "q_signs_sleep", "q_tired"}
    told = json.loads(visitor.client.get("/portrait/14/portrait.json", base_url=visitor.base).data)["told"]
    assert list(told["voices"]) == ["parents", "teachers"]
    assert visitor.client.get("/portrait/14/portrait.pdf", base_url=visitor.base).data[:5] == b"%PDF-"


def test_nine_parents_are_not_told(program: Program) -> None:
    answer(program, "parents", 9, "secondary")
    with pytest.raises(Refusal, match="Il faut au moins 10"):
        release(program)


def test_parents_are_told_for_the_first_time_when_somebody_decides(program: Program) -> None:
    answer(program, "eleves", 60, "secondary")
    release(program)
    answer(program, "parents", 40, "secondary")
    release_portraits()
    assert len(past_of(program, YEAR)) == 1, "nothing new of students, and nobody decided for parents"
    assert list(release(program)["voices"]) == ["parents"]
    answer(program, "parents", 40, "secondary", seed=2)
    release_portraits()
    last = past_of(program, YEAR)[-1].told
    assert (last["number"], last["voices"]["parents"]["people"]["all"][""][0]) == (3, 80), "then, by itself"


def test_students_whose_answers_did_not_move_stay_as_they_were_told(program: Program) -> None:
    answer(program, "eleves", 60, "secondary")
    first = release(program)
    answer(program, "parents", 40, "secondary")
    again = release(program)
    assert again["people"]["all"][""][0] == first["people"]["all"][""][0]
    assert {name: row["all"][""]["replies"] for name, row in first["figures"].items() if row["all"][""]} == {
        name: row["all"][""]["replies"] for name, row in again["figures"].items() if row["all"][""]
    }


@pytest.mark.parametrize(
    ("slug", "level", "asked"),
    [
        ("cegep", "college", {"q_session", "q_class_hours"}),
        ("formation-professionnelle", "vocational", {"q_time_of_day", "q_internship"}),
        ("formation-generale-adultes", "adult", {"q_time_of_day", "q_children"}),
    ],
)
def test_what_one_questionnaire_asks_besides_is_told(program: Program, slug: str, level: str, asked: set[str]) -> None:
    answer(program, slug, 80, level)
    told = release(program)
    assert all(told["figures"][name]["level"][level] for name in asked)
    assert told["people"]["level"][level][0] == 80


def test_every_question_that_is_shipped_is_told_or_has_another_purpose() -> None:
    places = {"age", "level", "grade", "sector"}
    for definition in shipped().values():
        measures = measures_of(definition.audience, [as_json(definition)])
        told = {measure.question for measure in measures}
        assert {one.role or one.id for one in definition.questions} - told <= places, definition.slug


def region_of(slug: str, seed: int) -> tuple[Counted, tuple[Measure, ...]]:
    """Give the counts of what parents or teachers of a small region say."""
    chance, definition = random.Random(seed), shipped()[slug]
    measures = measures_of(definition.audience, [as_json(definition)])
    lines = []
    for _each in range((25, 60, 120, 300)[seed % 4]):
        level = chance.choices(["secondary", "vocational", "adult", "college"], [7, 1, 0.5, 2])[0]
        place = Place(chance.choice([1, 1, 1, 2, 2, 3]), chance.choice([1, 2, None]), None)
        lines.append((place, imagined(chance, definition, level), False))
    roles = {one.id: one.role for one in definition.questions if one.role}
    cells = counted(definition, lines, _Nowhere())
    tallies = [(cut, key, roles.get(name, name), value, flag, many) for (cut, key, name, value, flag), many in cells.items()]
    return count(tallies, measures), measures


class _Nowhere(Places):
    """Places that are numbers."""

    def name(self, column: Any, row_id: int | None) -> str | None:
        return None if row_id is None else f"{column.class_.__name__} {row_id}"


@pytest.mark.parametrize("slug", ["parents", "personnel-enseignant"])
@pytest.mark.parametrize("seed", range(12))
def test_nothing_withheld_of_them_can_be_computed(slug: str, seed: int) -> None:
    found, measures = region_of(slug, seed)
    shown = compose(found, {}, measures=measures, least=10).ledger.shown
    assert learnt(found, measures, shown) == {}
    assert not [cell for cell in shown if 0 < found.people.get(cell, 0) < 10]


def test_shown_as_they_are_they_would_be_computed() -> None:
    found, measures = region_of("parents", 3)
    careless = frozenset(cell for cell, many in found.people.items() if many >= 10 and found.people[(*cell[:3], "")] >= 10)
    assert len(learnt(found, measures, careless)) > 10


def learnt(found: Counted, measures: tuple[Measure, ...], shown: frozenset[Cell]) -> dict[Cell, int]:
    """Give what an attacker computes of groups that hold somebody."""
    told = {cell: found.people.get(cell, 0) for cell in shown}
    computed = recovered(family_of(found.people, {}, measures), told)
    return {cell: many for cell, many in computed.items() if found.people.get((*cell[:2], "*", ""), 0) and NONE not in cell}


def test_each_voice_is_gathered_apart(program: Program) -> None:
    answer(program, "eleves", 20, "secondary")
    answer(program, "parents", 30, "secondary")
    everyone = [sum(line[5] for line in gather(program, YEAR, voice).tallies if line[0] == "all" and line[2] == "*") for voice in Audience]
    assert everyone == [20, 30, 0]
