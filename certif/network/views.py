"""What anyone may do: ask to be supported; and, by a secret link, say what one thinks of a draft."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.languages import _, language
from certif.kit.limits import limiter
from certif.kit.web import Pages, go, page, say
from certif.network import retention  # noqa: F401 — its jobs
from certif.network.asking_forms import AskForm, comment_form
from certif.network.consultation_actions import comment_on_draft as comment
from certif.network.request_actions import ask_for_support as ask
from certif.network.request_queries import comments_of, invitation_behind
from certif.programs import open_programs

pages = Pages("network", __name__)


@pages.route("/soutien", methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"])
@audience(ANYONE)
def ask_for_support() -> Response | Answer:
    """Where a school, a partner or an employer asks to be supported, without an account."""
    form = AskForm(program=request.args.get("programme")).offer(open_programs())
    if form.validate_on_submit():
        with form.held():
            ask(form.chosen, form.terms, by=VISITOR)
            say(_("Merci : votre demande est entre les mains de l’équipe de la région. Elle vous écrira."))
            return go("network.ask_for_support")
    return page("network/ask_for_support.html", form=form)


@pages.route("/consultation/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def comment_on_draft(token: str) -> Response | Answer:
    """The draft as it was frozen, and a place to comment each of its clauses; the summary, once it is closed."""
    invitation = invitation_behind(token)
    round_, said = invitation.consultation, comments_of(invitation)
    form = comment_form(round_.clauses, said)
    if form.validate_on_submit():
        with form.held():
            typed = {clause["key"]: form[f"clause_{number}"].data or "" for number, clause in enumerate(round_.clauses)}
            comment(invitation, typed, by=VISITOR)
            say(_("Merci ! Vos commentaires sont notés. Vous pouvez les changer jusqu’au dernier jour."))
            return go("network.comment_on_draft", token=token)
    return page("network/comment_on_draft.html", form=form, invitation=invitation, one=round_, language=language())
