"""The surveys of the demonstration: one of last year that is over, some that run, in several schools and from employers' codes; and, at
scale, millions of answers."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

from sqlalchemy import insert, select

from certif import territory
from certif.certification import Badge, Verification
from certif.cli.demo_answers import imagined, invented
from certif.employers import Employer, Establishment
from certif.kit import clock, tokens
from certif.kit.access import SYSTEM
from certif.kit.db import db, transaction
from certif.kit.tallies import add
from certif.programs import Program
from certif.surveys import (
    Audience,
    BoxedResponse,
    DoorKind,
    DoorTally,
    Place,
    Places,
    Questionnaire,
    Survey,
    SurveyDoor,
    SurveyResponse,
    SurveyTally,
    counted,
    definition_of,
    fold,
    load_shipped,
)

BATCH = 10_000
_SCHOOLS = ("École secondaire des Érables", "École secondaire du Ruisseau", "Polyvalente de la Montagne", "Académie du Belvédère")
_WHERE = {"14": (True, (260, 170, 120, 8)), "02": (False, (40, 12))}
"""Regions of the demonstration that ask students: whether they did last year, and how many answer in each school today."""
_OTHERS = {
    "parents": ("Le travail de votre enfant", "Your child’s work", 94),
    "personnel-enseignant": ("Ce que vous voyez en classe", "What you see in class", 61),
}
"""Whom the first of these asks besides, by which questionnaire, and how many answer."""
_AT_WORK = 14
_PASSED_AROUND = 31
"""How many answered by the code of a class of twelve: they are put aside until somebody decides."""


def load(seed: int) -> None:
    """Let students of two regions answer, last year and today, through the box."""
    load_shipped()
    source = random.Random(seed)  # noqa: S311 — a demonstration, the same each time
    with tokens.drawn_from(seed + 2):
        for code, (was_asked, today) in _WHERE.items():
            program = db.session.scalar(select(Program).join(territory.Region).where(territory.Region.code == code))
            if program is None:
                continue
            if was_asked:
                with clock.frozen(clock.now() - dt.timedelta(days=365)):
                    _live(program, source, [count + 40 for count in today], is_over=True)
                for slug in _OTHERS:
                    _hear(program, source, slug)
            _live(program, source, today)


def load_many(count: int, seed: int) -> None:
    """Insert `count` further answers over the surveys of the demonstration, counted as they go; in batches, whatever their number."""
    source = random.Random(seed)  # noqa: S311 — as above
    of_students = Survey.questionnaire.has(Questionnaire.audience == Audience.STUDENTS)
    surveys = list(db.session.scalars(select(Survey).where(of_students).order_by(Survey.id)))
    doors = {survey.id: _school_doors(survey) for survey in surveys}
    week = clock.today() - dt.timedelta(days=clock.today().weekday())
    for first in range(0, count, BATCH):
        survey = surveys[(first // BATCH) % len(surveys)]
        ways = [source.choice(doors[survey.id]) for _each in range(min(BATCH, count - first))]
        with transaction():
            _insert(survey, ways, week, source)


def live_once(program: Program, counts: tuple[int, ...], seed: int) -> Survey:
    """Let the students of a program answer one survey, by schools, by the code of an employer, and by a code that was passed around."""
    load_shipped()
    return _live(program, random.Random(seed), counts)  # noqa: S311 — as above


def codes() -> list[dict[str, Any]]:
    """Give the codes of the demonstration, and whether one may answer by each today; those of students first."""
    today = clock.today()
    wanted = select(SurveyDoor, Survey).join(Survey, Survey.id == SurveyDoor.survey_id).join(Survey.questionnaire)
    wanted = wanted.order_by(Questionnaire.audience != Audience.STUDENTS, SurveyDoor.id)
    return [
        {"code": door.code, "open": door.shut_at is None and survey.opens_on <= today <= survey.closes_on}
        for door, survey in db.session.execute(wanted)
    ]


def _live(program: Program, source: random.Random, counts: list[int] | tuple[int, ...], *, is_over: bool = False) -> Survey:
    today = clock.today()
    days = (today - dt.timedelta(days=20), today + dt.timedelta(days=25))
    with transaction():
        survey = _ask(program, days)
        bodies = territory.partners(territory.PartnerKind.SCHOOL_BODY, program.region)
        places = territory.mrcs(program.region)
        known = [
            {"school_body_id": bodies[number % len(bodies)].id if bodies else None, "mrc_id": places[number % len(places)].id}
            for number in range(len(counts))
        ]
        doors = [
            _door(
                survey, DoorKind.SCHOOL, _SCHOOLS[number], level="secondary", school=_SCHOOLS[number], expected=count * 2, **known[number]
            )
            for number, count in enumerate(counts)
        ]
        for door, count in zip(doors, counts, strict=True):
            _answer(door, source, count)
        if not is_over:
            _answer_at_work(_door(survey, DoorKind.OPEN, "Codes QR des employeurs"), program, source)
            _door(survey, DoorKind.KIOSK, "Tablette du salon de l’emploi", mrc_id=places[0].id)
            passed_around = _door(survey, DoorKind.CLASS, "Groupe 41", level="secondary", school=_SCHOOLS[0], expected=12, **known[0])
            _answer(passed_around, random.Random(f"{program.slug} 41"), _PASSED_AROUND)  # noqa: S311 — as above
    fold(survey.id)
    return survey


def _hear(program: Program, source: random.Random, slug: str) -> None:
    """Let parents or teachers of two schools answer, for the portrait of this year."""
    title_fr, title_en, count = _OTHERS[slug]
    today = clock.today()
    with transaction():
        survey = _ask(program, (today - dt.timedelta(days=15), today + dt.timedelta(days=25)), slug, title_fr, title_en)
        definition, places = definition_of(survey.questionnaire), territory.mrcs(program.region)
        for number, level in enumerate(("secondary", "secondary", "college")):
            many = count // (number + 1) // 2
            known = {"level": level, "expected": 2 * many, "mrc_id": places[number % len(places)].id}
            door = _door(survey, DoorKind.SCHOOL, _SCHOOLS[number], school=_SCHOOLS[number], **known)
            _box(door, source, [imagined(source, definition, level) for _each in range(many)])
    fold(survey.id)


def _ask(
    program: Program,
    days: tuple[dt.date, dt.date],
    slug: str = "eleves",
    title_fr: str = "Travailler et étudier",
    title_en: str = "Working and studying",
) -> Survey:
    shipped = select(Questionnaire).where(Questionnaire.slug == slug, Questionnaire.program_id.is_(None))
    year = days[1].year - (days[1].month < 7)
    survey = Survey(
        program=program, questionnaire=db.session.scalars(shipped.order_by(Questionnaire.number.desc()).limit(1)).one(),
        title_fr=title_fr, title_en=title_en, school_year=f"{year}-{year + 1}", opens_on=days[0],
        closes_on=days[1], created_at=clock.now(), created_by=SYSTEM.ref,
    )  # fmt: skip
    db.session.add(survey)
    db.session.flush()
    return survey


def _door(survey: Survey, kind: DoorKind, label: str, **known: Any) -> SurveyDoor:
    door = SurveyDoor(
        survey_id=survey.id, kind=kind, code=tokens.ref()[:6], label=label, opened_at=clock.now(), opened_by=SYSTEM.ref, **known
    )
    db.session.add(door)
    db.session.flush()
    return door


def _answer(door: SurveyDoor, source: random.Random, count: int, place: Establishment | None = None, sector: str | None = None) -> None:
    _box(door, source, [invented(source, door.level or "secondary", sector) for _each in range(count)], place)


def _box(door: SurveyDoor, source: random.Random, answers: list[Any], place: Establishment | None = None) -> None:
    rows = [
        {
            "id": f"{source.getrandbits(128):032x}", "survey_id": door.survey_id, "door_id": door.id,
            "establishment_id": place.id if place else None, "language": "fr", "answers": said, "is_flagged": _is_joke(said),
        }
        for said in answers
    ]  # fmt: skip
    db.session.execute(insert(BoxedResponse), rows)


def _answer_at_work(door: SurveyDoor, program: Program, source: random.Random) -> None:
    """Let students of one certified place answer from its code."""
    held = (
        select(Establishment, Employer.sector)
        .join(Verification, Verification.establishment_id == Establishment.id)
        .join(Badge, Badge.verification_id == Verification.id)
        .join(Employer, Employer.id == Establishment.employer_id)
        .where(Verification.program_id == program.id, Badge.valid_until > clock.today())
        .order_by(Establishment.id)
        .limit(1)
    )
    found = db.session.execute(held).first()
    if found is not None:
        _answer(door, source, _AT_WORK, *found)


def _is_joke(said: dict[str, Any]) -> bool:
    return bool(said.get("hours_week", 0) + said.get("hours_weekend", 0) > 40)


def _school_doors(survey: Survey) -> list[SurveyDoor]:
    mine = select(SurveyDoor).where(SurveyDoor.survey_id == survey.id, SurveyDoor.kind == DoorKind.SCHOOL)
    return list(db.session.scalars(mine.order_by(SurveyDoor.id)))


def _insert(survey: Survey, ways: list[SurveyDoor], week: dt.date, source: random.Random) -> None:
    last = survey.closes_on - dt.timedelta(days=survey.closes_on.weekday())
    told = [
        (Place(door.mrc_id, door.school_body_id, None), said, _is_joke(said))
        for door, said in ((door, invented(source, door.level or "secondary")) for door in ways)
    ]
    rows = [
        {
            "id": f"{source.getrandbits(128):032x}", "survey_id": survey.id, "week": min(week, last), "mrc_id": place.mrc_id,
            "school_body_id": place.school_body_id, "establishment_id": None, "language": "fr", "answers": said, "is_flagged": is_joke,
        }
        for place, said, is_joke in told
    ]  # fmt: skip
    db.session.execute(insert(SurveyResponse), rows)
    cells = counted(definition_of(survey.questionnaire), told, Places())
    add(SurveyTally, {(survey.id, *cell): count for cell, count in cells.items()})
    add(DoorTally, {(door_id,): count for door_id, count in Counter(door.id for door in ways).items()})
