"""Signing at the counter, on the phone of somebody of the team: register, prove the address, read, sign, put up a sticker."""

from __future__ import annotations

from flask import Response, request
from werkzeug import Response as Answer

from certif.certification import Assent, ChooseLanguageForm, Mandate, SignContractForm, contract_for
from certif.kit.access import actor, audience
from certif.kit.forms import Form
from certif.kit.languages import _
from certif.kit.limits import limiter
from certif.kit.web import go, page, say
from certif.programs import program_of, programs_of, promise_and_floor
from certif.visits import counter_actions
from certif.visits.counter_forms import ContactCodeForm, CounterForm, HangForm
from certif.visits.counter_model import CounterSitting
from certif.visits.counter_queries import CounterStep, next_step_of, prospect_to_register, sitting_of, sittings_of
from certif.visits.report_queries import WHOLE, places_to_go
from certif.visits.views import pages

PAGES = {
    CounterStep.PROVE: "visits.prove_contact",
    CounterStep.READ: "visits.read_there",
    CounterStep.SIGN: "visits.sign_there",
    CounterStep.STICKER: "visits.hang_sticker",
    CounterStep.LATER: "visits.show_sitting",
    CounterStep.DONE: "visits.show_sitting",
}
"""Where each step is done."""


@pages.route("/personnel/terrain/comptoir")
@audience(*WHOLE)
def list_sittings() -> Response:
    """The counters where I stood, and the programs in which I may stand at another."""
    asked = {"prospect": request.args["prospect"]} if request.args.get("prospect") else {}
    mine = sittings_of(actor())
    return page("visits/list_sittings.html", mine=mine, programs=programs_of(actor(), *WHOLE), asked=asked)


@pages.route("/personnel/terrain/comptoir/nouveau/<slug>", methods=["GET", "POST"])
@audience(*WHOLE)
def open_sitting(slug: str) -> Response | Answer:
    """The employer in short, and who signs for it."""
    program = program_of(actor(), slug, *WHOLE)
    prospect = prospect_to_register(actor(), program, request.args.get("prospect"))
    form = CounterForm.about(prospect)
    form.offer(places_to_go(actor(), program))
    if form.validate_on_submit():
        with form.held():
            sitting = counter_actions.open_sitting(program, form.answers(), form.place(), prospect=prospect, by=actor())
            return go("visits.prove_contact", ref=sitting.ref)
    return page("visits/open_sitting.html", form=form, program=program, prospect=prospect)


@pages.route("/personnel/terrain/comptoir/<ref>")
@audience(*WHOLE)
def show_sitting(ref: str) -> Response:
    """Where a counter stands, and what comes next."""
    sitting = sitting_of(actor(), ref)
    step = next_step_of(sitting)
    return page("visits/show_sitting.html", sitting=sitting, step=step, endpoint=PAGES[step])


@pages.route("/personnel/terrain/comptoir/<ref>/adresse", methods=["GET", "POST"])
@limiter.limit("60 per hour")
@audience(*WHOLE)
def prove_contact(ref: str) -> Response | Answer:
    """The code that the contact received: with it, the employer is registered."""
    sitting, form = sitting_of(actor(), ref), ContactCodeForm()
    if form.validate_on_submit():
        with form.held():
            counter_actions.prove_contact(sitting, str(form.code.data), by=actor())
            say(_("L’adresse est confirmée et l’employeur est inscrit."))
            return _next(sitting)
    if sitting.proved_at is not None or sitting.draft is None:
        return go("visits.show_sitting", ref=ref)
    return page("visits/prove_contact.html", form=form, sitting=sitting)


@pages.route("/personnel/terrain/comptoir/<ref>/nouveau-code", methods=["POST"])
@limiter.limit("20 per hour")
@audience(*WHOLE)
def resend_contact_code(ref: str) -> Answer:
    """Send the code of the address once more."""
    sitting = sitting_of(actor(), ref)
    counter_actions.send_contact_code(sitting, by=actor())
    say(_("Un nouveau code est en route."))
    return go("visits.prove_contact", ref=ref)


@pages.route("/personnel/terrain/comptoir/<ref>/contrat", methods=["GET", "POST"])
@audience(*WHOLE)
def read_there(ref: str) -> Response | Answer:
    """The contract, first in French, in the hands of the person who signs."""
    sitting, form = sitting_of(actor(), ref), Form()
    if next_step_of(sitting) not in {CounterStep.READ, CounterStep.SIGN}:
        return go("visits.show_sitting", ref=ref)
    if form.validate_on_submit():
        with form.held():
            counter_actions.deliver_there(sitting, by=actor())
            return go("visits.read_there", ref=ref)
    found = counter_actions.certification_at(sitting)
    contract, is_open = contract_for(found), next_step_of(sitting) is CounterStep.SIGN
    shown = {"contract": contract, "is_open": is_open, "sides": promise_and_floor(contract.version) if contract else None}
    return page("visits/read_there.html", form=form, sitting=sitting, certification=found, choice=ChooseLanguageForm(), shown=shown)


@pages.route("/personnel/terrain/comptoir/<ref>/langue", methods=["POST"])
@audience(*WHOLE)
def choose_there(ref: str) -> Answer:
    """The express choice of a language, by the person who signs."""
    sitting, form = sitting_of(actor(), ref), ChooseLanguageForm()
    if form.validate_on_submit() and form.chosen.data in {"fr", "en"}:
        counter_actions.choose_language_there(sitting, form.chosen.data, by=actor())
    return go("visits.read_there", ref=ref)


@pages.route("/personnel/terrain/comptoir/<ref>/code", methods=["POST"])
@limiter.limit("20 per hour")
@audience(*WHOLE)
def send_code_there(ref: str) -> Answer:
    """Send the code of the signature to the person who signs."""
    sitting = sitting_of(actor(), ref)
    email = counter_actions.send_code_there(sitting, by=actor())
    say(_("Le code est en route vers %(email)s. Il est valable quinze minutes.", email=email))
    return go("visits.sign_there", ref=ref)


@pages.route("/personnel/terrain/comptoir/<ref>/signature", methods=["GET", "POST"])
@limiter.limit("60 per hour")
@audience(*WHOLE)
def sign_there(ref: str) -> Response | Answer:
    """The place to sign, with the code that only the person who signs received."""
    sitting = sitting_of(actor(), ref)
    if next_step_of(sitting) is not CounterStep.SIGN or sitting.signatory is None:
        return go("visits.show_sitting", ref=ref)
    form = _signing_form(sitting)
    if form.validate_on_submit():
        with form.held():
            counter_actions.sign_there(sitting, _assent(form), by=actor())
            say(_("Le contrat moral est signé. Une copie scellée a été envoyée à la personne qui l’a signé."))
            return _next(sitting)
    found = counter_actions.certification_at(sitting)
    was_sent = bool(found.signing_codes) and found.signing_codes[-1].is_usable(email=sitting.signatory.email)
    return page("visits/sign_there.html", form=form, sitting=sitting, certification=found, code_was_sent=was_sent)


@pages.route("/personnel/terrain/comptoir/<ref>/vignette", methods=["GET", "POST"])
@audience(*WHOLE)
def hang_sticker(ref: str) -> Response | Answer:
    """Which numbered sticker of the stock was put up, and where."""
    sitting, form = sitting_of(actor(), ref), HangForm()
    if sitting.employer is None:
        return go("visits.show_sitting", ref=ref)
    if form.validate_on_submit():
        with form.held():
            label = counter_actions.hang_sticker(sitting, str(form.number.data), str(form.hangs_at.data), by=actor())
            say(_("La vignette %(label)s est posée : son code QR ouvre maintenant la page de l’employeur.", label=label))
            return go("visits.show_sitting", ref=ref)
    return page("visits/hang_sticker.html", form=form, sitting=sitting)


def _next(sitting: CounterSitting) -> Answer:
    return go(PAGES[next_step_of(sitting)], ref=sitting.ref)


def _signing_form(sitting: CounterSitting) -> SignContractForm:
    found = counter_actions.certification_at(sitting)
    contract = contract_for(found)
    assert contract is not None
    form = SignContractForm(signatory=sitting.signatory.name if sitting.signatory else "", role=found.employer.contact_role)
    form.offer(contract, found.language)
    if request.method == "GET":
        form.digest.data = contract.digest_fr
    return form


def _assent(form: SignContractForm) -> Assent:
    return Assent(
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
