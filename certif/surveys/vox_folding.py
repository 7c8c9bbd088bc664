"""Emptying the box of words, a few at least at a time and in no order; and forgetting them when their time has come."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, and_, delete, exists, func, insert, literal, or_, select, update

from certif.kit import clock
from certif.kit.db import db, lock, transaction, wipe_traces
from certif.kit.jobs import recurring
from certif.surveys.model import LEAST_SHOWN_INSIDE, Survey
from certif.surveys.vox_model import BoxedWords, VoxPop, WordsOutcome, WordsSettlement, WordsWithdrawal

UNREAD_KEPT = dt.timedelta(days=365)
APART_KEPT = dt.timedelta(days=90)
BOXED_KEPT = dt.timedelta(days=30)
"""How long words stay: not published; set aside or withdrawn; in the box after a survey's last day, where too few came to be read."""

_PLAIN = {"synchronize_session": False}


@recurring("fold_words", every=dt.timedelta(minutes=1))
def fold_words() -> None:
    """Empty the box of words of each survey that holds enough."""
    waiting = select(BoxedWords.survey_id).group_by(BoxedWords.survey_id).having(func.count() >= LEAST_SHOWN_INSIDE)
    if sum([fold_words_of(survey_id) for survey_id in db.session.scalars(waiting).all()]):
        wipe_traces(BoxedWords)


def fold_words_of(survey_id: int) -> int:
    """Move the words of a survey out of the box, all at once and shuffled; give how many."""
    box, week = BoxedWords, clock.today() - dt.timedelta(days=clock.today().weekday())
    with transaction():
        lock(db.session.get_one(Survey, survey_id))
        is_there = exists().where(VoxPop.id == box.id)  # a page sent again after the box was emptied
        db.session.execute(delete(box).where(box.survey_id == survey_id, is_there), execution_options=_PLAIN)
        names = list(db.session.scalars(select(box.id).where(box.survey_id == survey_id)))
        if len(names) < LEAST_SHOWN_INSIDE:
            return 0
        moved = select(box.id, box.survey_id, literal(week, Date()), box.language, box.words, box.has_consent)
        columns = ("id", "survey_id", "week", "language", "words", "has_consent")
        moved = moved.where(box.id.in_(names)).order_by(func.random())
        db.session.execute(insert(VoxPop).from_select(columns, moved), execution_options=_PLAIN)
        db.session.execute(delete(box).where(box.id.in_(names)), execution_options=_PLAIN)
        return len(names)


@recurring("forget_words", every=dt.timedelta(days=1), retention=True)
def forget_words() -> None:
    """Forget words as their models say; that something was decided of them, by whom and when, stays."""
    at, today = clock.now(), clock.today()
    of_these = WordsSettlement.vox_pop_id == VoxPop.id
    is_settled = exists().where(of_these)
    was_set_aside = exists().where(
        of_these, WordsSettlement.outcome == WordsOutcome.SET_ASIDE, WordsSettlement.settled_at < at - APART_KEPT
    )
    was_withdrawn = exists().where(
        of_these, WordsWithdrawal.settlement_id == WordsSettlement.id, WordsWithdrawal.withdrawn_at < at - APART_KEPT
    )
    is_over = or_(was_set_aside, was_withdrawn, and_(~is_settled, VoxPop.week < today - UNREAD_KEPT))
    ended = select(Survey.id).where(Survey.closes_on < today - BOXED_KEPT)
    with transaction():
        forgotten = update(VoxPop).where(VoxPop.words != "", is_over).values(words="")
        db.session.execute(forgotten, execution_options=_PLAIN)
        db.session.execute(delete(BoxedWords).where(BoxedWords.survey_id.in_(ended)), execution_options=_PLAIN)
