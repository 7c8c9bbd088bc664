"""Words that students leave after a survey, and a team that has them before it."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from certif.kit.access import VISITOR
from certif.kit.db import db
from certif.kit.striking import digest_of
from certif.programs import Program
from certif.surveys import BoxedWords, DoorKind, Survey, SurveyDoor, VoxPop, load_shipped, way_at
from certif.surveys.vox_actions import leave_words, publish_words
from certif.surveys.vox_folding import fold_words_of
from tests.factories import unit
from tests.surveys.asking import ask, open_door
from tests.surveys.running import BOSS

WORDS = (
    "Il demande comment vont mes cours.",
    "Madame Untel me donne congé avant les examens.",
    "On rit, et on finit à l’heure.",
    "Il écoute.",
    "Un horaire qui ne change pas la veille.",
)


def make_hearing(program: Program | None = None, kind: DoorKind = DoorKind.CLASS) -> tuple[Survey, SurveyDoor]:
    """Give a survey of students that runs, and a way in."""
    load_shipped()
    with unit():
        survey = ask(program)
        return survey, open_door(survey, kind)


def say(door: SurveyDoor, *words: str, has_consent: bool = True) -> None:
    """Leave words by a way in, each by somebody."""
    with unit():
        way = way_at(door.code)
        assert way is not None
        for each in words:
            leave_words(way, each, has_consent=has_consent, mark=uuid.uuid4().hex, by=VISITOR)


def heard(door: SurveyDoor, *words: str, has_consent: bool = True) -> list[VoxPop]:
    """Leave words, five by default, and let them leave the box; give them in the order in which they were left."""
    left = words or WORDS
    say(door, *left, has_consent=has_consent)
    assert fold_words_of(door.survey_id) >= len(left)
    found = {one.words: one for one in db.session.scalars(select(VoxPop).where(VoxPop.survey_id == door.survey_id))}
    return [found[each] for each in left]


def publish(*found: VoxPop) -> None:
    """Publish words."""
    with unit():
        for vox in found:
            publish_words(vox, digest=digest_of(vox.words), by=BOSS)


def boxed_words() -> list[BoxedWords]:
    """Give what is in the box."""
    db.session.rollback()
    return list(db.session.scalars(select(BoxedWords)))
