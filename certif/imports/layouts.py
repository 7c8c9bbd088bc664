"""The columns of each kind of file, and how its rows are read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from certif.imports import cells
from certif.imports.columns import Bounds, Column, among_cell, language_cell, mrc_cell, plain_cell, text_cell
from certif.imports.kinds import kind_of
from certif.imports.model import Kind
from certif.kit import clock
from certif.kit.languages import _l, folded

_NEQ = Column(
    "neq",
    ("NEQ", "NEQ"),
    _l("Dix chiffres, si l’organisation en a un."),
    plain_cell(cells.neq),
    also=("numero d entreprise du quebec", "quebec enterprise number"),
    example="1160000000",
)
_NAME = Column(
    "name",
    ("Nom", "Name"),
    _l("Le nom légal de l’organisation."),
    text_cell(300),
    True,
    ("nom legal", "legal name", "entreprise", "employeur", "organisation", "company", "employer", "raison sociale"),
    "Épicerie du Coin inc.",
)
_MUNICIPALITY = Column(
    "municipality",
    ("Municipalité", "Municipality"),
    _l("La ville ou le village."),
    text_cell(120),
    also=("ville", "city", "town"),
    example="Joliette",
)
_POSTAL_CODE = Column(
    "postal_code",
    ("Code postal", "Postal code"),
    _l("Avec le nom, il sert à reconnaître une organisation déjà connue. Obligatoire sans NEQ."),
    plain_cell(cells.postal_code),
    also=("cp",),
    example="J6E 3Z9",
)
_MRC = Column(
    "mrc",
    ("MRC", "MRC"),
    _l("Une MRC du territoire du programme. Les partenaires locaux ne voient que la leur."),
    mrc_cell,
    also=("regional county municipality",),
    example="Joliette",
)
_SECTOR = Column(
    "sector",
    ("Secteur", "Sector"),
    _l("Le code ou le nom d’un secteur du SCIAN, comme 44-45 ou Commerce de détail."),
    among_cell("sectors", "sector"),
    also=("secteur d activite", "scian", "naics"),
    example="44-45",
)
EMAIL = Column(
    "contact_email",
    ("Courriel", "Email"),
    _l("Son adresse professionnelle."),
    plain_cell(cells.email),
    also=("adresse courriel", "e mail", "contact email", "email address"),
    example="camille@exemple.com",
)
PHONE = Column(
    "contact_phone",
    ("Téléphone", "Telephone"),
    _l("Dix chiffres, avec le poste s’il y en a un."),
    plain_cell(cells.phone),
    also=("phone", "tel"),
    example="450 555-0134",
)
_PERSON = Column(
    "contact_name",
    ("Personne-ressource", "Contact"),
    _l("La personne à joindre."),
    text_cell(120),
    also=("contact", "nom du contact", "contact name"),
    example="Camille Exemple",
)
LANGUAGE = Column(
    "language", ("Langue", "Language"), _l("Celle des courriels : fr ou en. Français si la case est vide."), language_cell, example="fr"
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    Kind.PROSPECTS: (
        _NAME,
        _NEQ,
        _MUNICIPALITY,
        _POSTAL_CODE,
        _MRC,
        _SECTOR,
        _PERSON,
        EMAIL,
        PHONE,
        Column(
            "contact_ground",
            ("Fondement", "Legal ground"),
            _l(
                "Pourquoi on peut écrire à cette personne : "
                "Consentement exprès, Adresse professionnelle publiée, Adresse remise par la personne, ou Relation en cours. "
                "Obligatoire avec un courriel."
            ),
            among_cell("grounds", "ground"),
            also=("fondement juridique", "consentement", "ground"),
            example="Adresse professionnelle publiée",
        ),
        Column(
            "contact_source",
            ("Provenance du courriel", "Email source"),
            _l("Où cette adresse a été trouvée. Obligatoire avec un courriel."),
            text_cell(300),
            also=("provenance",),
            example="Site Web de l’entreprise",
        ),
        LANGUAGE,
        Column("source", ("Source", "Source"), _l("D’où vient ce prospect."), text_cell(300), example="Salon de l’emploi 2025"),
        Column(
            "note",
            ("Note", "Note"),
            _l("Ce que l’équipe doit savoir."),
            text_cell(2000),
            also=("notes", "remarque", "commentaire", "comment"),
            example="",
        ),
    ),
    Kind.CERTIFIED: (
        _NAME,
        _NEQ,
        Column(
            "address", ("Adresse", "Address"), _l("Numéro et rue de l’établissement."), text_cell(300), True, example="12, rue Principale"
        ),
        Column("municipality", _MUNICIPALITY.heading, _MUNICIPALITY.help, _MUNICIPALITY.read, True, _MUNICIPALITY.also, "Joliette"),
        Column(
            "postal_code",
            _POSTAL_CODE.heading,
            _l("Avec le nom, il sert à reconnaître une organisation déjà inscrite."),
            _POSTAL_CODE.read,
            True,
            ("cp",),
            "J6E 3Z9",
        ),
        Column("mrc", _MRC.heading, _l("Une MRC du territoire du programme."), _MRC.read, True, _MRC.also, "Joliette"),
        Column("sector", _SECTOR.heading, _SECTOR.help, _SECTOR.read, True, _SECTOR.also, "44-45"),
        Column("level", ("Niveau", "Level"), _l("Un niveau du programme, s’il en a."), among_cell("levels", "level"), example=""),
        Column(
            "number",
            ("Numéro", "Number"),
            _l("Le numéro de la vignette ou de l’attestation remise."),
            text_cell(60),
            True,
            ("numero de certification", "badge number", "certification number"),
            "CET-2024-017",
        ),
        Column(
            "valid_from",
            ("Valide du", "Valid from"),
            _l("Le premier jour, comme 2025-03-01."),
            plain_cell(cells.day),
            True,
            ("debut", "start"),
            "2025-03-01",
        ),
        Column(
            "valid_until",
            ("Valide jusqu’au", "Valid until"),
            _l("Le dernier jour, comme 2027-03-01."),
            plain_cell(cells.day),
            True,
            ("fin", "echeance", "end", "expiry"),
            "2027-03-01",
        ),
        Column("contact_name", _PERSON.heading, _PERSON.help, _PERSON.read, True, _PERSON.also, _PERSON.example),
        Column(
            "contact_email",
            EMAIL.heading,
            _l("Son adresse professionnelle : elle recevra l’invitation à reprendre le dossier."),
            EMAIL.read,
            True,
            EMAIL.also,
            EMAIL.example,
        ),
        Column(
            "contact_role", ("Fonction", "Role"), _l("Ce que cette personne fait dans l’organisation."), text_cell(120), example="Direction"
        ),
        PHONE,
        LANGUAGE,
    ),
}


def columns_of(kind: str) -> tuple[Column, ...]:
    """Give the columns of a kind of file."""
    added = kind_of(kind)
    return added.columns if added is not None else COLUMNS[kind]


def mapped(headings: list[str], kind: str) -> dict[int, Column]:
    """Give which column each heading is, by its place; headings that are none are left out, and so is the second of a pair."""
    found: dict[int, Column] = {}
    for place, heading in enumerate(headings):
        column = next((one for one in columns_of(kind) if folded(heading) in one.names), None)
        if column is not None and column not in found.values():
            found[place] = column
    return found


def understood(row: list[str], columns: Mapping[int, Column], bounds: Bounds, kind: str) -> tuple[dict[str, Any], list[list[str]]]:
    """Read one row. Gives: its values by the key of their column, and its faults: pairs of a column's key and of what is wrong."""
    values: dict[str, Any] = {}
    faults: list[list[str]] = []
    for place, column in columns.items():
        text = cells.tidy(row[place]) if place < len(row) else ""
        if not text:
            if column.is_required:
                faults.append([column.key, "missing"])
            continue
        try:
            values[column.key] = column.read(text, bounds)
        except cells.Misread as wrong:
            faults.append([column.key, str(wrong)])
    return values, faults + (_misfits(values, {key for key, _fault in faults}, kind, bounds))


def _misfits(values: Mapping[str, Any], wrong: set[str], kind: str, bounds: Bounds) -> list[list[str]]:
    """Give what is wrong between the cells of a row, each of which is well written."""
    found = []
    added = kind_of(kind)
    if added is not None:
        return [[key, fault] for key, fault in added.misfits(values) if key not in wrong]
    if kind == Kind.PROSPECTS:
        if not values.get("neq") and not values.get("postal_code") and not wrong & {"neq", "postal_code"}:
            found.append(["postal_code", "unrecognisable"])
        if values.get("contact_email"):
            found += [[key, "unlawful"] for key in ("contact_ground", "contact_source") if not values.get(key) and key not in wrong]
    else:
        since, until = values.get("valid_from"), values.get("valid_until")
        if since and dt.date.fromisoformat(since) > clock.today():
            found.append(["valid_from", "future"])
        if since and until and dt.date.fromisoformat(until) <= dt.date.fromisoformat(since):
            found.append(["valid_until", "order"])
        if bounds.levels and not values.get("level") and "level" not in wrong:
            found.append(["level", "missing"])
        number = values.get("number", "")
        if re.match(r"\d{2}-\d{4}-", number) and not re.fullmatch(r"\d{2}-\d{4}-\d{6}", number):
            found.append(["number", "number"])  # it would be taken for one of ours, which are counted
    return found
