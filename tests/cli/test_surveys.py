"""The surveys of the demonstration, millions of answers in bulk, and counting anew."""

from __future__ import annotations

import random

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from certif.cli import demo, demo_surveys
from certif.cli.demo_answers import invented
from certif.kit.db import db, transaction
from certif.surveys import SurveyResponse, SurveyTally, load_shipped, recounted, shipped
from certif.surveys.answering import name_of, read_answers
from tests.surveys.asking import ask, open_door

LEVELS = ("secondary", "college", "vocational", "adult")


class _Form(dict[str, list[str]]):
    def getlist(self, key: str) -> list[str]:
        return self.get(key, [])


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_invented_could_have_been_typed(app: Flask, level: str) -> None:
    definition, source = shipped()["eleves"], random.Random(7)
    for _each in range(200):
        said = invented(source, level)
        typed = _Form()
        for question in definition.questions:
            answer = said.get(question.id, [])
            typed[name_of(question)] = answer if isinstance(answer, list) else [str(answer)]
        reading = read_answers(definition, typed, {})
        assert (reading.errors, reading.answers) == ({}, said)
        assert list(reading.answers) == list(said), "in the same order"


def test_answers_in_bulk_are_counted_as_they_go(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    load_shipped()
    with transaction():
        for survey in (ask(), ask()):
            open_door(survey, "school", level="secondary")  # type: ignore[arg-type]
    monkeypatch.setattr(demo_surveys, "BATCH", 200)
    demo_surveys.load_many(500, 1)
    assert db.session.scalar(select(func.count()).select_from(SurveyResponse)) == 500
    assert [one.differences for one in recounted()] == [[], []]
    with transaction():
        db.session.execute(update(SurveyTally).where(SurveyTally.question == "*").values(count=SurveyTally.count + 1))
    assert all(one.differences for one in recounted()), "a tally that was tampered with is seen"
    assert [one["open"] for one in demo.manifest()["surveys"]] == [True, True]
