"""Staff give laureate lists: to a program by a key, to another organiser by a grant, to themselves as a file."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.galas import list_actions, list_queries
from certif.galas.laureate_lists import ListFilter, laureates_of
from certif.galas.list_actions import GIVERS
from certif.galas.list_forms import DeclineForm, GrantForm, TokenForm
from certif.galas.list_views import sheet
from certif.galas.queries import gala_decided_by
from certif.galas.views import pages
from certif.kit.access import actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.paging import PAGE
from certif.kit.web import go, page, say


@pages.route("/personnel/galas/<ref>/laureats")
@audience(*GIVERS)
def show_laureate_list(ref: str) -> Response:
    """The laureates of a gala as others read them, and the keys that read them."""
    gala = gala_decided_by(actor(), ref)
    found = laureates_of(gala, ListFilter(), after=request.args.get("suite"), most=PAGE)
    return page("galas/show_laureate_list.html", gala=gala, found=found, tokens=list_queries.tokens_of(gala))


@pages.route("/personnel/galas/<ref>/laureats/fichier.<form>", methods=["POST"], bilingual=False)
@audience(*GIVERS)
def take_laureate_list(ref: str, form: str) -> Response:
    """The whole list as a file; that it was taken is in the journal."""
    gala = gala_decided_by(actor(), ref)
    return sheet(list_actions.take_list(gala, ListFilter(), form=form, by=actor()), form)


@pages.route("/personnel/galas/<ref>/cles", methods=["GET", "POST"])
@audience(*GIVERS)
def issue_token(ref: str) -> Response:
    """A key for a program; it is shown this once."""
    gala, form = gala_decided_by(actor(), ref), TokenForm()
    if form.validate_on_submit():
        with form.held():
            secret = list_actions.issue_token(
                gala, label=form.label.data, expires_on=form.expires_on.data, sees_embargoed=form.sees_embargoed.data, by=actor()
            )
            return page("galas/show_token.html", gala=gala, secret=secret)
    return page("galas/issue_token.html", gala=gala, form=form)


@pages.route("/personnel/cles/<ref>/revocation", methods=["POST"])
@audience(*GIVERS)
def revoke_token(ref: str) -> Answer:
    """Let a key open nothing any more."""
    token = list_queries.token_of(actor(), ref)
    list_actions.revoke_token(token, by=actor())
    say(_("La clé « %(label)s » n’ouvre plus rien.", label=token.label))
    return go("galas.show_laureate_list", ref=token.gala.ref)


@pages.route("/personnel/listes")
@audience(*GIVERS)
def list_asked() -> Response:
    """The lists that other organisers asked of my programs."""
    found = list_queries.asked_of(actor(), request.args.get("suite"))
    return page("galas/list_asked.html", found=found, next_url=following(found))


@pages.route("/personnel/listes/<ref>", methods=["GET", "POST"])
@audience(*GIVERS)
def answer_list(ref: str) -> Response | Answer:
    """Who asks for what, and the list granted until a day."""
    asked, form = list_queries.request_to(actor(), ref), GrantForm()
    if form.validate_on_submit():
        with form.held():
            list_actions.grant_list(asked, until_on=form.until_on.data, by=actor())
            say(_("La liste est accordée."))
            return go("galas.list_asked")
    return page("galas/answer_list.html", asked=asked, form=form)


@pages.route("/personnel/listes/<ref>/refus", methods=["GET", "POST"])
@audience(*GIVERS)
def decline_list(ref: str) -> Response | Answer:
    """The list is not granted, and why."""
    asked, form = list_queries.request_to(actor(), ref), DeclineForm()
    if form.validate_on_submit():
        with form.held():
            list_actions.decline_list(asked, reason=form.reason.data, by=actor())
            say(_("La demande est refusée, et la personne prévenue."))
            return go("galas.list_asked")
    return page("galas/decline_list.html", asked=asked, form=form)
