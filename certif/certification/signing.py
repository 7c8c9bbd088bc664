"""The moral contract, in story order: the French text is delivered, a language chosen, a code sent, the contract signed; or declined,
with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from certif import contributions
from certif.accounts import folded_email, staff_of
from certif.certification import papers
from certif.certification.model import Certification, Stage
from certif.certification.signatures import ContractDecline, ContractDelivery, ContractSignature, LanguageChoice, Mandate, SigningCode
from certif.employers import MemberRole, invite_member
from certif.kit import audit, clock, outbox, tokens
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import _, _l
from certif.kit.web import absolute_url
from certif.programs import Contract, contract_in_force, contract_of

CODE_LIFE = dt.timedelta(minutes=15)
MOST_CODES = 5
MOST_GUESSES = 5

audit.declare("contract_delivered", _l("Le texte français du contrat moral (version %(version)s) a été présenté à %(by)s."), "version")
audit.declare("language_chosen", _l("%(by)s a choisi expressément la langue du contrat : %(language)s."), "language")
audit.declare("signatory_invited", _l("%(by)s a invité la personne qui a le pouvoir de signer."))
audit.declare("signing_code_sent", _l("Un code de signature a été envoyé à %(by)s."))
audit.declare("contract_signed", _l("%(by)s a signé le contrat moral, version %(version)s."), "version", "pdf")
audit.declare("contract_declined", _l("%(by)s a préféré ne pas signer le contrat moral : « %(reason)s »"), "reason")

outbox.hide_once_sent("certification/signing_code_sent")


@dataclass(frozen=True)
class Assent:
    """What a signatory typed and did: `digest`, SHA-256 (hex) of the French text that was on the screen; `code`, six digits;
    `commitments`, ids of the optional
    ones picked; `network_address` and `agent`, where it came from; `mandate`, why this person may sign, and `mandate_source`, where that
    is written, which an office does not need.
    """

    digest: str
    code: str
    signatory: str
    role: str
    commitments: list[str]
    network_address: str
    agent: str
    mandate: Mandate = Mandate.OFFICE
    mandate_source: str = ""


def deliver_contract(certification: Certification, *, by: Actor) -> ContractDelivery:
    """Put the French text of the contract in force before the person, and keep the instant. Done again, it gives the same delivery.

    Gives: the delivery; another language chosen for an earlier text no longer counts, and may be chosen again.
    Refuses: a certification that awaits no signature.
    """
    contract = contract_to_sign(certification)
    delivery = certification.delivery_of(contract)
    if delivery is None:
        delivery = ContractDelivery(contract=contract, french_shown_at=clock.now(), shown_to=by.ref)
        certification.deliveries.append(delivery)
        let_receipts_follow(certification, by)
        audit.record("contract_delivered", certification, by=by, version=contract.version.number)
    return delivery


def choose_language(certification: Certification, language: str, *, by: Actor) -> None:
    """Choose the language of the contract and of the documents that follow, expressly, once the French text was delivered.

    Takes: `language`, `"fr"` or `"en"`.
    Refuses: a choice made before the French text was delivered. Source: Charter of the French language, s. 55.
    """
    lock(certification)
    contract = contract_to_sign(certification)
    if certification.delivery_of(contract) is None:
        raise Refusal(_("Prenez d’abord connaissance du texte français."))
    if certification.language == language:
        return
    certification.language_choices.append(LanguageChoice(language=language, chosen_at=clock.now(), chosen_by=by.ref))
    let_receipts_follow(certification, by)
    audit.record("language_chosen", certification, by=by, language=language)


def invite_signatory(certification: Certification, *, name: str, email: str, language: str, by: Actor) -> None:
    """Ask the person who has the power to sign to come and do it. Nothing already answered is lost.

    Refuses: a certification that awaits no signature; what `invite_member` refuses.
    """
    contract_to_sign(certification)
    invite_member(certification.employer, email=email, name=name, role=MemberRole.SIGNATORY, by=by, language=language)
    audit.record("signatory_invited", certification, by=by)


def send_signing_code(certification: Certification, *, by: Actor) -> None:
    """Send six digits to the signatory's own address, good for fifteen minutes. The last code sent is the one that counts.

    Refuses: a text not yet delivered; a sixth code within an hour.
    """
    tokens.count_attempt(f"signing code {certification.ref} {by.ref}", limit=MOST_CODES, within=dt.timedelta(hours=1))
    lock(certification)
    contract = contract_to_sign(certification)
    if certification.delivery_of(contract) is None:
        raise Refusal(_("Lisez d’abord le contrat moral."))
    code, now = tokens.six_digits(), clock.now()
    digest = tokens.digest(f"{certification.id} {code}")
    certification.signing_codes.append(SigningCode(email=by.email, digest=digest, sent_at=now, valid_until=now + CODE_LIFE))
    audit.record("signing_code_sent", certification, by=by)
    outbox.queue("certification/signing_code_sent", by.email, language=certification.language, code=code, certification=certification)


def sign_contract(certification: Certification, assent: Assent, *, by: Actor) -> ContractSignature:
    """Sign the moral contract.

    Gives: the signature, dated now (UTC), tied to the text that was read and to the sealed PDF, which is kept byte for byte.
    Refuses: a certification not awaiting its contract; a text no longer in force; a mandate of which nothing is said; a wrong or expired
    code; a sixth guess.
    """
    tokens.count_attempt(f"signature {certification.ref}", limit=MOST_GUESSES, within=CODE_LIFE)
    lock(certification)
    contract = contract_to_sign(certification)
    delivery = certification.delivery_of(contract)
    if delivery is None or assent.digest != contract.digest_fr:
        raise Refusal(_("Le contrat moral vient de changer. Relisez-le avant de signer."))
    check_mandate(assent.mandate, assent.mandate_source)
    if not certification.signing_codes or not certification.signing_codes[-1].fits(assent.code, email=by.email):
        raise Refusal(_("Ce code n’est pas le bon, ou il est échu. Vérifiez-le, ou demandez-en un autre."))
    signature = _signature(certification, contract, delivery, assent, by)
    pdf = papers.sealed_contract(certification, signature)
    signature.pdf_digest = pdf
    certification.signature = signature
    tokens.forget_attempts(f"signature {certification.ref}")
    audit.record("contract_signed", certification, by=by, version=contract.version.number, pdf=pdf)
    _send_copies(certification, signature)
    return signature


def decline_contract(certification: Certification, reason: str, *, by: Actor) -> None:
    """Say that the employer would rather not sign, and why; staff hear of it. It may still sign later.

    Refuses: a certification that awaits no signature.
    """
    contract_to_sign(certification)
    certification.declines.append(ContractDecline(reason=reason, declined_at=clock.now(), declined_by=by.ref))
    audit.record("contract_declined", certification, by=by, reason=reason)
    for person in staff_of(certification.program, (Role.MANAGER, Role.AGENT)):
        outbox.queue(
            "certification/contract_declined", person.email, language=person.language, scope=certification.scope,
            certification=certification, reason=reason,
            url=absolute_url("certification.show_file", ref=certification.ref, language=person.language),
        )  # fmt: skip


def contract_to_sign(certification: Certification) -> Contract:
    """Give the contract in force, and let a certification that has signed nothing yet follow it.

    Refuses: a certification that awaits no signature; a program that has published no contract.
    """
    if certification.stage is not Stage.AWAITING_CONTRACT:
        raise Refusal(_("Cette certification n’attend pas de signature."))
    contract = contract_for(certification)
    if contract is None:
        raise Refusal(_("Le contrat moral de ce programme n’est pas encore publié."))
    certification.version = contract.version
    return contract


def check_mandate(mandate: Mandate, source: str) -> None:
    """Refuses: a mandate given by a writing of which nothing is said."""
    if mandate is not Mandate.OFFICE and not source:
        raise Refusal(_("Dites d’où vient le mandat : la date, le numéro de la résolution ou l’auteur de la procuration."))


def let_receipts_follow(certification: Certification, by: Actor) -> None:
    """Let the receipts be in the language of the contract."""
    if certification.contribution is not None:
        contributions.choose_document_language(certification.contribution, certification.language, by=by)


def _signature(
    certification: Certification, contract: Contract, delivery: ContractDelivery, assent: Assent, by: Actor
) -> ContractSignature:
    offered = {commitment.id for commitment in contract.optional}
    choice = certification.language_choice
    return ContractSignature(
        number=next_number(certification),
        contract=contract,
        french_digest=contract.digest_fr,
        english_digest=contract.digest_en,
        french_shown_at=delivery.french_shown_at,
        language=certification.language,
        language_chosen_at=choice.chosen_at if choice else None,
        commitments=[commitment for commitment in assent.commitments if commitment in offered],
        signatory=assent.signatory,
        signatory_role=assent.role,
        on_behalf_of=certification.employer.legal_name,
        mandate=assent.mandate.value,
        mandate_source=assent.mandate_source or None,
        email=by.email,
        network_address=assent.network_address,
        agent=assent.agent,
        signed_at=clock.now(),
        signed_by=by.ref,
    )


def next_number(certification: Certification) -> int:
    """Give the number of the next signature of a certification: those set aside keep theirs."""
    signed = select(func.count()).where(ContractSignature.certification_id == certification.id)
    return 1 + (db.session.scalar(signed) or 0)


def _send_copies(certification: Certification, signature: ContractSignature) -> None:
    """Send the sealed contract to the signatory, in the language that was chosen, and to the contact, who may be another, in theirs."""
    employer = certification.employer
    readers = {
        folded_email(address): (address, language)
        for address, language in ((employer.contact_email, employer.language), (signature.email, certification.language))
    }
    for address, language in readers.values():
        outbox.queue(
            "certification/contract_signed", address, language=language, scope=certification.scope,
            attachments=[(papers.contract_file_name(certification), signature.pdf_digest)],
            certification=certification, signature=signature, url=absolute_url("certification.show", language=language),
        )  # fmt: skip


def contract_for(certification: Certification) -> Contract | None:
    """Give the contract that was signed, else the one to sign: that in force or, where the region asks for none any more, that of the
    version under which the path was opened."""
    if certification.signature is not None:
        return certification.signature.contract
    return contract_in_force(certification.program) or contract_of(certification.version)
