"""What anyone sees of the draws, and where an employer drawn shows what it does."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import ANYONE, Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import Pages, document, go, page, say
from certif.sampling import actions, queries, space_words  # noqa: F401 — what is said in the employer's space
from certif.sampling.forms import AnswerForm, ReplyForm
from certif.standing import uploaded

pages = Pages("sampling", __name__)


@pages.route("/tirages")
@audience(ANYONE)
def list_draws() -> Response:
    """Every draw that was announced, the newest first."""
    found = queries.public_draws(request.args.get("suite"))
    following = found[queries.PAGE - 1].ref if len(found) > queries.PAGE else None
    return page("sampling/list_draws.html", found=found[: queries.PAGE], following=following)


@pages.route("/tirages/<ref>")
@audience(ANYONE)
def show_draw(ref: str) -> Response:
    """One draw: what was published before, what was published after, and how to redo it."""
    return page("sampling/show_draw.html", draw=queries.draw_called(ref))


@pages.route("/tirages/<ref>/bulletins.txt", bilingual=False)
@audience(ANYONE)
def list_tickets(ref: str) -> Response:
    """The tickets that were in the draw, one a line; none before it."""
    tickets = queries.draw_called(ref).tickets or []
    return Response("".join(f"{ticket}\n" for ticket in tickets), mimetype="text/plain")


@pages.route("/mon-espace/examens/<ref>", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def answer(ref: str) -> Response | Answer:
    """Where an employer drawn shows what it does, and sees what comes of it."""
    examination, form = queries.my_examination(actor(), ref), AnswerForm()
    if form.validate_on_submit():
        with form.held():
            actions.answer(examination, form.words.data or "", uploaded(form.piece), by=actor())
            say(_("Merci. Votre réponse est gardée ; vous pouvez encore en ajouter."))
            return go("sampling.answer", ref=ref)
    return page("sampling/answer.html", form=form, examination=examination)


@pages.route("/mon-espace/examens/<ref>/reponse", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def reply(ref: str) -> Response | Answer:
    """Where an employer replies to a finding, before anything is concluded."""
    examination, form = queries.my_examination(actor(), ref), ReplyForm()
    if form.validate_on_submit():
        with form.held():
            actions.reply(examination, form.words.data or "", by=actor())
            say(_("Votre réponse est gardée. Elle sera lue avant toute conclusion."))
            return go("sampling.answer", ref=ref)
    if examination.finding is None or examination.finding.reply or examination.conclusion:
        return go("sampling.answer", ref=ref)
    return page("sampling/reply.html", form=form, examination=examination)


@pages.route("/examens/<ref>/pieces/<int:number>", bilingual=False)
@audience(Role.EMPLOYER)
def download_piece(ref: str, number: int) -> Response:
    """A file that supports an answer, to the employer's people and to staff who follow the file."""
    return document(*queries.piece_of(actor(), ref, number))
