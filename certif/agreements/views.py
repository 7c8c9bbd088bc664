"""What a party does from its own link: reads the agreement, signs it, ends it, says how an internship goes."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug import Response as Answer
from werkzeug.exceptions import NotFound

from certif.agreements import actions, evaluations, papers, signing
from certif.agreements.evaluations import MARKS, MOMENTS, QUESTIONS, Moment, moments_open_to
from certif.agreements.forms import SignForm, evaluation_form_for
from certif.agreements.kinds import AgreementState, Side
from certif.agreements.model import Agreement, AgreementParty
from certif.agreements.queries import party_behind
from certif.kit import sent_files
from certif.kit.access import ANYONE, VISITOR, audience
from certif.kit.languages import _, language
from certif.kit.limits import limiter
from certif.kit.web import Pages, document, go, page, say
from certif.law import LegalRule, rules_in_force

pages = Pages("agreements", __name__)


@pages.route("/ententes/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def read_agreement(token: str) -> Response | Answer:
    """An agreement, as one of its parties reads it; reading changes nothing, the button signs."""
    party = party_behind(token)
    form = SignForm(signatory=party.name, digest=party.agreement.french_digest).offer(Side(party.side), language())
    if form.validate_on_submit():
        with form.held():
            signing.sign_agreement(party, _consent(form), by=VISITOR)
            say(_("Merci, c’est signé."))
            return go("agreements.read_agreement", token=token)
    return page("agreements/read_agreement.html", form=form, party=party, agreement=party.agreement, token=token, **_shown(party))


@pages.route("/ententes/<token>/code", methods=["POST"])
@limiter.limit("30 per hour", methods=["POST"])
@audience(ANYONE)
def send_code(token: str) -> Answer:
    """Send the code that signing takes."""
    signing.send_code(party_behind(token), by=VISITOR)
    say(_("Le code est en route vers votre adresse. Il est bon quinze minutes."))
    return go("agreements.read_agreement", token=token, _anchor="signer")


@pages.route("/ententes/<token>/fin", methods=["POST"])
@audience(ANYONE)
def end_from_link(token: str) -> Answer:
    """Put an end to it, in one press."""
    party = party_behind(token)
    actions.end_agreement(party.agreement, Side(party.side), by=VISITOR)
    say(_("C’est fait : l’entente a pris fin, et les autres parties en sont averties."))
    return go("agreements.read_agreement", token=token)


@pages.route("/ententes/<token>/entente.pdf", bilingual=False)
@audience(ANYONE)
def download_copy(token: str) -> Response:
    """The sealed copy of a party."""
    return sealed_copy(party_behind(token).agreement)


@pages.route("/ententes/<token>/bilan/<moment>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@audience(ANYONE)
def evaluate(token: str, moment: str) -> Response | Answer:
    """How an internship goes, as one side sees it."""
    party, asked = party_behind(token), _moment(moment)
    if asked not in moments_open_to(party):
        return go("agreements.read_agreement", token=token)
    form = evaluation_form_for(Side(party.side))
    if form.validate_on_submit():
        with form.held():
            evaluations.give_evaluation(party, asked, form.answers, form.words.data or "", by=VISITOR)
            say(_("Merci, le bilan est donné. Les autres parties peuvent le lire."))
            return go("agreements.read_agreement", token=token)
    return page("agreements/evaluate.html", form=form, agreement=party.agreement, token=token, title=MOMENTS[asked], party=party)


def sealed_copy(agreement: Agreement) -> Response:
    """Answer with the sealed PDF. Refuses (404): one that is not sealed, or that was erased."""
    if agreement.seal is None or agreement.seal.pdf_digest is None:
        raise NotFound
    return document(sent_files.fetch(agreement.seal.pdf_digest), papers.file_name(agreement))


def legal_rules(agreement: Agreement) -> list[LegalRule]:
    """Give the rules of law that stand beside an agreement about a student."""
    return [rule for rule in rules_in_force(agreement.first_day) if rule.may_be_shown] if agreement.is_about_student else []


def told_evaluations(agreement: Agreement) -> list[dict[str, Any]]:
    """Give the evaluations of an internship, in words."""
    return [
        {
            "title": MOMENTS[Moment(one.moment)], "side": one.side, "given_at": one.given_at, "words": one.words,
            "lines": [(label, MARKS[one.answers[name]]) for name, label in QUESTIONS[Side(one.side)].items() if name in one.answers],
        }
        for one in agreement.evaluations
    ]  # fmt: skip


def _consent(form: SignForm) -> signing.Consent:
    child = form.child_name.data or "" if "child_name" in form else ""
    return signing.Consent(form.digest.data or "", form.code.data, form.signatory.data, language(), child)


def _shown(party: AgreementParty) -> dict[str, Any]:
    agreement = party.agreement
    return {
        "may_sign": agreement.state is AgreementState.AWAITING and party.signature is None,
        "may_end": agreement.state in {AgreementState.AWAITING, AgreementState.IN_FORCE}, "code_was_sent": bool(party.codes),
        "rules": legal_rules(agreement), "open_moments": [(one.value, MOMENTS[one]) for one in moments_open_to(party)],
        "told": told_evaluations(agreement), "employer": agreement.certification.employer.name,
    }  # fmt: skip


def _moment(name: str) -> Moment:
    if name not in set(Moment):
        raise NotFound
    return Moment(name)
