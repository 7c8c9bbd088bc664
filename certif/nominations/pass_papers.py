"""Passes as they are handed out: slips to cut, ten to a sheet, or a list. Nothing is kept of them."""

from __future__ import annotations

from collections.abc import Sequence

from certif import badges, documents
from certif.kit.languages import _, _l, format_day, speaking
from certif.kit.sheets import csv_sheet
from certif.kit.web import absolute_url
from certif.nominations.nominate_keys import in_groups
from certif.nominations.pass_model import PassLot
from certif.programs import version_in_force

PAPERS = {"lettre": "us-letter", "a4": "a4"}
BRAND = "#0f4a3c"
_MASK = 3
_SCAN = _l("Scannez avec l’appareil photo")
_ONCE = _l("Sert une fois, pour nommer un boss, sans adresse courriel.")


def slips_of(lot: PassLot, codes: Sequence[str], paper: str, *, is_bilingual: bool) -> bytes:
    """Typeset a slip for each pass, ten to a sheet. Takes: `paper`, `lettre` or `a4`. Gives: a PDF."""
    campaign = lot.campaign
    version = version_in_force(campaign.program)
    data = {
        "bilingual": is_bilingual, "paper": PAPERS[paper], "colour": version.rules.colours.primary if version else BRAND,
        "title": {"fr": campaign.title_fr, "en": campaign.title_en or campaign.title_fr}, "scan": _both(_SCAN), "once": _both(_ONCE),
        "dates": _dates(lot), "place": lot.school, "program": campaign.program.name, "slips": [_slip(lot, code) for code in codes],
    }  # fmt: skip
    return documents.typeset("survey_slips", data, "fr")


def list_of(lot: PassLot, codes: Sequence[str]) -> str:
    """Give the passes as a sheet."""
    return csv_sheet([_("Adresse"), _("Code")], [[_address(lot, code), in_groups(code)] for code in codes])


def _address(lot: PassLot, code: str) -> str:
    return f"{absolute_url('nominations.nominate', ref=lot.campaign.ref, language='fr')}?coupon={code}"


def _slip(lot: PassLot, code: str) -> dict[str, str]:
    address = _address(lot, code)
    bare = address.split("://")[1].split("?")[0]
    with speaking("fr"):
        alt = _("Code QR qui mène à %(address)s", address=bare)
    return {"address": bare, "code": in_groups(code), "qr": badges.qr_svg(address, alt=alt, mask=_MASK), "qr_alt": alt}


def _dates(lot: PassLot) -> dict[str, str]:
    said = {}
    for name in ("fr", "en"):
        with speaking(name):
            said[name] = _("Jusqu’au %(day)s.", day=format_day(lot.campaign.closes_on))
    return said


def _both(words: object) -> dict[str, str]:
    said = {}
    for name in ("fr", "en"):
        with speaking(name):
            said[name] = str(words)
    return said
