"""The sheet that a sponsor hands out: the code, its QR, and how to use it. French, with English beneath, as what is posted up must be."""

from __future__ import annotations

from typing import Any

from certif import badges, documents
from certif.kit.languages import _, format_day, speaking
from certif.sponsorships.actions import code_url
from certif.sponsorships.model import Sponsorship


def sheet_pdf(sponsorship: Sponsorship) -> bytes:
    """Typeset the sheet to print. Gives: PDF bytes, one Letter page."""
    with speaking("fr"):
        address, said = code_url(sponsorship, "fr"), {"fr": _words(sponsorship)}
    with speaking("en"):
        said["en"] = _words(sponsorship)
    bare = address.split("://")[1]
    data = {
        **said["fr"],
        "english": said["en"],
        "program": sponsorship.program.name,
        "issuer": sponsorship.program.body.name,
        "code": sponsorship.shown_code,
        "address": bare,
        "qr": badges.qr_svg(address, alt=bare),
        "colour": "#0f4a3c",
    }
    return documents.typeset("voucher", data, "fr")


def qr_picture(sponsorship: Sponsorship, language: str) -> str:
    """Draw the QR of the code, as SVG."""
    address = code_url(sponsorship, language)
    return badges.qr_svg(address, alt=_("Code QR qui mène à %(address)s", address=address.split("://")[1]))


def _words(sponsorship: Sponsorship) -> dict[str, Any]:
    where = ", ".join([*(mrc.name for mrc in sponsorship.mrcs), *sponsorship.municipalities])
    reach = [where, sponsorship.sector_name]
    return {
        "title": _("Votre contribution est offerte") if sponsorship.covers_all else _("Une part de votre contribution est offerte"),
        "by": _("Par %(sponsor)s", sponsor=sponsorship.sponsor) if sponsorship.shows_name else "",
        "code_label": _("Code de commandite"),
        "qr_alt": _("Code QR qui mène à la page du code de commandite"),
        "steps": [
            _("Inscrivez votre organisation, ou connectez-vous."),
            _("Lisez et signez le contrat moral."),
            _("À l’étape de la contribution, choisissez « J’ai un code de commandite » et écrivez ce code."),
        ],
        "reach": _("Pour les employeurs de : %(where)s", where=" · ".join(one for one in reach if one)) if any(reach) else "",
        "until": _("Valable jusqu’au %(day)s, tant qu’il en reste.", day=format_day(sponsorship.valid_until)),
    }
