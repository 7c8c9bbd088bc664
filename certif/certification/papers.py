"""The papers of a certification: the sealed contract and the certificates. Put together here, typeset and sealed by `documents`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.exceptions import NotFound

from certif import badges, documents
from certif.certification.credentials import issuer_keys
from certif.certification.model import Badge, Certification
from certif.certification.signatures import ContractSignature, PaperSignature
from certif.kit import clock, evidence
from certif.kit.languages import LANGUAGES, _, folded, format_day, format_instant, speaking
from certif.kit.settings import settings
from certif.kit.web import absolute_url
from certif.programs import Contract, ContractParts, promise_and_floor

PDF = "application/pdf"
_EXPRESS_CHOICE = "I have received the French text and expressly choose English."


def sealed_contract(certification: Certification, signature: ContractSignature) -> str:
    """Typeset and seal the contract as it is being signed. Gives: the SHA-256 of the PDF, which is kept byte for byte."""
    found = settings()
    with speaking(signature.language):
        pdf = documents.typeset("contract", _contract(certification, signature), signature.language)
    return evidence.keep(documents.seal(pdf, documents.sealing_key(found.data_dir, found.secret_key)), PDF)


def blank_contract(certification: Certification, contract: Contract, spoken: str) -> bytes:
    """Typeset the contract to be signed by hand. Takes: `spoken`, `"en"` for the English text after the French one, with the place to
    choose it expressly. Gives: a PDF that is not kept: nobody has signed anything."""
    with speaking(spoken):
        return documents.typeset("blank_contract", _blank(certification, contract, spoken), spoken)


def certificate(certification: Certification, badge: Badge) -> str:
    """Typeset the certificate of a badge, in French unless another language was expressly chosen. Gives: the SHA-256 of the PDF."""
    said = certificate_words(certification, badge, certification.language)
    return evidence.keep(documents.typeset("certificate", said, certification.language), PDF)


def certificate_words(certification: Certification, badge: Badge, spoken: str, paper: str = "us-letter") -> dict[str, Any]:
    """Give what the certificate of a badge says, in `fr` or `en`, for a paper: `us-letter` or `a4`."""
    with speaking(spoken):
        return {**_certificate(certification, badge), "paper": paper}


def contract_file_name(certification: Certification) -> str:
    """Give the name under which the contract is saved."""
    return f"contrat-moral-{_slug(certification.employer.name)}.pdf"


def certificate_file_name(badge: Badge) -> str:
    """Give the name under which a certificate is saved."""
    return f"attestation-{_slug(badge.verification.establishment.name)}-{badge.number}.pdf"


def scan_file_name(certification: Certification, media_type: str) -> str:
    """Give the name under which the picture of a signed page is saved."""
    return f"contrat-signe-{_slug(certification.employer.name)}.{'pdf' if media_type == PDF else 'jpg'}"


def signature_of(certification: Certification) -> ContractSignature:
    """Give the signature of a certification. Refuses (404) one that has none."""
    if certification.signature is None:
        raise NotFound
    return certification.signature


def _contract(certification: Certification, signature: ContractSignature) -> dict[str, Any]:
    employer, contract = certification.employer, signature.contract
    sides = promise_and_floor(contract.version)
    spoken = ["fr"] if signature.language == "fr" else ["fr", "en"]
    return {
        "title": _("Contrat moral"),
        "program": certification.program.name,
        "employer": employer.name,
        "facts": _facts(certification),
        "texts": [_text(contract.parts(language), signature.commitments) for language in spoken],
        "promise_title": _("La promesse du programme"),
        "promise": list(sides.promise),
        "floor_title": _("Le plancher légal, pour tout le monde"),
        "floor": [{"sentence": line.sentence, "source": line.source} for line in sides.floor],
        "signature_title": _("Signature"),
        "signatory": signature.signatory,
        "signed": _signed(signature),
        "evidence_title": _("Preuve"),
        "evidence": _evidence(signature),
        "note": _(
            "Ce document est scellé : le moindre changement brise le sceau. Vérifiez-le à %(address)s.",
            address=_bare("public.check_document"),
        ),
    }


def _facts(certification: Certification) -> list[dict[str, str]]:
    employer = certification.employer
    return _pairs(
        (_("Employeur"), employer.legal_name),
        (_("NEQ"), employer.neq or ""),
        (_("Organisme régional"), certification.program.body.name),
    )


def _blank(certification: Certification, contract: Contract, spoken: str) -> dict[str, Any]:
    employer, offered = certification.employer, [one.id for one in contract.optional]
    return {
        "title": _("Contrat moral à signer"),
        "program": certification.program.name,
        "employer": employer.name,
        "facts": _facts(certification),
        "texts": [_text(contract.parts(language), offered) for language in (["fr"] if spoken == "fr" else ["fr", "en"])],
        "choice": "" if spoken == "fr" else _EXPRESS_CHOICE,
        "signature_title": _("Signature"),
        "binds": _("J’ai le pouvoir d’engager %(employer)s, et je signe ce contrat moral en son nom.", employer=employer.legal_name),
        "blanks": [_("Nom en lettres moulées"), _("Fonction"), _("Ce qui me donne le pouvoir de signer"), _("Jour"), _("Signature")],
        "note": _(
            "Version %(number)s du contrat. Empreinte du texte français : %(digest)s",
            number=contract.version.number,
            digest=contract.digest_fr,
        ),
    }


def _signed(signature: ContractSignature) -> str:
    if signature.paper is None:
        return str(_("%(role)s, le %(when)s", role=signature.signatory_role, when=format_instant(signature.signed_at)))
    return str(_("%(role)s, sur papier, le %(day)s", role=signature.signatory_role, day=format_day(signature.signed_on)))


def _evidence(signature: ContractSignature) -> list[dict[str, str]]:
    about = _paper_evidence(signature, signature.paper) if signature.paper else _screen_evidence(signature)
    return _pairs(
        (_("Version du contrat"), str(signature.contract.version.number)),
        (_("Empreinte du texte français"), signature.french_digest),
        (_("Empreinte du texte anglais"), signature.english_digest),
        (_("Signé au nom de"), signature.on_behalf_of or ""),
        (_("En vertu de quoi"), signature.mandate_label),
        *about,
    )


def _paper_evidence(signature: ContractSignature, paper: PaperSignature) -> list[tuple[str, str]]:
    """Say honestly what was not seen here: the signature was given elsewhere, and somebody says so."""
    chosen = "" if signature.language == "fr" else " " + _("(choix exprès, écrit sur le papier, après le texte français)")
    return [
        (_("Manière de signer"), _("à la main, sur papier ; aucune signature n’a été donnée à l’écran")),
        (_("Jour de la signature"), format_day(paper.signed_on)),
        (_("Langue choisie"), LANGUAGES[signature.language] + chosen),
        (_("En présence de"), paper.witness or ""),
        (_("Raison du papier"), paper.reason),
        (_("Original conservé"), paper.original_at),
        (_("Consignée par"), paper.recorder),
        (_("Consignée le (UTC)"), _utc(paper.recorded_at)),
        (_("Empreinte de la page numérisée"), paper.scan_digest),
    ]


def _screen_evidence(signature: ContractSignature) -> list[tuple[str, str]]:
    chosen = format_instant(signature.language_chosen_at) if signature.language_chosen_at else ""
    return [
        (_("Texte français remis le"), format_instant(signature.french_shown_at) if signature.french_shown_at else ""),
        (_("Langue choisie"), LANGUAGES[signature.language] + (f" ({chosen})" if chosen else "")),
        (_("Instant de la signature (UTC)"), _utc(signature.signed_at)),
        (_("Adresse courriel confirmée"), signature.email),
        (_("Adresse réseau"), signature.network_address),
        (_("Navigateur"), signature.agent),
    ]


def _utc(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")


def _text(parts: ContractParts, picked: list[str]) -> dict[str, Any]:
    return {
        "language": parts.language,
        "title": parts.title,
        "preamble": parts.preamble,
        "required_intro": parts.required_intro,
        "required": [one.text.said_in(parts.language) for one in parts.required],
        "optional_intro": parts.optional_intro,
        "optional": [one.text.said_in(parts.language) for one in parts.optional if one.id in picked],
        "closing": parts.closing,
    }


def _certificate(certification: Certification, badge: Badge) -> dict[str, Any]:
    place, version = badge.verification.establishment, certification.version
    level = version.level(badge.level)
    address = absolute_url("public.verify", code=badge.verification.code, language="fr")
    kept = (
        _("appuie publiquement la conciliation études-travail.")
        if level is not None and level.is_supporter
        else _("tient ses engagements de conciliation études-travail envers les élèves à son emploi.")
    )
    return {
        "title": _("Attestation"),
        "attests": _("%(body)s atteste que", body=certification.program.body.name),
        "employer": certification.employer.name,
        "place": place.municipality if place.name == certification.employer.name else f"{place.name}, {place.municipality}",
        "sentence": kept,
        "level": str(level.name) if level else "",
        "program": certification.program.name,
        "validity": _("Du %(since)s au %(until)s", since=format_day(badge.valid_from), until=format_day(badge.valid_until)),
        **_offline(certification, badge, str(level.name) if level else ""),
        "number_label": _("Certification no"),
        "number": badge.number,
        "qr": badges.qr_svg(str(address), alt=address),
        "qr_alt": _("Code QR qui mène à la page de vérification : %(address)s", address=address),
        "address": str(address).split("://")[1],
        "signed_by": _("Établi le %(day)s", day=format_day(clock.today())),
        "colour": level.colour if level else version.rules.colours.primary,
    }


def _offline(certification: Certification, badge: Badge, level: str) -> dict[str, str]:
    """Give the second code: the certificate itself, signed, for whoever has no network."""
    place = badge.verification.establishment
    said = badges.OfflineCertificate(
        badge.verification.code, badge.number, certification.employer.name, place.municipality, level, badge.valid_until
    )
    address = f"{absolute_url('trust.check_offline', language='fr')}#{badges.offline_code(said, issuer_keys()[-1])}"
    alt = _("Code QR qui porte l’attestation signée, à vérifier sans réseau")
    return {"offline_qr": badges.qr_svg(address, alt=alt, is_long=True), "offline_alt": alt, "offline_label": _("Vérifier sans réseau")}


def _pairs(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in pairs if value]


def _bare(endpoint: str) -> str:
    return str(absolute_url(endpoint)).split("://")[1]


def _slug(name: str) -> str:
    return folded(name).encode("ascii", "ignore").decode().strip().replace(" ", "-")[:60].strip("-") or "employeur"
