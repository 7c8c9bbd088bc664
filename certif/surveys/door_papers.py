"""What is printed of a way in: the sheet for the board, and the slips of links that serve once. Nothing is kept of the slips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from certif import badges, documents
from certif.kit.languages import _, _l, format_day, speaking
from certif.kit.sheets import csv_sheet
from certif.programs import version_in_force
from certif.surveys.door_actions import shown_code
from certif.surveys.model import Survey, SurveyDoor
from certif.surveys.running_queries import last_day_of
from certif.surveys.school_queries import door_address
from certif.visibility import logo_for

PAPERS = {"lettre": "us-letter", "a4": "a4"}
BRAND = "#0f4a3c"
_MASK = 3

Pair = dict[str, str]

_SCAN = _l("Scannez avec l’appareil photo")
_TYPE = _l("ou tapez cette adresse")
_PROMISE = _l("Moins d’une minute. Personne ne saura qui a répondu quoi : ni l’école, ni l’employeur, ni nous.")
_ONCE = _l("Sert une fois, sans nom : échangez vos coupons si vous voulez.")


def sheet_of(door: SurveyDoor, paper: str, *, is_bilingual: bool) -> bytes:
    """Typeset the sheet of a way in. Takes: `paper`, `lettre` or `a4`. Gives: a PDF of one page."""
    data = {**_said(door, paper, is_bilingual=is_bilingual), "type": _both(_TYPE), "promise": _both(_PROMISE), **_code(door.code)}
    return documents.typeset("survey_door", data, "fr")


def slips_of(door: SurveyDoor, links: Sequence[str], paper: str, *, is_bilingual: bool) -> bytes:
    """Typeset a slip for each link, ten to a sheet. Takes: `paper`, `lettre` or `a4`. Gives: a PDF."""
    data = {**_said(door, paper, is_bilingual=is_bilingual), "once": _both(_ONCE), "slips": [_code(link, mask=_MASK) for link in links]}
    return documents.typeset("survey_slips", data, "fr")


def picture_of(door: SurveyDoor) -> str:
    """Draw the code to scan of a way in, as SVG."""
    address = door_address(door.code)
    return badges.qr_svg(address, alt=_("Code QR qui mène à %(address)s", address=address.split("://")[1]))


def list_of(links: Sequence[str]) -> str:
    """Give the addresses of links as a sheet."""
    return csv_sheet([_("Adresse"), _("Code")], [[door_address(link), shown_code(link)] for link in links])


def place_of(door: SurveyDoor) -> str:
    """Give where a way in stands: its school and its name, each once."""
    return " – ".join(dict.fromkeys(part for part in (door.school, door.label) if part))


def _said(door: SurveyDoor, paper: str, *, is_bilingual: bool) -> dict[str, Any]:
    survey, version = door.survey, version_in_force(door.survey.program)
    return {
        "bilingual": is_bilingual,
        "paper": PAPERS[paper],
        "colour": version.rules.colours.primary if version else BRAND,
        "title": {"fr": survey.title_fr, "en": survey.title_en},
        "scan": _both(_SCAN),
        "dates": _dates(survey),
        "place": place_of(door),
        "program": survey.program.name,
        "body": survey.program.body.name,
        "logo": logo_for(version.rules.logo if version else None, survey.program.body.name),
    }


def _code(code: str, mask: int | None = None) -> dict[str, str]:
    address = door_address(code)
    bare = address.split("://")[1]
    with speaking("fr"):
        alt = _("Code QR qui mène à %(address)s", address=bare)
    return {"address": bare, "code": shown_code(code), "qr": badges.qr_svg(address, alt=alt, mask=mask), "qr_alt": alt}


def _dates(survey: Survey) -> Pair:
    said = {}
    for name in ("fr", "en"):
        with speaking(name):
            said[name] = _("Jusqu’au %(day)s.", day=format_day(last_day_of(survey)))
    return said


def _both(words: object) -> Pair:
    said = {}
    for name in ("fr", "en"):
        with speaking(name):
            said[name] = str(words)
    return said
