"""Surveys that run, and people who answer them, made as they are in life."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from sqlalchemy import select

from certif.kit import clock, tokens
from certif.kit.access import SYSTEM
from certif.kit.db import db
from certif.programs import Program
from certif.surveys import BoxedResponse, DoorKind, Questionnaire, Survey, SurveyDoor, SurveyInvitation, load_shipped
from tests.pages import Page, Visitor
from tests.programs.making import make_program

_numbers = itertools.count(1)

IDLE: dict[str, Any] = {"level": "secondary", "grade": "sec_4", "works": "no"}
BUSY: dict[str, Any] = {
    "level": "secondary", "grade": "sec_4", "works": "yes", "kind_of_work": "employer", "jobs": "one", "hours_week": 8, "hours_weekend": 7,
    "latest": "20_21", "missed": "never", "motive": ["spending", "friends"], "sector": "72", "adapts": "often", "success_matters": "very",
}  # fmt: skip


def ask(program: Program | None = None, slug: str = "eleves", *, opens: int = -1, closes: int = 30, **facts: Any) -> Survey:
    """Open a survey that asks a questionnaire of the platform, between two days counted from today. Call it in a unit of work, after
    `load_shipped`."""
    questionnaire = db.session.scalars(select(Questionnaire).where(Questionnaire.slug == slug)).one()
    today = clock.today()
    survey = Survey(
        program=program or make_program(f"Sondage {next(_numbers)}"), questionnaire=questionnaire, title_fr="Travailler et étudier",
        title_en="Working and studying", school_year="2026-2027", opens_on=today + dt.timedelta(days=opens),
        closes_on=today + dt.timedelta(days=closes), created_at=clock.now(), created_by=SYSTEM.ref, **facts,
    )  # fmt: skip
    db.session.add(survey)
    db.session.flush()
    return survey


def open_door(survey: Survey, kind: DoorKind = DoorKind.CLASS, **known: Any) -> SurveyDoor:
    """Open a way in. A code was handed to a few hundred, unless something else is known."""
    known = {"expected": 400 if kind is DoorKind.CLASS else None, **known}
    door = SurveyDoor(
        survey_id=survey.id, kind=kind, code=tokens.ref()[:6], label="Groupe 41", opened_at=clock.now(), opened_by=SYSTEM.ref, **known
    )
    db.session.add(door)
    db.session.flush()
    return door


def give_links(door: SurveyDoor, count: int = 1) -> list[str]:
    """Make links that serve once."""
    links = [tokens.ref()[:12] for _each in range(count)]
    db.session.add_all([SurveyInvitation(token_digest=tokens.digest(link), door_id=door.id) for link in links])
    db.session.flush()
    return links


def named(answers: dict[str, Any]) -> dict[str, Any]:
    """Give answers under the names that a test fills in."""
    return {f"q__{name}": answer for name, answer in answers.items()}


def begin(visitor: Visitor, code: str, age: str = "16_17", *, stepwise: bool = False, prefix: str = "/s/") -> Page:
    """Open a survey and say one's age."""
    return visitor.open(prefix + code).fill("Une question à la fois" if stepwise else "Commencer", q__age=age)


def respond(visitor: Visitor, code: str, answers: dict[str, Any] | None = None, *, age: str = "16_17") -> Page:
    """Answer a whole survey on one page."""
    return begin(visitor, code, age).fill("Envoyer ma réponse", **named(BUSY if answers is None else answers))


def boxed() -> list[BoxedResponse]:
    """Give what is in the box."""
    db.session.rollback()
    return list(db.session.scalars(select(BoxedResponse)))


__all__ = ["BUSY", "IDLE", "ask", "begin", "boxed", "give_links", "load_shipped", "named", "open_door", "respond"]
