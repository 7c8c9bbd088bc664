"""A signature given on paper: where staff record it and set it aside, where the employer contests it, and the picture of the page."""

from __future__ import annotations

from flask import Response
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.certification import paper_signing, papers
from certif.certification.model import Certification, Stage
from certif.certification.paper_forms import ContestSignatureForm, PaperSignatureForm, SetAsideSignatureForm
from certif.certification.queries import file_of, readable_file
from certif.certification.signatures import PaperSignature
from certif.certification.signing import contract_for
from certif.certification.views import current, pages
from certif.kit import evidence
from certif.kit.access import STAFF, Role, actor, audience
from certif.kit.languages import _
from certif.kit.web import document, download, go, page, say


@pages.route("/personnel/dossiers/<ref>/signature-papier", methods=["GET", "POST"])
@audience(*STAFF)
def record_paper_signature(ref: str) -> Response | Answer:
    """Record that the contract was signed on paper, beside the text that the paper must bear."""
    certification, form = file_of(actor(), ref), PaperSignatureForm()
    contract = contract_for(certification)
    if contract is None or certification.stage is not Stage.AWAITING_CONTRACT:
        return go("certification.show_file", ref=ref)
    form.offer(contract)
    if form.validate_on_submit():
        with form.held():
            paper_signing.record_paper_signature(certification, form.page, by=actor())
            say(_("La signature est consignée. L’employeur en est averti, avec la façon de la contester."))
            return go("certification.show_file", ref=ref)
    form.digest.data = form.digest.data or contract.digest_fr
    may = paper_signing.may_record(certification, by=actor())
    return page("certification/record_paper_signature.html", form=form, certification=certification, contract=contract, may_record=may)


@pages.route("/personnel/dossiers/<ref>/contrat-a-signer-<any(fr, en):spoken>.pdf", bilingual=False)
@audience(*STAFF)
def print_contract(ref: str, spoken: str) -> Response:
    """The contract to be signed by hand."""
    certification = file_of(actor(), ref)
    contract = contract_for(certification)
    if contract is None:
        raise NotFound
    return download(papers.blank_contract(certification, contract, spoken), papers.PDF, f"contrat-a-signer-{spoken}.pdf")


@pages.route("/personnel/dossiers/<ref>/signature-mise-de-cote", methods=["GET", "POST"])
@audience(*STAFF)
def set_aside_signature(ref: str) -> Response | Answer:
    """Let a signature recorded from paper count no more."""
    certification, form = file_of(actor(), ref), SetAsideSignatureForm()
    if form.validate_on_submit():
        with form.held():
            paper_signing.set_aside_signature(certification, form.reason.data, by=actor())
            say(_("La signature est mise de côté. Le contrat attend de nouveau sa signature."))
            return go("certification.show_file", ref=ref)
    return page("certification/set_aside_signature.html", form=form, certification=certification, paper=_paper_of(certification))


@pages.route("/certification/contrat/contestation", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def contest_signature() -> Response | Answer:
    """Where the employer says that a signature recorded from paper is not theirs."""
    certification, form = current(), ContestSignatureForm()
    if form.validate_on_submit():
        with form.held():
            paper_signing.contest_signature(certification, form.reason.data, by=actor())
            say(_("L’équipe régionale est prévenue. Rien ne sera accordé sur cette signature d’ici là."))
            return go("certification.show")
    return page("certification/contest_signature.html", form=form, certification=certification, paper=_paper_of(certification))


@pages.route("/certification/<ref>/page-signee", bilingual=False)
@audience(Role.EMPLOYER)
def download_scan(ref: str) -> Response:
    """The picture of the signed page, to the employer's people and to staff who follow the file."""
    certification = readable_file(actor(), ref)
    paper = _paper_of(certification)
    if paper is None:
        raise NotFound
    found = evidence.fetch(paper.scan_digest)
    return document(found, papers.scan_file_name(certification, found.media_type))


def _paper_of(certification: Certification) -> PaperSignature | None:
    return certification.signature.paper if certification.signature else None
