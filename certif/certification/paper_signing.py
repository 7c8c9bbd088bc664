"""A signature given on paper, in story order: staff record it with a picture of the page; the employer may contest it; staff may set it
aside, before anything is decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from certif import badges, documents
from certif.accounts import folded_email, staff_of
from certif.certification import papers
from certif.certification.model import Certification
from certif.certification.signatures import (
    ContractSignature,
    LanguageChoice,
    Mandate,
    PaperSignature,
    SignatureContest,
    SignatureSetAside,
)
from certif.certification.signing import check_mandate, contract_to_sign, let_receipts_follow, next_number
from certif.employers import is_member, members_of
from certif.kit import audit, clock, evidence, outbox
from certif.kit.access import Actor, Role
from certif.kit.db import db, lock
from certif.kit.errors import Refusal
from certif.kit.languages import LANGUAGES, _, _l, format_day
from certif.kit.web import absolute_url
from certif.programs import Contract

HEAVIEST_SCAN, MOST_PAGES = badges.HEAVIEST_PICTURE, 30

audit.declare(
    "paper_signature_recorded",
    _l("%(by)s a consigné la signature du contrat moral (version %(version)s), donnée sur papier le %(signed_on)s."),
    "version", "signed_on", "pdf", "scan",
)  # fmt: skip
audit.declare("paper_language_recorded", _l("%(by)s a consigné la langue choisie sur papier : %(language)s."), "language")
audit.declare("signature_contested", _l("%(by)s a contesté la signature consignée sur papier : « %(reason)s »"), "reason")
audit.declare("signature_set_aside", _l("%(by)s a mis de côté la signature consignée sur papier : « %(reason)s »"), "reason", "number")


@dataclass(frozen=True)
class PaperPage:
    """What stands on a signed page, and what staff say of it.

    Takes: `digest`, SHA-256 (hex) of the French text that staff compared it with; `language`, `"fr"`, or `"en"` where the page says that
    English was expressly chosen after the French text, which `chose_expressly` confirms; `commitments`, ids of the optional ones picked;
    `witness`, in whose presence; `reason`, why on paper; `original_at`, where the page is kept; `scan`, the bytes of its picture.
    """

    digest: str
    signatory: str
    role: str
    signed_on: dt.date
    language: str
    chose_expressly: bool
    commitments: list[str]
    witness: str
    reason: str
    original_at: str
    scan: bytes
    mandate: Mandate = Mandate.OFFICE
    mandate_source: str = ""


def may_record(certification: Certification, *, by: Actor) -> bool:
    """Whether `by` may record what this employer signed on paper: staff of the program, a partner only where it receives applications,
    and nobody who acts for the employer."""
    whole = by.holds(certification.program_id, Role.ADMIN, Role.MANAGER, Role.AGENT)
    shares = by.holds(certification.program_id, Role.PARTNER) and certification.version.may_receive(Role.PARTNER)
    return (whole or shares) and not is_member(by.user_id, certification.employer)


def record_paper_signature(certification: Certification, page: PaperPage, *, by: Actor) -> ContractSignature:
    """Record that the moral contract was signed on paper, with a picture of the page, and tell the employer's people.

    Gives: a signature like any other, tied to the text in force and to a sealed PDF which says that it was given on paper.
    Refuses: someone who may not record it; a certification not awaiting its contract; a text no longer in force; a day to come, or before
    this text was published; English that was not expressly chosen after French; a mandate of which nothing is said; a scan that is not a
    picture or a PDF.
    """
    lock(certification)
    _check_may_record(certification, by)
    contract = contract_to_sign(certification)
    _check_page(contract, page)
    scan = _keep_scan(page.scan)
    _record_language(certification, page.language, by)
    signature = _signature(certification, contract, page, by)
    signature.paper = PaperSignature(
        signed_on=page.signed_on, witness=page.witness or None, reason=page.reason, original_at=page.original_at, scan_digest=scan,
        recorded_at=signature.signed_at, recorded_by=by.ref, recorder=by.name,
    )  # fmt: skip
    signature.pdf_digest = papers.sealed_contract(certification, signature)
    certification.signature = signature
    db.session.flush()
    audit.record(
        "paper_signature_recorded", certification, by=by, version=contract.version.number, signed_on=page.signed_on.isoformat(),
        pdf=signature.pdf_digest, scan=scan,
    )  # fmt: skip
    _tell_employer(certification, signature)
    return signature


def contest_signature(certification: Certification, reason: str, *, by: Actor) -> SignatureContest:
    """Say, for the employer, that a signature recorded from paper is not theirs; staff hear of it, and nothing is granted meanwhile.

    Refuses: a signature that was not recorded from paper, or that is contested already.
    """
    lock(certification)
    signature = certification.signature
    if signature is None or signature.paper is None:
        raise Refusal(_("Cette signature n’a pas été consignée à partir d’un papier."))
    if signature.contest is not None:
        raise Refusal(_("Cette signature est déjà contestée : l’équipe régionale a été prévenue."))
    signature.contest = SignatureContest(reason=reason, contested_at=clock.now(), contested_by=by.ref)
    db.session.flush()
    audit.record("signature_contested", certification, by=by, reason=reason)
    for person in staff_of(certification.program, (Role.MANAGER, Role.AGENT)):
        outbox.queue(
            "certification/signature_contested", person.email, language=person.language, scope=certification.scope,
            certification=certification, signature=signature, reason=reason,
            url=absolute_url("certification.show_file", ref=certification.ref, language=person.language),
        )  # fmt: skip
    return signature.contest


def set_aside_signature(certification: Certification, reason: str, *, by: Actor) -> SignatureSetAside:
    """Let a signature recorded from paper count no more: the contract awaits its signature again. Row, scan and sealed PDF stay.

    Refuses: someone who may not record; a signature that was not recorded from paper; a certification that was granted.
    """
    lock(certification)
    _check_may_record(certification, by)
    signature = certification.signature
    if signature is None or signature.paper is None:
        raise Refusal(_("Cette signature n’a pas été consignée à partir d’un papier."))
    if certification.badges or certification.revocation:
        raise Refusal(_("La certification a été accordée sur cette signature : suspendez-la ou révoquez-la plutôt."))
    aside = SignatureSetAside(signature=signature, reason=reason, set_aside_at=clock.now(), set_aside_by=by.ref, setter=by.name)
    db.session.add(aside)
    db.session.flush()
    db.session.expire(certification, ["signature"])
    audit.record("signature_set_aside", certification, by=by, reason=reason, number=signature.number)
    for address, language in _people(certification):
        outbox.queue(
            "certification/signature_set_aside", address, language=language, scope=certification.scope, certification=certification,
            reason=reason, url=absolute_url("certification.read_contract", dossier=certification.ref, language=language),
        )  # fmt: skip
    return aside


def _check_may_record(certification: Certification, by: Actor) -> None:
    if is_member(by.user_id, certification.employer):
        raise Refusal(_("Vous êtes membre de cette organisation : une autre personne doit consigner sa signature."))
    if not may_record(certification, by=by):
        raise Refusal(_("Dans ce programme, votre rôle ne permet pas de consigner une signature."))


def _check_page(contract: Contract, page: PaperPage) -> None:
    published = contract.version.published_at
    assert published is not None
    published_on = published.astimezone(clock.TORONTO).date()
    if page.digest != contract.digest_fr:
        raise Refusal(_("Le contrat moral vient de changer. Comparez le papier avec le nouveau texte."))
    if page.signed_on > clock.today():
        raise Refusal(_("Le jour de la signature est à venir : écrivez celui qui figure sur le papier."))
    if page.signed_on < published_on:
        day = format_day(published_on)
        raise Refusal(_("Ce texte a été publié le %(day)s : un papier signé avant porte un autre texte. Faites signer celui-ci.", day=day))
    if page.language not in LANGUAGES or (page.language != "fr" and not page.chose_expressly):
        raise Refusal(_("L’anglais n’engage que s’il a été choisi expressément, après le texte français."))
    check_mandate(page.mandate, page.mandate_source)


def _keep_scan(content: bytes) -> str:
    """Keep the picture of the page: a PDF byte for byte, a picture drawn again. Gives: its SHA-256."""
    if len(content) > HEAVIEST_SCAN:
        raise Refusal(_("Ce fichier est trop lourd. Choisissez-en un de 5 Mo au plus."))
    if not content.startswith(b"%PDF"):
        return evidence.keep(badges.redrawn_page(content), "image/jpeg")
    pages = documents.pages_in(content)
    if pages is None:
        raise Refusal(_("Ce PDF ne s’ouvre pas, demande un mot de passe ou contient un programme. Numérisez la page de nouveau."))
    if pages > MOST_PAGES:
        raise Refusal(_("Ce PDF a trop de pages. Ne gardez que celles du contrat, %(most)s au plus.", most=MOST_PAGES))
    return evidence.keep(content, papers.PDF)


def _record_language(certification: Certification, language: str, by: Actor) -> None:
    """Let the documents that follow be in the language of the page."""
    if certification.language == language:
        return
    certification.language_choices.append(LanguageChoice(language=language, chosen_at=clock.now(), chosen_by=by.ref))
    let_receipts_follow(certification, by)
    audit.record("paper_language_recorded", certification, by=by, language=LANGUAGES[language])


def _signature(certification: Certification, contract: Contract, page: PaperPage, by: Actor) -> ContractSignature:
    delivery, offered = certification.delivery_of(contract), {one.id for one in contract.optional}
    return ContractSignature(
        number=next_number(certification), contract=contract, french_digest=contract.digest_fr, english_digest=contract.digest_en,
        french_shown_at=delivery.french_shown_at if delivery else None, language=page.language, language_chosen_at=None,
        commitments=[one for one in page.commitments if one in offered], signatory=page.signatory, signatory_role=page.role,
        on_behalf_of=certification.employer.legal_name, mandate=page.mandate.value, mandate_source=page.mandate_source or None,
        email="", network_address="", agent="", signed_at=clock.now(), signed_by=by.ref,
    )  # fmt: skip


def _tell_employer(certification: Certification, signature: ContractSignature) -> None:
    for address, language in _people(certification):
        outbox.queue(
            "certification/paper_signature_recorded", address, language=language, scope=certification.scope,
            attachments=[(papers.contract_file_name(certification), signature.pdf_digest)],
            certification=certification, signature=signature, url=absolute_url("certification.show", language=language),
            contest_url=absolute_url("certification.contest_signature", dossier=certification.ref, language=language),
        )  # fmt: skip


def _people(certification: Certification) -> list[tuple[str, str]]:
    """Give the contact and those who answer for the employer, once each, with the language of their letters."""
    employer = certification.employer
    owners = [(one.user.email, one.user.language) for one in members_of(employer) if one.is_owner]
    found = {folded_email(address): (address, spoken) for address, spoken in [*owners, (employer.contact_email, employer.language)]}
    return list(found.values())
