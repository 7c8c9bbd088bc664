"""The file of one certification, as staff read it, and what they decide."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer

from certif.certification import actions
from certif.certification.forms import SendBackForm, ValidateForm, seen_by
from certif.certification.milestones import milestones_of
from certif.certification.model import Certification
from certif.certification.paper_signing import may_record
from certif.certification.queries import file_of, places_of, verifications_of
from certif.certification.reviews import review_of
from certif.certification.views import pages
from certif.certification.wording import stage_label, stage_look
from certif.employers import establishments_of, members_of
from certif.kit import audit
from certif.kit.access import STAFF, Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import go, page, say


@pages.route("/personnel/dossiers/<ref>")
@audience(*STAFF)
def show_file(ref: str) -> Response:
    """A file on one page: who, where it stands, the evidence, the documents, the history in sentences."""
    certification = file_of(actor(), ref)
    employer, stage = certification.employer, certification.stage
    return page(
        "certification/show_file.html", certification=certification, employer=employer, stage=stage,
        label=stage_label(stage, staff=True), look=stage_look(stage, staff=True), may_decide=actions.may_decide(certification, by=actor()),
        may_record=may_record(certification, by=actor()),
        manages=actor().holds(certification.program_id, Role.ADMIN, Role.MANAGER), places=establishments_of(employer),
        people=members_of(employer), verifications=verifications_of(certification), milestones=milestones_of(certification),
        history=_history(certification), review=review_of(certification),
        may_hang=actor().holds(certification.program_id, Role.ADMIN, Role.MANAGER, Role.AGENT),
        receipts=certification.contribution.receipts if certification.contribution else [],
    )  # fmt: skip


@pages.route("/personnel/dossiers/<ref>/validation", methods=["GET", "POST"])
@audience(*STAFF)
def validate(ref: str) -> Response | Answer:
    """Grant the certification: which level, which establishments."""
    certification, form = file_of(actor(), ref), ValidateForm()
    places = places_of(certification)
    form.offer(certification.version, places, hires_nobody=certification.employer.hires_nobody)
    if form.validate_on_submit():
        with form.held():
            actions.validate(certification, **form.granted(places), seen=seen_by(form), by=actor())
            say(_("La certification est accordée. L’attestation et le courriel sont en route."))
            return go("certification.show_file", ref=ref)
    if form.seen.data is None:
        form.seen.data, form.establishments.data = str(len(certification.decisions)), [place.ref for place in places]
    return page("certification/validate.html", form=form, certification=certification)


@pages.route("/personnel/dossiers/<ref>/renvoi", methods=["GET", "POST"])
@audience(*STAFF)
def send_back(ref: str) -> Response | Answer:
    """Send the file back, with reasons."""
    certification, form = file_of(actor(), ref), SendBackForm()
    if form.validate_on_submit():
        with form.held():
            actions.send_back(certification, form.reason.data, seen=seen_by(form), by=actor())
            say(_("Le dossier est renvoyé à l’employeur, avec vos mots."))
            return go("certification.show_file", ref=ref)
    if form.seen.data is None:
        form.seen.data = str(len(certification.decisions))
    return page("certification/send_back.html", form=form, certification=certification)


def _history(certification: Certification) -> list[audit.JournalEntry]:
    """Give what happened to the file and to its contribution, in order."""
    subjects: list[audit.Subject] = [certification, certification.employer]
    return audit.history(*subjects, *([certification.contribution] if certification.contribution else []))
