"""A decision of a machine, reviewed by a person: where the employer asks for it, and where staff answer."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.certification import certification_of, may_decide, review_of
from certif.kit.access import STAFF, Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.standing import review_actions as actions
from certif.standing.review_forms import AnswerReviewForm, AskReviewForm
from certif.standing.review_model import Outcome
from certif.standing.review_queries import PAGE, asked_review, awaiting_reviews, human_review_of
from certif.standing.views import pages


@pages.route("/certification/<ref>/revision", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def ask_for_review(ref: str) -> Response | Answer:
    """What the machine looked at, and where to ask that a person look at it again."""
    certification, form = certification_of(actor(), ref), AskReviewForm()
    if form.validate_on_submit():
        with form.held():
            actions.ask_for_review(certification, form.words.data, by=actor())
            say(_("Votre demande est transmise. Une personne de l’équipe régionale vous répondra par courriel."))
            return go("standing.ask_for_review", ref=ref)
    asked, found = human_review_of(certification), review_of(certification) if actions.was_automatic(certification) else None
    return page("standing/ask_for_review.html", form=form, certification=certification, asked=asked, found=found)


@pages.route("/personnel/revisions")
@audience(*STAFF)
def list_reviews() -> Response:
    """The reviews that await an answer, the oldest first."""
    found = awaiting_reviews(actor(), request.args.get("suite"))
    return page("standing/list_reviews.html", found=found[:PAGE], following=found[PAGE - 1].ref if len(found) > PAGE else None)


@pages.route("/personnel/revisions/<ref>", methods=["GET", "POST"])
@audience(*STAFF)
def answer_review(ref: str) -> Response | Answer:
    """What the employer says, what the machine looked at, and the answer."""
    asked, form = asked_review(actor(), ref), AnswerReviewForm()
    if form.validate_on_submit():
        with form.held():
            actions.answer_review(asked, Outcome(form.outcome.data), form.answer.data, by=actor())
            say(_("La réponse est partie."))
            return go("standing.answer_review", ref=ref)
    found, may_answer = review_of(asked.certification), may_decide(asked.certification, by=actor())
    return page("standing/answer_review.html", form=form, asked=asked, found=found, may_answer=may_answer)
