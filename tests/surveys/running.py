"""A survey in a program, its ways in, and answers that came by them: for the tests of those who run it."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from certif.kit import clock
from certif.kit.access import Actor, Granted, Role
from certif.kit.db import db
from certif.programs import Program
from certif.surveys import (
    BoxedResponse,
    Cut,
    DoorKind,
    DoorTally,
    Questionnaire,
    Survey,
    SurveyDoor,
    SurveyTally,
    draft_questionnaire,
    publish_questionnaire,
    read_questionnaire,
)
from certif.surveys.door_actions import open_doors
from certif.surveys.door_lines import DoorLine
from certif.surveys.running_actions import open_survey
from certif.territory import Mrc, Partner
from tests.factories import unit

BOSS = Actor(ref="boss", name="Camille", roles=frozenset({Role.MANAGER}), grants=(Granted(Role.ADMIN),))
"""Who may do everything, everywhere."""
_number = itertools.count(1)

FILE = """\
slug: SLUG
audience: parents
title:
  fr: Un court questionnaire
  en: A short questionnaire
questions:
  - id: works
    role: works
    kind: choice
    ask:
      fr: Votre enfant travaille-t-il ?
      en: Does your child work?
    options:
      - id: oui
        fr: Oui
        en: "Yes"
      - id: non
        fr: Non
        en: "No"
"""


def file_of(slug: str) -> str:
    """Give the file of a short questionnaire."""
    return FILE.replace("SLUG", slug)


def make_questionnaire(program: Program, *, published: bool = True) -> Questionnaire:
    """Make a short questionnaire of a program."""
    with unit():
        draft = draft_questionnaire(program, read_questionnaire(file_of(f"court-{next(_number)}")), by=BOSS)
        return publish_questionnaire(draft, by=BOSS) if published else draft


def make_survey(program: Program, *, days: tuple[int, int] = (-2, 10), **more: Any) -> Survey:
    """Make a survey. `days`: its first and last, from today."""
    asked = more.pop("questionnaire", None) or make_questionnaire(program)
    first, last = (clock.today() + dt.timedelta(days=each) for each in days)
    told = {"title_fr": "Le travail des élèves", "title_en": "Students at work", "school_year": "2026-2027", **more}
    with unit():
        return open_survey(program, asked, opens_on=first, closes_on=last, by=BOSS, **told)


def make_door(
    survey: Survey, kind: DoorKind = DoorKind.CLASS, *, body: Partner | None = None, mrc: Mrc | None = None, **known: Any
) -> SurveyDoor:
    """Open a way in. `known`: what its line says."""
    number = next(_number)
    line = DoorLine(number, **{"label": f"Groupe {number}", "school": "École des Peupliers", "expected": 20, **known})
    with unit():
        return open_doors(survey, kind, [line], school_body=body, mrc=mrc, by=BOSS)[0]


def let_answer(door: SurveyDoor, *, counted: int = 0, boxed: int = 0) -> None:
    """Leave what answers leave: so many that were counted already, and so many that are still in the box."""
    with unit():
        if counted:
            db.session.add(DoorTally(door_id=door.id, count=counted))
            whole = (door.survey_id, Cut.ALL.value, "", "*", "", False)
            tally = db.session.get(SurveyTally, whole)
            if tally is None:
                names = ("survey_id", "cut", "key", "question", "value", "is_flagged")
                tally = SurveyTally(**dict(zip(names, whole, strict=True)), count=0)
                db.session.add(tally)
            tally.count += counted
        for _each in range(boxed):
            answer = {"language": "fr", "answers": {"works": "oui"}, "is_flagged": False}
            db.session.add(BoxedResponse(survey_id=door.survey_id, door_id=door.id, **answer))
