"""The employer's pages: confirm a registration, read and sign the contract, contribute, answer, and see where things stand."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug import Response as Answer

from certif import contributions, payments
from certif.accounts import carry, this_browser
from certif.certification import actions, papers, signing
from certif.certification.beside import links_of
from certif.certification.changes import change_since_last_cycle
from certif.certification.forms import (
    ChooseLanguageForm,
    ConfirmRegistrationForm,
    DeclineContractForm,
    DeliverContractForm,
    NameSignatoryForm,
    ResubmitForm,
    SignContractForm,
)
from certif.certification.model import Certification, Stage
from certif.certification.queries import badge_numbered, certification_of, open_programs, programs_for, readable_file
from certif.certification.signatures import Mandate
from certif.certification.space import next_step, space_of
from certif.employers import DRAFT_COOKIE, draft_of, employer_of, establishments_of
from certif.kit import evidence
from certif.kit.access import ANYONE, Role, actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _, language
from certif.kit.limits import limiter
from certif.kit.web import Pages, absolute_url, document, go, go_to, page, say
from certif.programs import Contract, promise_and_floor
from certif.sponsorships import CODE_COOKIE

pages = Pages("certification", __name__)


def current() -> Certification:
    """Give the certification this request is about: the one named by `dossier`, else the one that can move forward."""
    return certification_of(actor(), request.args.get("dossier"))


@pages.route("/inscription/confirmation", methods=["POST"])
@limiter.limit("20 per hour")
@audience(ANYONE)
def confirm_registration() -> Answer:
    """From the summary: send the code that proves the contact's address, unless it is already known."""
    draft = draft_of(request.cookies.get(DRAFT_COOKIE))
    actions.begin_confirmation(draft, by=actor(), language=language())
    return go("certification.complete_registration")


@pages.route("/inscription/code", methods=["GET", "POST"])
@limiter.limit("60 per hour")
@audience(ANYONE)
def complete_registration() -> Response | Answer:
    """The code received, and the employer is registered."""
    draft, form = draft_of(request.cookies.get(DRAFT_COOKIE)), ConfirmRegistrationForm()
    programs, is_known = programs_for(draft), actions.is_contact(draft, actor())
    form.offer(programs, needs_code=not is_known)
    if draft.employer_id is not None:
        return go("certification.show")
    if form.validate_on_submit():
        with form.held():
            if is_known:
                actions.finish_registration(draft, program=form.chosen(programs), by=actor())
            else:
                carry(actions.complete_registration(draft, form.code.data, program=form.chosen(programs), browser=this_browser()))
            return go("certification.show")
    return page("certification/complete_registration.html", form=form, draft=draft, programs=programs, is_known=is_known)


@pages.route("/mon-espace")
@audience(Role.EMPLOYER)
def show() -> Response:
    """Where I stand, what is next, my documents, my people, my establishments."""
    return page("certification/show.html", spaces=space_of(actor()), links=links_of(actor()), form=Form())


@pages.route("/mon-espace/<ref>/demande", methods=["POST"])
@audience(Role.EMPLOYER)
def enter_program(ref: str) -> Answer:
    """Open the path in a program, for an employer that is already registered."""
    employer = employer_of(actor(), ref)
    offered = {program.ref: program for program in open_programs(employer, establishments_of(employer))}
    chosen = offered.get(request.form.get("program", ""))
    if chosen is not None:
        actions.open_certification(employer, chosen, by=actor())
    return go("certification.show")


@pages.route("/certification/contrat", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def read_contract() -> Response | Answer:
    """The moral contract: the button opens the French text, and keeps when."""
    certification, form = current(), DeliverContractForm()
    if form.validate_on_submit():
        with form.held():
            signing.deliver_contract(certification, by=actor())
            return go("certification.read_contract", dossier=certification.ref)
    if certification.stage is not Stage.AWAITING_CONTRACT and not certification.signature:
        return go("certification.show")
    contract = signing.contract_for(certification)
    is_open = certification.signature is not None or (contract is not None and certification.delivery_of(contract) is not None)
    return page(
        "certification/read_contract.html", form=form, certification=certification, contract=contract, is_open=is_open,
        choice=ChooseLanguageForm(), **_around(certification, contract),
    )  # fmt: skip


@pages.route("/certification/contrat/langue", methods=["POST"])
@audience(Role.EMPLOYER)
def choose_language() -> Answer:
    """The express choice of a language."""
    certification, form = current(), ChooseLanguageForm()
    if form.validate_on_submit() and form.chosen.data in {"fr", "en"}:
        signing.choose_language(certification, form.chosen.data, by=actor())
    return go("certification.read_contract", dossier=certification.ref)


@pages.route("/certification/contrat/signataire", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def name_signatory() -> Response | Answer:
    """Do you have the power to sign? If not, the right person is asked."""
    certification, form = current(), NameSignatoryForm(spoken=language())
    if form.validate_on_submit():
        with form.held():
            signing.invite_signatory(certification, name=form.name.data, email=form.email.data, language=form.spoken.data, by=actor())
            say(_("L’invitation est en route. Tout ce que vous avez rempli est gardé."))
            return go("certification.show")
    return page("certification/name_signatory.html", form=form, certification=certification)


@pages.route("/certification/contrat/refus", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def decline_contract() -> Response | Answer:
    """Rather not sign, and why."""
    certification, form = current(), DeclineContractForm()
    if form.validate_on_submit():
        with form.held():
            signing.decline_contract(certification, form.reason.data, by=actor())
            say(_("Merci de nous l’avoir dit. L’équipe régionale vous lira ; vous pourrez signer plus tard."))
            return go("certification.show")
    return page("certification/decline_contract.html", form=form, certification=certification)


@pages.route("/certification/contrat/code", methods=["POST"])
@limiter.limit("20 per hour")
@audience(Role.EMPLOYER)
def send_signing_code() -> Answer:
    """Send the six digits to the signatory's own address."""
    certification = current()
    signing.send_signing_code(certification, by=actor())
    say(_("Le code est en route vers %(email)s. Il est valable quinze minutes.", email=actor().email))
    return go("certification.sign_contract", dossier=certification.ref)


@pages.route("/certification/contrat/signature", methods=["GET", "POST"])
@limiter.limit("60 per hour")
@audience(Role.EMPLOYER)
def sign_contract() -> Response | Answer:
    """The place to sign the moral contract."""
    certification, form = current(), SignContractForm(signatory=actor().name)
    contract = signing.contract_for(certification)
    if certification.stage is not Stage.AWAITING_CONTRACT or contract is None or certification.delivery_of(contract) is None:
        return go("certification.read_contract", dossier=certification.ref)
    form.offer(contract, certification.language)
    if form.validate_on_submit():
        with form.held():
            signing.sign_contract(certification, _assent(form), by=actor())
            say(_("Le contrat moral est signé. Une copie scellée vous a été envoyée."))
            return go(next_step(certification), dossier=certification.ref)
    form.digest.data = contract.digest_fr
    return page("certification/sign_contract.html", form=form, certification=certification, code_was_sent=_code_was_sent(certification))


@pages.route("/certification/contribution", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def contribute() -> Response | Answer:
    """The symbolic contribution: how much, and the ways to give it."""
    certification, form = current(), Form()
    if certification.stage is not Stage.AWAITING_CONTRIBUTION or certification.contribution is None:
        return go("certification.show")
    if form.validate_on_submit():
        with form.held():
            away = absolute_url("certification.contribute", dossier=certification.ref, language=language())
            return go_to(contributions.start_checkout(certification.contribution, language=language(), back_url=away, by=actor()))
    return page(
        "certification/contribute.html", form=form, certification=certification, contribution=certification.contribution,
        methods=contributions.methods_for(certification.contribution), is_sandbox=payments.is_sandbox(),
        kept_code=request.cookies.get(CODE_COOKIE, "")[:40],
    )  # fmt: skip


@pages.route("/certification/reponse", methods=["GET", "POST"])
@audience(Role.EMPLOYER)
def resubmit() -> Response | Answer:
    """Answer a file that was sent back."""
    certification, form = current(), ResubmitForm()
    if certification.stage is not Stage.SENT_BACK:
        return go("certification.show")
    if form.validate_on_submit():
        with form.held():
            actions.resubmit(certification, form.note.data, by=actor())
            say(_("Votre réponse est transmise. L’équipe régionale reprend votre dossier."))
            return go("certification.show")
    return page("certification/resubmit.html", form=form, certification=certification)


@pages.route("/certification/<ref>/contrat.pdf", bilingual=False)
@audience(Role.EMPLOYER)
def download_contract(ref: str) -> Response:
    """The sealed contract, byte for byte, to the employer's people and to staff who follow the file."""
    certification = readable_file(actor(), ref)
    return document(evidence.fetch(papers.signature_of(certification).pdf_digest), papers.contract_file_name(certification))


@pages.route("/certification/<ref>/attestations/<number>.pdf", bilingual=False)
@audience(Role.EMPLOYER)
def download_certificate(ref: str, number: str) -> Response:
    """The certificate of one badge."""
    _certification, badge = badge_numbered(actor(), ref, number)
    return document(evidence.fetch(badge.certificate_digest), papers.certificate_file_name(badge))


def _around(certification: Certification, contract: Contract | None) -> dict[str, Any]:
    """Give what stands around the contract: its language, the promise and the floor, what changes since the last cycle."""
    return {
        "shown": certification.language,
        "sides": promise_and_floor(contract.version) if contract else None,
        "change": change_since_last_cycle(certification, contract),
    }


def _code_was_sent(certification: Certification) -> bool:
    """Whether the last code went to whoever is here, and may still be used."""
    return bool(certification.signing_codes) and certification.signing_codes[-1].is_usable(email=actor().email)


def _assent(form: SignContractForm) -> signing.Assent:
    return signing.Assent(
        digest=form.digest.data or "",
        code=form.code.data or "",
        signatory=form.signatory.data or "",
        role=form.role.data or "",
        commitments=form.picked,
        network_address=request.remote_addr or "",
        agent=request.user_agent.string[:300],
        mandate=Mandate(form.mandate.data),
        mandate_source=form.mandate_source.data or "",
    )
