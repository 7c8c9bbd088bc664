"""The papers of a certification: the sealed contract and the certificates. Put together here, typeset and sealed by `documents`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.exceptions import NotFound

from certif import badges, documents
from certif.certification.credentials import issuer_keys
from certif.certification.model import Badge, Certification
from certif.certification.signatures import ContractSignature
from certif.kit import clock, evidence
from certif.kit.languages import LANGUAGES, _, folded, format_day, format_instant, speaking
from certif.kit.settings import settings
from certif.kit.web import absolute_url
from certif.programs import ContractParts, promise_and_floor

PDF = "application/pdf"


def sealed_contract(certification: Certification, signature: ContractSignature) -> str:
    """Typeset and seal the contract as it is being signed. Gives: the SHA-256 of the PDF, which is kept byte for byte."""
    found = settings()
    with speaking(signature.language):
        pdf = documents.typeset("contract", _contract(certification, signature), signature.language)
    return evidence.keep(documents.seal(pdf, documents.sealing_key(found.data_dir, found.secret_key)), PDF)


def certificate(certification: Certification, badge: Badge) -> str:
    """Typeset the certificate of a badge, in French unless another language was expressly chosen. Gives: the SHA-256 of the PDF."""
    with speaking(certification.language):
        return evidence.keep(documents.typeset("certificate", _certificate(certification, badge), certification.language), PDF)


def contract_file_name(certification: Certification) -> str:
    """Give the name under which the contract is saved."""
    return f"contrat-moral-{_slug(certification.employer.name)}.pdf"


def certificate_file_name(badge: Badge) -> str:
    """Give the name under which a certificate is saved."""
    return f"attestation-{_slug(badge.verification.establishment.name)}-{badge.number}.pdf"


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
        "facts": _pairs(
            (_("Employeur"), employer.legal_name),
            (_("NEQ"), employer.neq or ""),
            (_("Organisme régional"), certification.program.body.name),
        ),
        "texts": [_text(contract.parts(language), signature.commitments) for language in spoken],
        "promise_title": _("La promesse du programme"),
        "promise": list(sides.promise),
        "floor_title": _("Le plancher légal, pour tout le monde"),
        "floor": [{"sentence": line.sentence, "source": line.source} for line in sides.floor],
        "signature_title": _("Signature"),
        "signatory": signature.signatory,
        "signed": _("%(role)s, le %(when)s", role=signature.signatory_role, when=format_instant(signature.signed_at)),
        "evidence_title": _("Preuve"),
        "evidence": _evidence(signature),
        "note": _(
            "Ce document est scellé : le moindre changement brise le sceau. Vérifiez-le à %(address)s.",
            address=_bare("public.check_document"),
        ),
    }


def _evidence(signature: ContractSignature) -> list[dict[str, str]]:
    chosen = format_instant(signature.language_chosen_at) if signature.language_chosen_at else ""
    return _pairs(
        (_("Version du contrat"), str(signature.contract.version.number)),
        (_("Empreinte du texte français"), signature.french_digest),
        (_("Empreinte du texte anglais"), signature.english_digest),
        (_("Texte français remis le"), format_instant(signature.french_shown_at)),
        (_("Langue choisie"), LANGUAGES[signature.language] + (f" ({chosen})" if chosen else "")),
        (_("Instant de la signature (UTC)"), signature.signed_at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")),
        (_("Adresse courriel confirmée"), signature.email),
        (_("Adresse réseau"), signature.network_address),
        (_("Navigateur"), signature.agent),
    )


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
        else _("tient ses engagements de conciliation études-travail envers les élèves qu’elle emploie.")
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
