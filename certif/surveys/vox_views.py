"""A few words after the survey, for whoever wants to: a page of its own, without a cookie and without anything of the answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Response, request
from itsdangerous import BadData, URLSafeSerializer

from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.db import reading
from certif.kit.limits import limiter
from certif.kit.settings import settings
from certif.kit.web import cookieless, page
from certif.surveys import vox_actions
from certif.surveys.model import Audience
from certif.surveys.views import network, pages
from certif.surveys.vox_forms import MOST_SIGNS, LeaveWordsForm
from certif.surveys.vox_queries import hears
from certif.surveys.ways import Way, WayState, way_at, way_at_work

A_SCHOOL = "1200 per minute"
"""What one network may post: fewer than answers, since few have something to add."""


@pages.route("/s/<code>/mot", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def leave_words(code: str) -> Response:
    """A few words of a student, once they have answered."""
    return _hear(way_at, code)


@pages.route("/s/e/<code>/mot", methods=["GET", "POST"])
@limiter.limit(A_SCHOOL, key_func=network, methods=["POST"], override_defaults=True)
@audience(ANYONE)
@cookieless
def leave_words_at_work(code: str) -> Response:
    """The same, from the QR of a place of work, of which nothing is kept here."""
    return _hear(way_at_work, code)


def _hear(find: Callable[[str], Way | None], code: str) -> Response:
    with reading():
        way = find(code)
        is_heard = way is not None and way.definition.audience == Audience.STUDENTS
    if way is None or not is_heard:
        return page("surveys/turned_away.html", status=404, way=None)
    if not hears(way):
        return page("surveys/turned_away.html", status=409 if way.state is WayState.COMING else 410, way=way)
    form, mark = LeaveWordsForm(), _read_mark(request.form.get("feuille"), way)
    if form.validate_on_submit() and mark is not None:
        vox_actions.leave_words(way, form.words.data, has_consent=form.has_consent.data, mark=mark, by=VISITOR)
        return page("surveys/words_left.html", way=way, has_consent=form.has_consent.data)
    is_lost = request.method == "POST" and mark is None
    carried = _marks(way).dumps(mark or uuid.uuid4().hex)
    return page(
        "surveys/leave_words.html", status=422 if is_lost else 200, way=way, form=form, mark=carried, is_lost=is_lost, most=MOST_SIGNS
    )


def _marks(way: Way) -> URLSafeSerializer:
    """Give what signs the mark of a page: words sent twice are kept once, and a mark is never that of an answer."""
    return URLSafeSerializer(settings().secret_key, salt=f"survey words {way.survey_id}")


def _read_mark(carried: str | None, way: Way) -> str | None:
    try:
        return str(_marks(way).loads(carried)) if carried and len(carried) < 200 else None
    except BadData:
        return None
