"""From answers given on a phone to a portrait, and back to whoever answers next: through the real acts and pages."""

from __future__ import annotations

import pytest
from flask import Flask

from certif import portraits
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.portraits.gathering import gather
from certif.surveys import BoxedResponse, SurveyDoor, SurveyTally, fold
from tests.factories import make_program
from tests.pages import Visitor
from tests.portraits.telling import YEAR, make_survey
from tests.surveys.asking import BUSY, IDLE, ask, load_shipped, open_door, respond


@pytest.fixture
def answered(app: Flask) -> tuple[str, str]:
    """A hundred and twenty students answered, half of them at work; five more are in the box. Gives: the program, the code of a class."""
    load_shipped()
    program = make_program(code="14")
    with transaction():
        survey = ask(program)
        door = open_door(survey)
        _box(door, 120)
    fold(survey.id)
    with transaction():
        portraits.release_portrait(program, YEAR, by=SYSTEM)
        _box(door, 5)
    return program.slug, door.code


def _box(door: SurveyDoor, many: int) -> None:
    for number in range(many):
        week, success = [(3, "very"), (6, "rather"), (9, "little"), (13, "unknown")][number // 2 % 4]
        said = {"age": "16_17", **(BUSY if number % 2 else IDLE)}
        said |= {"hours_week": week, "success_matters": success} if number % 2 else {}
        db.session.add(BoxedResponse(survey_id=door.survey_id, door_id=door.id, language="fr", answers=said, is_flagged=False))


def test_what_is_counted_becomes_a_portrait_and_what_is_in_the_box_does_not(answered: tuple[str, str], visitor: Visitor) -> None:
    page = visitor.open("/portrait/14")
    assert "120 élèves ont répondu" in page.text
    assert page.soup.select_one(".portrait-tile").get_text(" ", strip=True).startswith("50")
    assert visitor.open("/portrait/14?vue=level").soup.find("span", string="Secondaire")


def test_whoever_answers_next_stands_beside_others_of_the_same_grade(answered: tuple[str, str], visitor: Visitor) -> None:
    thanks = respond(visitor, answered[1])
    assert "4e secondaire, 2026-2027 : 50 % travaillent" in thanks.text
    assert "(vous)" in thanks.text
    assert "Portrait de la région" in thanks.text


def test_questions_are_known_by_their_roles(app: Flask) -> None:
    program = make_program(code="14")
    survey = make_survey(program, questions=[{"id": "boulot", "role": "works"}])
    with transaction():
        db.session.add(SurveyTally(survey_id=survey.id, cut="all", key="", question="boulot", value="yes", is_flagged=False, count=12))
    assert gather(program, YEAR).tallies == [("all", "", "works", "yes", False, 12)]
