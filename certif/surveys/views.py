"""Answering a survey, from a code on the board, a link or an employer's QR.

These pages read no cookie and set none: there is no session to forge, so no token of one; where a post comes from is checked all the same.
What was answered so far travels in the page itself. Nothing of it is in an address, which browsers and networks remember.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
from collections.abc import Callable

from flask import Response, request
from flask_limiter.util import get_remote_address
from werkzeug import Response as Answer

from certif.kit import clock
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.db import reading
from certif.kit.limits import limiter
from certif.kit.settings import settings
from certif.kit.web import Pages, anonymous, cookieless, go, page
from certif.surveys import actions, ending
from certif.surveys.answering import Reading, noted, read_answers
from certif.surveys.definitions import UNDER_FOURTEEN, Answers, Question
from certif.surveys.sheets import FIELD, Sheet, read_sheet
from certif.surveys.vox_queries import asks_words
from certif.surveys.ways import Way, WayState, way_at, way_at_work

pages = Pages("surveys", __name__)

A_WHOLE_SCHOOL = "6000 per minute"
"""What one network may post: a school of 900 answers within a minute, in two posts or in fifteen."""
_GONE = {WayState.OVER, WayState.SHUT, WayState.USED}


def network() -> str:
    """Give a name of the day for the network that asks: whoever counts by it keeps no address."""
    key = f"{settings().secret_key} {clock.today()}".encode()
    return hmac.digest(key, (get_remote_address() or "").encode(), hashlib.sha256).hex()[:16]


@pages.route("/s")
@audience(ANYONE)
@anonymous
def find_survey() -> Answer:
    """From a code that someone typed to its survey."""
    code = request.args.get("code", "").strip()
    return go("surveys.answer", code=code[:100]) if code.strip("/. ") else page("surveys/find_survey.html")


@pages.route("/s/<code>", methods=["GET", "POST"])
@limiter.limit(A_WHOLE_SCHOOL, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def answer(code: str) -> Response:
    """A survey, from its first word to the thanks."""
    return _respond(way_at, code)


@pages.route("/s/e/<code>", methods=["GET", "POST"])
@limiter.limit(A_WHOLE_SCHOOL, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def answer_at_work(code: str) -> Response:
    """The same, from the QR of a place of work, which the answer then says."""
    return _respond(way_at_work, code)


def _respond(find: Callable[[str], Way | None], code: str) -> Response:
    """Answer with the page that comes next. Only the answer itself is written, and nobody waits while it is read or thanked for."""
    with reading():
        reply = _reply(find(code))
    if isinstance(reply, Response):
        return reply
    actions.answer(reply.way, reply.answers, sheet_id=reply.sheet_id, by=VISITOR)
    return reply.thanks


@dataclasses.dataclass(frozen=True)
class _Last:
    """The last page, and what goes in the box before it leaves."""

    thanks: Response
    way: Way
    answers: Answers
    sheet_id: str


def _reply(way: Way | None) -> Response | _Last:
    if way is None:
        return page("surveys/turned_away.html", status=404, way=None)
    sheet = read_sheet(request.form.get(FIELD), way) if request.method == "POST" else None
    if way.state is not WayState.OPEN and not (sheet and way.state is WayState.USED):
        return page("surveys/turned_away.html", status=410 if way.state in _GONE else 409, way=way)
    if sheet is None:
        return _begin(way) if request.method == "POST" else _welcome(way)
    if sheet.awaits_consent(way):
        return _hear_parent(way, sheet)
    if not sheet.is_stepwise:
        read = read_answers(way.definition, request.form, sheet.answers)
        return _ask(way, sheet, read, status=422) if read.errors else _keep(way, sheet, read)
    return _step(way, sheet)


def _welcome(way: Way, read: Reading | None = None, *, status: int = 200, is_lost: bool = False) -> Response:
    return page(
        "surveys/welcome.html", status=status, way=way, age=way.definition.of_role("age"), reading=read or Reading(), is_lost=is_lost
    )


def _begin(way: Way) -> Response:
    """Hear the age, and nothing else: what an under-fourteen has said is not kept."""
    if FIELD in request.form:
        return _welcome(way, status=422, is_lost=True)  # a page of another way in, or one that was tampered with
    age = way.definition.of_role("age")
    read = read_answers(way.definition, request.form, way.known, only=[age.id] if age else [])
    if read.errors:
        return _welcome(way, read, status=422)
    sheet = Sheet(answers={**way.known, **read.answers}, is_stepwise=request.form.get("go") == "steps")
    if age and read.answers.get(age.id) == UNDER_FOURTEEN:
        return (
            page("surveys/ask_parent.html", way=way, sheet=sheet.written(way))
            if way.asks_parents
            else page("surveys/too_young.html", way=way)
        )
    return _ask(way, sheet, Reading())


def _hear_parent(way: Way, sheet: Sheet) -> Response:
    """Go on only once a parent has agreed, on the page itself."""
    if not way.asks_parents:
        return page("surveys/too_young.html", way=way)
    if not request.form.get("consent"):
        return page("surveys/ask_parent.html", status=422, way=way, sheet=sheet.written(way), is_missing=True)
    return _ask(way, dataclasses.replace(sheet, has_consent=True), Reading())


def _step(way: Way, sheet: Sheet) -> Response | _Last:
    """Hear one question, and ask the next; after the last, keep the whole."""
    if request.form.get("go") == "back":
        return _ask(way, sheet.without_last(way), Reading())
    question = sheet.next_question(way.definition)
    if question is not None:
        read = read_answers(way.definition, request.form, sheet.answers, only=[question.id])
        if read.errors:
            read.errors = {question.id: next(iter(read.errors.values()))}  # what is wrong is said where one can change it
            return _ask(way, sheet, read, status=422)
        sheet = sheet.with_answer(question, read.answers.get(question.id))
    if sheet.next_question(way.definition) is not None:
        return _ask(way, sheet, Reading())
    return _keep(way, sheet, read_answers(way.definition, request.form, sheet.answers, only=[]))


def _ask(way: Way, sheet: Sheet, read: Reading, *, status: int = 200) -> Response:
    """Show what remains to be asked: all of it, or one question."""
    definition = way.definition
    if sheet.is_stepwise:
        question, number = sheet.next_question(definition), sheet.number(way)
        asked: list[tuple[Question, str | None]] = [(question, None)] if question else []
    else:
        number, asked = 0, noted(definition, sheet.answers)
    return page("surveys/questions.html", status=status, way=way, sheet=sheet.written(way), asked=asked, reading=read, number=number)


def _keep(way: Way, sheet: Sheet, read: Reading) -> _Last:
    """Thank for an answer that is to be put in the box."""
    beside = ending.beside(way.survey_id, way.definition, read.answers)
    exceeded, asks = ending.exceeded(way.definition, read.answers), asks_words(way, read.answers)
    limits = ending.limits(way.definition)
    thanks = page("surveys/thanks.html", way=way, beside=beside, exceeded=exceeded, limits=limits, asks_words=asks)
    return _Last(thanks, way, read.answers, sheet.id)
