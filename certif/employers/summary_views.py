"""How answers are shown again: in forms to be corrected, and in the summary to be checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from certif import territory
from certif.employers.arrivals import RegistrationDraft
from certif.employers.kinds import HIRING, KINDS, Hires
from certif.employers.model import Employer, Establishment
from certif.kit.languages import LANGUAGES, _, _l, format_phone
from certif.programs import SIZES

STEPS = (_l("Organisation"), _l("Description"), _l("Établissements"), _l("Personne-ressource"), _l("Vérification"))
"""The pages of a registration, in order."""

Row = tuple[str, Any, str | None]


def step_labels() -> list[str]:
    """Give the names of the pages of a registration, in the language of the page."""
    return [str(label) for label in STEPS]


def describe_answers(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the answers about the organisation as its form takes them."""
    known = data.get("federally_regulated")
    return {**data, "federally_regulated": None if known is None else "yes" if known else "no"}


def employer_answers(employer: Employer) -> dict[str, Any]:
    """Give what is known of an employer as its form takes it."""
    names = ("legal_name", "neq", "trade_name", "kind", "sector", "size", "hires", "federally_regulated", "website")
    banner = employer.banner.name if employer.banner else None
    return describe_answers({**{name: getattr(employer, name) for name in names}, "banner": banner})


def contact_answers(employer: Employer) -> dict[str, Any]:
    """Give the contact as its form takes it."""
    return {name: getattr(employer, name) for name in ("contact_name", "contact_role", "contact_email", "contact_phone", "language")}


def establishment_answers(establishment: Establishment) -> dict[str, Any]:
    """Give a place of work as its form takes it."""
    names = ("name", "address", "municipality", "postal_code", "is_main")
    return {**{name: getattr(establishment, name) for name in names}, "mrc": establishment.mrc.slug}


def answers_shown(draft: RegistrationDraft) -> list[tuple[str, list[Row]]]:
    """Give everything a draft holds, by section, each line with the address where it can be changed."""
    return [
        (_("Organisation"), _identity_rows(draft.data) + _description_rows(draft.data)),
        (_("Établissements"), _place_rows(draft)),
        (_("Personne-ressource"), _contact_rows(draft.data)),
    ]


def lines(*texts: str) -> Markup:
    """Give texts under one another, empty ones left out."""
    return Markup("<br>").join(escape(text) for text in texts if text)


def _identity_rows(data: Mapping[str, Any]) -> list[Row]:
    change = url_for("employers.start")
    return [(_("Nom légal"), data["legal_name"], change), (_("NEQ"), data.get("neq") or _("Aucun"), change)]


def _description_rows(data: Mapping[str, Any]) -> list[Row]:
    change = url_for("employers.describe")
    sector = territory.sector(data["sector"])
    return [
        (_("Nom connu du public"), data.get("trade_name") or data["legal_name"], change),
        (_("Bannière"), data.get("banner") or _("Aucune"), change),
        (_("Genre d’organisation"), str(KINDS[data["kind"]]), change),
        (_("Secteur d’activité"), f"{sector.code} – {sector.name}", change),
        (_("Nombre de personnes employées"), str(SIZES[data["size"]]), change),
        (_("Emploi étudiant"), str(HIRING[Hires(data["hires"])]), change),
        (_("Normes du travail fédérales"), _("Oui") if data["federally_regulated"] else _("Non"), change),
    ]


def _place_rows(draft: RegistrationDraft) -> list[Row]:
    rows: list[Row] = []
    for number, place in enumerate(draft.establishments, start=1):
        label = _("Établissement principal") if number == 1 else _("Établissement %(number)s", number=number)
        where = f"{place['municipality']} (Québec) {place['postal_code']}"
        shown = lines(place["name"], place["address"], where, territory.mrc(place["mrc"]).name)
        rows.append((label, shown, url_for("employers.edit_place", key=place["key"])))
    return rows


def _contact_rows(data: Mapping[str, Any]) -> list[Row]:
    change = url_for("employers.give_contact")
    return [
        (_("Nom"), data["contact_name"], change),
        (_("Fonction"), data["contact_role"], change),
        (_("Adresse courriel"), data["contact_email"], change),
        (_("Téléphone"), format_phone(data.get("contact_phone")) or _("Aucun"), change),
        (_("Langue des courriels"), LANGUAGES[data.get("language", "fr")], change),
    ]
