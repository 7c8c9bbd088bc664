"""What staff do with distinctions, ways to help and requests for support."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.certification import file_of
from certif.kit.access import STAFF, actor, audience
from certif.kit.filters import following
from certif.kit.languages import _
from certif.kit.web import go, page, say
from certif.network import help_actions, help_queries, request_actions, request_queries
from certif.network.asking_forms import AnswerForm, AssignForm, CloseForm, DistinctionForm, HelpFilterForm
from certif.network.committee_queries import team_of
from certif.network.help_model import DISTINCTION_KINDS
from certif.network.queries import WORKERS, experts_of, mrcs_of, territories_of
from certif.network.request_queries import request_of
from certif.network.views import pages


@pages.route("/personnel/distinctions")
@audience(*WORKERS)
def list_distinctions() -> Response:
    """The founders and the ambassadors of my programs."""
    kind = request.args.get("genre", "")
    found = help_queries.distinctions_of(actor(), kind if kind in set(DISTINCTION_KINDS) else None, request.args.get("suite"))
    return page("network/list_distinctions.html", found=found, next_url=following(found), kind=kind, kinds=DISTINCTION_KINDS)


@pages.route("/personnel/dossiers/<ref>/distinction", methods=["GET", "POST"])
@audience(*WORKERS)
def offer_distinction(ref: str) -> Response | Answer:
    """A distinction for a certified employer."""
    certification = file_of(actor(), ref)
    form = DistinctionForm().offer(mrcs_of(certification.program))
    if form.validate_on_submit():
        with form.held():
            kind, mrc = form.chosen
            help_actions.offer_distinction(certification, kind, mrc=mrc, by=actor())
            say(_("La distinction est offerte. Rien n’est public avant que l’employeur accepte."))
            return go("network.list_distinctions")
    return page("network/offer_distinction.html", form=form, certification=certification)


@pages.route("/personnel/distinctions/<ref>/retrait", methods=["POST"])
@audience(*WORKERS)
def end_distinction(ref: str) -> Answer:
    """A distinction is taken back."""
    help_actions.end_distinction(help_queries.distinction_of(actor(), ref), by=actor())
    say(_("La distinction est retirée."))
    return go("network.list_distinctions")


@pages.route("/personnel/coups-de-main")
@audience(*STAFF)
def list_help() -> Response:
    """Which certified employers offer what, where I work."""
    mrcs = [mrc for _program, found in territories_of(actor()) for mrc in found]
    form = HelpFilterForm().offer(mrcs)
    found = help_queries.offers_seen(actor(), form.wanted, request.args.get("suite"))
    places = help_queries.places_by_employer(found.rows)
    return page("network/list_help.html", found=found, next_url=following(found), form=form, places=places)


@pages.route("/personnel/soutien")
@audience(*WORKERS)
def list_requests() -> Response:
    """The requests that wait, the oldest first; or those that are settled."""
    settled = request.args.get("etat") == "reglees"
    found = request_queries.requests_of(actor(), settled=settled, after=request.args.get("suite"))
    counted = request_queries.requests_counted(actor())
    return page("network/list_requests.html", found=found, next_url=following(found), settled=settled, counted=counted)


@pages.route("/personnel/soutien/<ref>")
@audience(*WORKERS)
def show_request(ref: str) -> Response:
    """One request, who follows it, and the ways to settle it."""
    return page("network/show_request.html", one=request_of(actor(), ref))


@pages.route("/personnel/soutien/<ref>/suivi", methods=["GET", "POST"])
@audience(*WORKERS)
def assign_request(ref: str) -> Response | Answer:
    """Who follows a request."""
    asked = request_of(actor(), ref)
    form = AssignForm().offer(team_of(asked.program), experts_of(asked.program))
    if form.validate_on_submit():
        with form.held():
            request_actions.assign_request(asked, by=actor(), **form.chosen)
            say(_("La demande est confiée, et le courriel est en route."))
            return go("network.show_request", ref=ref)
    return page("network/assign_request.html", form=form, one=asked)


@pages.route("/personnel/soutien/<ref>/reponse", methods=["GET", "POST"])
@audience(*WORKERS)
def answer_request(ref: str) -> Response | Answer:
    """Where who asked is answered."""
    asked, form = request_of(actor(), ref), AnswerForm()
    if form.validate_on_submit():
        with form.held():
            request_actions.answer_request(asked, form.answer.data, by=actor())
            say(_("La réponse est en route."))
            return go("network.list_requests")
    return page("network/answer_request.html", form=form, one=asked)


@pages.route("/personnel/soutien/<ref>/fermeture", methods=["GET", "POST"])
@audience(*WORKERS)
def close_request(ref: str) -> Response | Answer:
    """Where a request that needs no answer is closed."""
    asked, form = request_of(actor(), ref), CloseForm()
    if form.validate_on_submit():
        with form.held():
            request_actions.close_request(asked, form.note.data, by=actor())
            say(_("La demande est fermée."))
            return go("network.list_requests")
    return page("network/close_request.html", form=form, one=asked)
