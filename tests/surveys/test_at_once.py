"""A class that answers at the same instant, a link pressed by forty, and a search through the whole database for whoever came."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text

from certif.app import create_app
from certif.kit.db import Base, db, transaction
from certif.surveys import BoxedResponse, DoorKind, SurveyInvitation, SurveyResponse, fold_answers
from certif.surveys.sheets import Sheet
from certif.surveys.ways import way_at
from tests.databases import FILLED, scratch_database, settings_for
from tests.surveys.asking import BUSY, ask, give_links, load_shipped, open_door

BASE = "http://127.0.0.1:8000"
CANARY_AGENT, CANARY_ADDRESS = "Canari/7.7 (perchoir)", "203.0.113.77"


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, where every request has its own connection and really commits."""
    with scratch_database(tmp_path, FILLED) as url:
        app = create_app(settings_for(url, tmp_path))
        app.config["RATELIMIT_ENABLED"] = False
        with app.app_context():
            load_shipped()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def opened(app: Flask, kind: DoorKind = DoorKind.CLASS) -> tuple[int, str]:
    """Open a survey; give its id, and a code or a link."""
    with app.app_context(), transaction():
        survey = ask()
        door = open_door(survey, kind)
        return survey.id, give_links(door)[0] if kind is DoorKind.INVITATIONS else door.code


def sheet_for(app: Flask, code: str) -> dict[str, Any]:
    """Give a form that is filled and not sent yet."""
    with app.test_request_context():
        way = way_at(code)
        assert way is not None
        return {"feuille": Sheet(answers={"age": "16_17"}).written(way), **{f"q-{name}": answer for name, answer in BUSY.items()}}


def post_at_once(app: Flask, code: str, forms: list[dict[str, Any]]) -> list[int]:
    """Post all of these at the same instant; give how each was answered."""
    statuses, gate = list[int](), threading.Barrier(len(forms))

    def post(form: dict[str, Any]) -> None:
        gate.wait()
        headers, where = {"User-Agent": CANARY_AGENT}, {"REMOTE_ADDR": CANARY_ADDRESS}
        answer = app.test_client().post(f"/s/{code}", data=form, base_url=BASE, headers=headers, environ_overrides=where)
        statuses.append(answer.status_code)

    people = [threading.Thread(target=post, args=(form,)) for form in forms]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return sorted(statuses)


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_forty_who_press_one_link_leave_one_answer(busy: Flask) -> None:
    _survey, link = opened(busy, DoorKind.INVITATIONS)
    statuses = post_at_once(busy, link, [sheet_for(busy, link) for _each in range(40)])
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 410}
    assert count(busy, BoxedResponse) == 1
    with busy.app_context():
        assert db.session.scalar(select(func.count()).where(SurveyInvitation.used_on.is_not(None))) == 1


def test_one_sheet_pressed_twenty_times_is_one_answer(busy: Flask) -> None:
    _survey, code = opened(busy)
    assert post_at_once(busy, code, [sheet_for(busy, code)] * 20) == [200] * 20
    assert count(busy, BoxedResponse) == 1


def everything(app: Flask) -> dict[str, list[str]]:
    """Give every row of every table, as text."""
    with app.app_context():
        names = sorted(set(inspect(db.engine).get_table_names()) & set(Base.metadata.tables))
        return {name: [str(tuple(row)) for row in db.session.execute(text(f'SELECT * FROM "{name}"'))] for name in names}


def traces(app: Flask, folder: Path, logged: str) -> list[str]:
    """Say where whoever came can be found: in a table, in a file beside it, in the log."""
    canaries = CANARY_AGENT, CANARY_ADDRESS
    found = [name for name, rows in everything(app).items() if any(canary in row for canary in canaries for row in rows)]
    for path in folder.rglob("*"):
        if path.is_file() and any(canary.encode() in path.read_bytes() for canary in canaries):
            found.append(path.suffix)
    return found + (["log"] if any(canary in logged for canary in canaries) else [])


def test_a_class_answers_at_once_and_nothing_is_left_of_who_and_when(busy: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    survey_id, code = opened(busy)
    before = everything(busy)
    with caplog.at_level(logging.DEBUG):
        assert post_at_once(busy, code, [sheet_for(busy, code) for _each in range(30)]) == [200] * 30
    after = everything(busy)
    assert {name for name in after if after[name] != before[name]} == {"boxed_response"}, "no journal, no letter, no count of attempts"
    with busy.app_context():
        instants = {column.name for column in BoxedResponse.__table__.columns if "DATE" in str(column.type).upper()}
        assert instants == set()
        fold_answers()
    assert count(busy, SurveyResponse) == 30
    assert count(busy, BoxedResponse) == 0
    changed = everything(busy)
    assert {name for name in changed if changed[name] != before[name]} == {"survey_response", "survey_tally", "door_tally"}
    assert traces(busy, tmp_path, caplog.text) == []
    with busy.app_context(), transaction():
        db.session.add(BoxedResponse(survey_id=survey_id, language="fr", answers={"x": CANARY_AGENT}, is_flagged=False))
    assert traces(busy, tmp_path, caplog.text)[0] == "boxed_response", "the search would have found it"
