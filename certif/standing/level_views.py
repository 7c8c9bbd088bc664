"""A higher level: where the employer asks for it, and where staff decide."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.certification import certification_of, may_decide
from certif.kit.access import STAFF, Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import document, go, page, say
from certif.standing import level_actions as actions
from certif.standing.level_forms import evidence_form, findings_form
from certif.standing.level_model import grid_of
from certif.standing.level_queries import PAGE, awaiting_requests, piece_of, request_of, requests_of
from certif.standing.views import pages


@pages.route("/certification/<ref>/niveau", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def ask_for_level(ref: str) -> Response | Answer:
    """Where an employer asks for the next level, with evidence for each criterion."""
    certification = certification_of(actor(), ref)
    level = actions.next_level(certification)
    form, why_not = evidence_form(grid_of(certification, level) if level else []), actions.level_obstacle(certification)
    if level is not None and form.validate_on_submit():
        with form.held():
            actions.ask_for_level(certification, form.said, by=actor())
            say(_("Votre demande est transmise. L’équipe régionale décidera critère par critère, et vous écrira."))
            return go("standing.ask_for_level", ref=ref)
    earlier = list(reversed(requests_of(certification)))
    return page(
        "standing/ask_for_level.html", form=form, certification=certification, level=level, why_not=why_not, earlier=earlier
    )  # fmt: skip


@pages.route("/personnel/niveaux")
@audience(*STAFF)
def list_level_requests() -> Response:
    """The levels that were asked for and await a decision, the oldest first."""
    found = awaiting_requests(actor(), request.args.get("suite"))
    return page("standing/list_level_requests.html", found=found[:PAGE], following=found[PAGE - 1].ref if len(found) > PAGE else None)


@pages.route("/personnel/niveaux/<ref>", methods=["GET", "POST"])
@audience(*STAFF)
def decide_on_level(ref: str) -> Response | Answer:
    """A level asked for: the evidence, and the decision, criterion by criterion."""
    asked = request_of(actor(), ref)
    form = findings_form(asked.criteria)
    if form.validate_on_submit():
        with form.held():
            badges = actions.decide_on_level(asked, form.found, by=actor())
            say(_("Le niveau est accordé, et les nouveaux badges sont délivrés.") if badges else _("Le refus est envoyé, avec vos motifs."))
            return go("standing.decide_on_level", ref=ref)
    return page("standing/decide_on_level.html", form=form, asked=asked, may_decide=may_decide(asked.certification, by=actor()))


@pages.route("/niveaux/<ref>/pieces/<int:position>", bilingual=False)
@audience(Role.EMPLOYER)
def download_piece(ref: str, position: int) -> Response:
    """A file that supports a request, to the employer's people and to staff who follow the file."""
    return document(*piece_of(actor(), ref, position))
