"""Questions about the words of students: who is asked for some, what waits to be read, what anyone may read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.languages import _l
from certif.kit.paging import PAGE, Slice
from certif.surveys.definitions import UNDER_FOURTEEN, Answers
from certif.surveys.model import Audience, Survey
from certif.surveys.running_queries import RUNNERS
from certif.surveys.vox_model import VoxPop, WordsOutcome, WordsSettlement, WordsWithdrawal, printed
from certif.surveys.ways import Way, WayState

MOST_QUOTES = 12
"""How many words of students a portrait shows."""


class Pile(StrEnum):
    """Where words stand before the team."""

    HELD = "a-lire"
    PUBLISHED = "publies"
    APART = "de-cote"


PILES = {Pile.HELD: _l("À lire"), Pile.PUBLISHED: _l("Publiés"), Pile.APART: _l("Mis de côté ou retirés")}


@dataclass(frozen=True)
class Quote:
    """Published words, as they were written, and in which language."""

    language: str
    words: str

    @property
    def printed(self) -> str:
        """The words as they are printed."""
        return printed(self.words, self.language)


def hears(way: Way) -> bool:
    """Whether words may be left by a way in today: students are heard, those whose link has just served too."""
    return way.definition.audience == Audience.STUDENTS and way.state in {WayState.OPEN, WayState.USED}


def asks_words(way: Way, answers: Answers) -> bool:
    """Whether somebody who has answered is asked for a few words: never a child under 14."""
    return hears(way) and way.definition.said("age", answers) != UNDER_FOURTEEN


def vox_of(actor: Actor, ref: str) -> VoxPop:
    """Give words through someone who may read them. Refuses (404) any other, and what was forgotten."""
    found = db.session.get(VoxPop, ref)
    if found is None or not found.words or not actor.holds(found.survey.program_id, *RUNNERS):
        raise NotFound
    return found


def words_of(survey: Survey, pile: Pile, after: str | None) -> Slice[VoxPop]:
    """Give a page of a pile, in the order of random names. `after`: the name of the last one of the page before."""
    found = select(VoxPop).where(VoxPop.survey_id == survey.id, VoxPop.words != "", _is_in(pile)).order_by(VoxPop.id)
    if after:
        found = found.where(VoxPop.id > after)
    rows = db.session.scalars(found.options(joinedload(VoxPop.settlement)).limit(PAGE + 1)).all()
    return Slice(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def count_held(survey: Survey) -> int | None:
    """Count the words of a survey that wait to be read; None for one that asks for none."""
    if survey.questionnaire.audience != Audience.STUDENTS:
        return None
    held = select(func.count()).select_from(VoxPop).where(VoxPop.survey_id == survey.id, VoxPop.words != "", _is_in(Pile.HELD))
    return db.session.scalar(held) or 0


def quotes_of(program_id: int, school_year: str) -> list[Quote]:
    """Give the words that anyone may read of a program and a school year, in no order of time. One statement."""
    wanted = (
        select(VoxPop.language, VoxPop.words)
        .join(Survey, Survey.id == VoxPop.survey_id)
        .where(Survey.program_id == program_id, Survey.school_year == school_year, VoxPop.words != "", _is_in(Pile.PUBLISHED))
        .order_by(VoxPop.id)
        .limit(MOST_QUOTES)
    )
    return [Quote(row.language, row.words) for row in db.session.execute(wanted)]


def _is_in(pile: Pile) -> ColumnElement[bool]:
    settled = exists().where(WordsSettlement.vox_pop_id == VoxPop.id)
    withdrawn = exists().where(WordsWithdrawal.settlement_id == WordsSettlement.id)
    shown = settled.where(and_(WordsSettlement.outcome == WordsOutcome.PUBLISHED, ~withdrawn))
    if pile is Pile.HELD:
        return ~settled
    return shown if pile is Pile.PUBLISHED else and_(settled, ~shown)
