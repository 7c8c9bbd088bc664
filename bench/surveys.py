"""A survey's post against the plainest form that keeps as much, and what it costs to count an answer. `python -m bench.surveys`."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf import FlaskForm
from sqlalchemy import JSON, Engine, create_engine, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired

from bench.saying import say
from certif.app import create_app
from certif.kit import db, schema
from certif.surveys import BoxedResponse, fold
from certif.surveys.sheets import Sheet
from certif.surveys.ways import way_at
from tests.conftest import load_reference_data, scratch_database, settings_for
from tests.surveys.asking import BUSY, ask, load_shipped, open_door

ROUNDS, POSTS, FOLDED = 5, 100, 20_000
BASE = "http://127.0.0.1:8000"


class _Base(DeclarativeBase):
    pass


class _Row(_Base):
    __tablename__ = "row"
    id: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)


def plain(engine: Engine) -> Flask:
    """Give the limit: Flask, one WTForms form of the same questions, one row by the ORM, one commit on disk."""
    app = Flask("plain")
    app.config.update(SECRET_KEY="x" * 32, WTF_CSRF_ENABLED=False)
    fields: dict[str, Any] = {
        name: IntegerField(validators=[InputRequired()])
        if isinstance(answer, int)
        else RadioField(choices=[("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")], validators=[InputRequired()])
        for name, answer in BUSY.items()
    }
    form_class = type("PlainForm", (FlaskForm,), fields)

    @app.post("/")
    def keep() -> str:
        form = form_class()
        assert form.validate(), form.errors
        with db.writing(), Session(engine) as session:
            session.add(_Row(id=uuid.uuid4().hex, answers=form.data))
            session.commit()
        return "thanks"

    return app


def compare_posts(folder: Path, app: Flask) -> None:
    """Post to both in turn, so that the machine's moods fall on both; print the ratio of the medians of CPU."""
    with db.writing():
        engine = create_engine(f"sqlite:///{folder / 'plain.sqlite3'}", **db.engine_options("sqlite://"))
        db.prepare_engine(engine)
        _Base.metadata.create_all(engine)
        limit = plain(engine).test_client()
        easy = {name: str(answer) if isinstance(answer, int) else "a" for name, answer in BUSY.items()}
        with app.app_context(), db.transaction():
            door = open_door(ask())
        code = door.code
        mine, theirs, client = list[float](), list[float](), app.test_client()
        for _round in range(ROUNDS):
            forms = [filled(app, code) for _each in range(POSTS)]
            mine.append(cpu_us(lambda form: client.post(f"/s/{code}", data=form, base_url=BASE).status_code, forms))
            theirs.append(cpu_us(lambda form: limit.post("/", data=form).status_code, [easy] * POSTS))
        ours, least = statistics.median(mine), statistics.median(theirs)
        say(
            "survey post, against a plain form", f"{ours:.0f} µs, {least:.0f} µs: {ours / least:.2f} ×", "<= 1.4 × CPU", ours / least <= 1.4
        )


def filled(app: Flask, code: str) -> dict[str, Any]:
    """Give a form that is ready to be sent."""
    with app.test_request_context():
        way = way_at(code)
        assert way is not None
        sheet = Sheet(answers={"age": "16_17"}).written(way)
    return {"feuille": sheet, **{f"q-{name}": answer for name, answer in BUSY.items()}}


def cpu_us(send: Callable[[dict[str, Any]], int], forms: list[dict[str, Any]]) -> float:
    """Give the CPU of one post, microseconds."""
    started = time.process_time()
    for form in forms:
        assert send(form) == 200
    return (time.process_time() - started) / len(forms) * 1e6


def fold_many(app: Flask) -> None:
    """Count answers in batches of ten thousand."""
    with app.app_context():
        with db.transaction():
            survey = ask()
            doors = [open_door(survey, level="secondary", expected=FOLDED) for _each in range(8)]
            rows = [
                {"id": uuid.uuid4().hex, "survey_id": survey.id, "door_id": doors[number % 8].id, "language": "fr",
                 "answers": json.loads(json.dumps({"age": "16_17", **BUSY, "hours_week": number % 20})), "is_flagged": False}
                for number in range(FOLDED)
            ]  # fmt: skip
            db.db.session.execute(insert(BoxedResponse), rows)
        started = time.process_time()
        while fold(survey.id):
            pass
        cost = (time.process_time() - started) / FOLDED * 1e6
    say("counting an answer, in every cut", f"{cost:.1f} µs", "<= 28 µs", cost <= 28)


def measure_surveys() -> None:
    """Measure both on a database of their own."""
    with tempfile.TemporaryDirectory() as name, scratch_database(Path(name)) as url:
        folder = Path(name)
        schema.upgrade(url)
        app = create_app(settings_for(url, folder, PORT="8000"))
        app.config["RATELIMIT_ENABLED"] = False
        with app.app_context():
            load_reference_data()
            load_shipped()
        compare_posts(folder, app)
        fold_many(app)


if __name__ == "__main__":
    measure_surveys()
