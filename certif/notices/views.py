"""What anyone may read and ask about a program."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.filters import following
from certif.kit.languages import _, language
from certif.kit.limits import limiter
from certif.kit.web import Pages, anonymous, go, page, say
from certif.notices import queries
from certif.notices.feed import feed_of
from certif.notices.forms import AskQuestionForm
from certif.notices.question_actions import ask_question as ask

pages = Pages("notices", __name__)


@pages.route("/programmes/<slug>/avis")
@audience(ANYONE)
def list_notices(slug: str) -> Response:
    """The notices of a program, the newest first."""
    program = queries.public_program(slug)
    found = queries.notices_in(program, request.args.get("suite"))
    return page("notices/list_notices.html", program=program, found=found, next_url=following(found))


@pages.route("/programmes/<slug>/avis.atom")
@audience(ANYONE)
@anonymous
def show_feed(slug: str) -> Response:
    """The same, for programs that read feeds."""
    program = queries.public_program(slug)
    text = feed_of(program, queries.newest_notices(program))
    return Response(text, mimetype="application/atom+xml", headers={"Cache-Control": "public, max-age=300"})


@pages.route("/avis/<ref>")
@audience(ANYONE)
def show_notice(ref: str) -> Response:
    """One notice."""
    return page("notices/show_notice.html", one=queries.public_notice(ref))


@pages.route("/programmes/<slug>/questions")
@audience(ANYONE)
def list_answers(slug: str) -> Response:
    """The questions that were asked about a program, and their answers."""
    program = queries.public_program(slug)
    found = queries.answers_in(program, request.args.get("suite"))
    return page("notices/list_answers.html", program=program, found=found, next_url=following(found))


@pages.route("/programmes/<slug>/questions/nouvelle", methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"])
@audience(ANYONE)
def ask_question(slug: str) -> Response | Answer:
    """Where anyone asks something about a program, without an account."""
    program, form = queries.public_program(slug), AskQuestionForm()
    if form.validate_on_submit():
        with form.held():
            ask(program, form.question.data, email=form.email.data, language=language(), by=VISITOR)
            say(_("Merci : votre question est entre les mains de l’équipe du programme."))
            return go("notices.list_answers", slug=slug)
    return page("notices/ask_question.html", form=form, program=program)
