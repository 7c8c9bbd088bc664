"""The sheets of a lot of stickers, four to a page, each sticker with its own QR."""

from __future__ import annotations

from certif import badges, documents
from certif.kit.languages import _, speaking
from certif.kit.web import absolute_url
from certif.programs import version_in_force
from certif.visibility.serials import StickerLot
from certif.visibility.sheets import PAPERS, logo_for
from certif.visibility.stock import stickers_of
from certif.visibility.wording import lot_words


def sheets_of(lot: StickerLot, paper: str) -> bytes:
    """Typeset the sheets of a lot. Takes: `paper`, `lettre` or `a4`. Gives: a PDF, with bleed and crop marks."""
    version = version_in_force(lot.program)
    colours = version.rules.colours if version else None
    usual = colours and (colours.in_progress if lot.look == "in_progress" else colours.primary)
    with speaking("fr"):
        data = {
            **lot_words(lot.look),
            "bilingual": False,
            "paper": PAPERS[paper],
            "status": lot.look,
            "colour": usual or "#0f4a3c",
            "employer": _("lot %(number)s", number=lot.number),
            "program": lot.program.name,
            "body": lot.program.body.name,
            "logo": logo_for(version.rules.logo if version else None, lot.program.body.name),
            "stickers": [_one(sticker.ref, sticker.label) for sticker in stickers_of(lot)],
        }
    return documents.typeset("stickers", data, "fr")


def _one(serial: str, label: str) -> dict[str, str]:
    address = str(absolute_url("visibility.follow_sticker", serial=serial, language="fr"))
    bare = address.split("://")[1]
    alt = _("Code QR qui mène à la page de vérification : %(address)s", address=bare)
    return {"label": label, "address": bare, "qr": badges.qr_svg(address, alt=alt), "qr_alt": alt}
