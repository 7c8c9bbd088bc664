"""The sealed copy of an agreement. It can be erased with what it names, unlike a moral contract: it is no evidence of ours."""

from __future__ import annotations

import datetime as dt
from typing import Any

from certif import documents
from certif.agreements.kinds import Side
from certif.agreements.model import Agreement, AgreementParty
from certif.kit import sent_files
from certif.kit.languages import _, format_instant, speaking
from certif.kit.settings import settings
from certif.kit.web import absolute_url
from certif.law import rules_in_force

PDF = "application/pdf"


def sealed_agreement(agreement: Agreement, *, sealed_at: dt.datetime) -> str:
    """Typeset and seal an agreement that all have signed: the French text, and the English one where a party chose it. Gives: the SHA-256
    of the PDF, which is kept."""
    found = settings()
    with speaking("fr"):
        pdf = documents.typeset("agreement", _data(agreement, sealed_at), "fr")
    return sent_files.keep(documents.seal(pdf, documents.sealing_key(found.data_dir, found.secret_key)), PDF)


def file_name(agreement: Agreement) -> str:
    """Give the name under which it is saved; it names nobody."""
    return f"entente-{agreement.ref[:8].lower()}.pdf"


def _data(agreement: Agreement, sealed_at: dt.datetime) -> dict[str, Any]:
    chosen = {party.signature.language for party in agreement.parties if party.signature}
    spoken = ["fr", "en"] if "en" in chosen else ["fr"]
    rules = [rule for rule in rules_in_force(agreement.first_day) if rule.may_be_shown and agreement.is_about_student]
    return {
        "title": agreement.words["fr"]["title"],
        "program": agreement.certification.program.name,
        "texts": [{**agreement.words[one], "language": one, "agreed_title": _agreed_title(one)} for one in spoken],
        "floor_title": _("Le plancher légal, pour tout le monde"),
        "floor": [{"sentence": str(rule.sentence), "source": rule.source} for rule in rules],
        "signature_title": _("Signatures"),
        "signatures": [_signed(party) for party in agreement.parties],
        "evidence_title": _("Preuve"),
        "evidence": [
            {"label": _("Version du texte"), "value": str(agreement.text_version)},
            {"label": _("Empreinte du texte français"), "value": agreement.french_digest},
            {"label": _("Scellée le"), "value": format_instant(sealed_at)},
        ],
        "note": _(
            "Ce document est scellé : le moindre changement brise le sceau. Vérifiez-le à %(address)s.",
            address=str(absolute_url("public.check_document")).split("://")[1],
        ),
    }  # fmt: skip


def _agreed_title(spoken: str) -> str:
    with speaking(spoken):
        return str(_("Ce qui est convenu"))


def _signed(party: AgreementParty) -> dict[str, str]:
    signature = party.signature
    assert signature is not None
    name = signature.signatory
    if party.side == Side.PARENT:
        name = _("%(name)s, parent, tutrice ou tuteur de %(child)s", name=signature.signatory, child=signature.child_name)
    return {"side": party.side_label, "name": name, "when": format_instant(signature.signed_at)}
