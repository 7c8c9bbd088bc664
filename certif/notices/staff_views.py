"""Staff let everyone know, and answer: notices published and withdrawn, the queue of questions, what became of each."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.notices import actions, queries, question_actions
from certif.notices.actions import TELLERS
from certif.notices.forms import AnswerPrivatelyForm, PublishAnswerForm, PublishNoticeForm, ReasonForm
from certif.notices.model import Kind
from certif.notices.views import pages
from certif.programs import program_of, programs_of


@pages.route("/personnel/avis")
@audience(*TELLERS)
def manage_notices() -> Response:
    """The notices of my programs, those withdrawn among them."""
    found = queries.notices_of(actor(), request.args.get("suite"))
    return page("notices/manage_notices.html", found=found, next_url=following(found))


@pages.route("/personnel/avis/nouveau", methods=["GET", "POST"])
@audience(*TELLERS)
def publish_notice() -> Response | Answer:
    """Where a notice is written, and published."""
    form = PublishNoticeForm().offer([(one.slug, one.name) for one in programs_of(actor(), *TELLERS)])
    if form.validate_on_submit():
        with form.held():
            program = program_of(actor(), form.program.data, *TELLERS)
            actions.publish_notice(program, Kind(form.kind.data), form.words, by=actor())
            say(_("L’avis est publié."))
            return go("notices.manage_notices")
    return page("notices/publish_notice.html", form=form)


@pages.route("/personnel/avis/<ref>/retrait", methods=["GET", "POST"])
@audience(*TELLERS)
def withdraw_notice(ref: str) -> Response | Answer:
    """Where a notice is taken back."""
    notice, form = queries.notice_of(actor(), ref), ReasonForm()
    if form.validate_on_submit():
        with form.held():
            actions.withdraw_notice(notice, form.reason.data, by=actor())
            say(_("L’avis est retiré."))
            return go("notices.manage_notices")
    return page("notices/withdraw_notice.html", form=form, one=notice)


@pages.route("/personnel/questions")
@audience(*TELLERS)
def manage_questions() -> Response:
    """The questions that wait, the oldest first; or those that are settled."""
    settled = request.args.get("etat") == "reglees"
    found = queries.questions_of(actor(), settled=settled, after=request.args.get("suite"))
    waiting = queries.questions_waiting(actor())
    return page("notices/manage_questions.html", found=found, next_url=following(found), settled=settled, waiting=waiting)


@pages.route("/personnel/questions/<ref>")
@audience(*TELLERS)
def show_question(ref: str) -> Response:
    """One question, and the three ways to settle it."""
    return page("notices/show_question.html", question=queries.question_of(actor(), ref))


@pages.route("/personnel/questions/<ref>/publication", methods=["GET", "POST"])
@audience(*TELLERS)
def publish_answer(ref: str) -> Response | Answer:
    """Where a question is written anew and published with its answer."""
    question, form = queries.question_of(actor(), ref), PublishAnswerForm()
    if form.validate_on_submit():
        with form.held():
            question_actions.publish_answer(question, form.words, by=actor())
            say(_("La question et sa réponse sont publiées."))
            return go("notices.manage_questions")
    return page("notices/publish_answer.html", form=form, question=question)


@pages.route("/personnel/questions/<ref>/reponse", methods=["GET", "POST"])
@audience(*TELLERS)
def answer_privately(ref: str) -> Response | Answer:
    """Where one person is answered, and nobody else."""
    question, form = queries.question_of(actor(), ref), AnswerPrivatelyForm()
    if form.validate_on_submit():
        with form.held():
            question_actions.answer_privately(question, form.answer.data, by=actor())
            say(_("La réponse est en route ; l’adresse sera oubliée dès qu’elle sera partie."))
            return go("notices.manage_questions")
    return page("notices/answer_privately.html", form=form, question=question)


@pages.route("/personnel/questions/<ref>/mise-de-cote", methods=["GET", "POST"])
@audience(*TELLERS)
def set_aside(ref: str) -> Response | Answer:
    """Where a question is left unanswered, and why."""
    question, form = queries.question_of(actor(), ref), ReasonForm()
    if form.validate_on_submit():
        with form.held():
            question_actions.set_aside(question, form.reason.data, by=actor())
            say(_("La question est mise de côté."))
            return go("notices.manage_questions")
    return page("notices/set_aside.html", form=form, question=question)


@pages.route("/personnel/questions/<ref>/retrait", methods=["GET", "POST"])
@audience(*TELLERS)
def withdraw_answer(ref: str) -> Response | Answer:
    """Where a published answer is taken back."""
    settlement, form = queries.settlement_of(actor(), ref), ReasonForm()
    if form.validate_on_submit():
        with form.held():
            question_actions.withdraw_answer(settlement, form.reason.data, by=actor())
            say(_("La réponse est retirée."))
            return go("notices.show_question", ref=ref)
    return page("notices/withdraw_answer.html", form=form, settlement=settlement)
