"""Questions about what a program tells: what anyone may read, and what awaits whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from certif.kit import clock
from certif.kit.access import Actor
from certif.kit.db import db
from certif.kit.paging import Slice, cut, read_cursor
from certif.notices.actions import TELLERS
from certif.notices.model import AnswerWithdrawal, NoticeWithdrawal, Outcome, ProgramNotice, ProgramQuestion, Settlement
from certif.programs import Program, program_by_slug, version_in_force

FEED = 30
FRESH = dt.timedelta(days=90)
"""How long a notice is news to those who are already in the program."""


def public_program(slug: str) -> Program:
    """Give a program that anyone may read about. Refuses (404): one that offers nothing yet."""
    program = program_by_slug(slug)
    if version_in_force(program) is None:
        raise NotFound
    return program


def notices_in(program: Program, after: str | None) -> Slice[ProgramNotice]:
    """Give a page of the notices that a program shows, the newest first."""
    found = select(ProgramNotice, ProgramNotice.published_at.label("since"), ProgramNotice.ref).where(
        ProgramNotice.program_id == program.id, _is_shown()
    )
    return _first(found, ProgramNotice.published_at.expression, ProgramNotice.ref.expression, after)


def newest_notices(program: Program) -> list[ProgramNotice]:
    """Give the notices of a feed, the newest first."""
    query = select(ProgramNotice).where(ProgramNotice.program_id == program.id, _is_shown())
    return list(db.session.scalars(query.order_by(ProgramNotice.published_at.desc(), ProgramNotice.ref.desc()).limit(FEED)))


def news_of(program: Program) -> ProgramNotice | None:
    """Give the newest notice of a program while it is news, or None."""
    is_fresh = ProgramNotice.published_at > clock.now() - FRESH
    query = select(ProgramNotice).where(ProgramNotice.program_id == program.id, is_fresh, _is_shown())
    return db.session.scalar(query.order_by(ProgramNotice.published_at.desc(), ProgramNotice.ref.desc()).limit(1))


def public_notice(ref: str) -> ProgramNotice:
    """Give a notice to anyone. Refuses (404) one that is not there, or no longer."""
    found = db.session.scalar(select(ProgramNotice).where(ProgramNotice.ref == ref, _is_shown()))
    if found is None:
        raise NotFound
    return found


def answers_in(program: Program, after: str | None) -> Slice[Settlement]:
    """Give a page of the questions and answers that a program shows, the newest first."""
    found = (
        select(Settlement, Settlement.settled_at.label("since"), Settlement.ref)
        .join(ProgramQuestion)
        .where(ProgramQuestion.program_id == program.id, Settlement.outcome == Outcome.PUBLISHED.value)
        .where(~exists().where(AnswerWithdrawal.settlement_id == Settlement.id))
    )
    return _first(found, Settlement.settled_at.expression, Settlement.ref.expression, after)


def notices_of(actor: Actor, after: str | None) -> Slice[ProgramNotice]:
    """Give a page of the notices of this person's programs, the newest first, those withdrawn among them."""
    found = (
        select(ProgramNotice, ProgramNotice.published_at.label("since"), ProgramNotice.ref)
        .options(joinedload(ProgramNotice.program), joinedload(ProgramNotice.withdrawal))
        .where(_is_mine(actor, ProgramNotice.program_id.expression))
    )
    return _first(found, ProgramNotice.published_at.expression, ProgramNotice.ref.expression, after)


def notice_of(actor: Actor, ref: str) -> ProgramNotice:
    """Give a notice to those who speak for its program. Refuses (404) any other."""
    found = db.session.scalar(select(ProgramNotice).where(ProgramNotice.ref == ref))
    if found is None or not actor.holds(found.program_id, *TELLERS):
        raise NotFound
    return found


def questions_of(actor: Actor, *, settled: bool, after: str | None) -> Slice[ProgramQuestion]:
    """Give a page of the questions of this person's programs: those that wait, the oldest first, or those settled, the newest first."""
    is_settled = exists().where(Settlement.question_id == ProgramQuestion.id)
    found = (
        select(ProgramQuestion, ProgramQuestion.asked_at.label("since"), ProgramQuestion.ref)
        .options(joinedload(ProgramQuestion.program), joinedload(ProgramQuestion.settlement).joinedload(Settlement.withdrawal))
        .where(_is_mine(actor, ProgramQuestion.program_id.expression), is_settled if settled else ~is_settled)
    )
    asked_at, ref = ProgramQuestion.asked_at.expression, ProgramQuestion.ref.expression
    page = cut(found, asked_at, ref, read_cursor(after), newest_first=settled)
    return Slice([row.ProgramQuestion for row in page.rows], page.next)


def questions_waiting(actor: Actor) -> int:
    """Count the questions that await an answer in this person's programs."""
    is_settled = exists().where(Settlement.question_id == ProgramQuestion.id)
    mine = _is_mine(actor, ProgramQuestion.program_id.expression)
    return db.session.scalar(select(func.count()).select_from(ProgramQuestion).where(mine, ~is_settled)) or 0


def question_of(actor: Actor, ref: str) -> ProgramQuestion:
    """Give a question to those who speak for its program. Refuses (404) any other."""
    found = db.session.scalar(select(ProgramQuestion).where(ProgramQuestion.ref == ref))
    if found is None or not actor.holds(found.program_id, *TELLERS):
        raise NotFound
    return found


def settlement_of(actor: Actor, ref: str) -> Settlement:
    """Give what became of a question to those who speak for its program. Refuses (404) any other."""
    question = question_of(actor, ref)
    if question.settlement is None:
        raise NotFound
    return question.settlement


def _is_shown() -> ColumnElement[bool]:
    return ~exists().where(NoticeWithdrawal.notice_id == ProgramNotice.id)


def _is_mine(actor: Actor, program_id: ColumnElement[Any]) -> ColumnElement[bool]:
    held = actor.program_ids(*TELLERS)
    return true() if held is None else program_id.in_(held)


def _first(found: Select[Any], at: ColumnElement[Any], ref: ColumnElement[Any], after: str | None) -> Slice[Any]:
    """Give a page whose rows are what the statement selects first, the newest first."""
    page = cut(found, at, ref, read_cursor(after), newest_first=True)
    return Slice([row[0] for row in page.rows], page.next)
