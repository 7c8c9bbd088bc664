"""How a cell is read: tidied, bounded, and turned into what we keep; or what is wrong with it, by name."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from certif.kit.languages import _l

LONGEST = 5000

_HIDDEN = re.compile(r"[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_POSTAL_CODE = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_SERIAL_EPOCH = dt.date(1899, 12, 30)
"""A spreadsheet's day 0. Source: ECMA-376, part 1, 18.17.4.1 (the 1900 date base)."""

FAULTS = {
    "missing": _l("Remplissez cette case."),
    "long": _l("Raccourcissez ce texte."),
    "neq": _l("Écrivez les dix chiffres du NEQ, comme 1160000000."),
    "postal_code": _l("Écrivez un code postal canadien, comme G1R 4S9."),
    "email": _l("Écrivez une adresse courriel complète, comme nom@exemple.com."),
    "phone": _l("Écrivez un numéro de téléphone de dix chiffres, comme 418 555-1234."),
    "day": _l("Écrivez une date comme 2026-11-03."),
    "mrc": _l("Écrivez le nom d’une MRC."),
    "mrc_elsewhere": _l("Cette MRC n’est pas dans le territoire du programme."),
    "sector": _l("Écrivez le code ou le nom d’un secteur du SCIAN."),
    "ground": _l("Écrivez l’un des fondements du modèle, comme Consentement exprès."),
    "language": _l("Écrivez fr ou en."),
    "level": _l("Écrivez l’un des niveaux du programme."),
    "word": _l("Écrivez l’une des réponses que le modèle donne pour cette colonne."),
    "link": _l("Écrivez une adresse qui commence par https://."),
    "nobody": _l("Donnez aussi le nom de la personne à joindre."),
    "expert": _l("Une personne experte reçoit des demandes par courriel : donnez son adresse."),
    "unrecognisable": _l("Donnez le NEQ ou le code postal : sans l’un des deux, une organisation ne peut pas être reconnue."),
    "unlawful": _l("Un courriel est donné : dites pourquoi on peut y écrire, et d’où il vient."),
    "future": _l("Le premier jour doit être passé, ou aujourd’hui."),
    "order": _l("Le dernier jour doit suivre le premier."),
    "number": _l("Un numéro de cette forme finit par six chiffres, comme 14-2025-000017."),
    "refused": _l("Cette ligne n’a pas pu être ajoutée : vérifiez le numéro, le NEQ et le niveau."),
    "refused_name": _l("Cette ligne n’a pas pu être ajoutée : ce nom a été pris entre-temps."),
    "number_taken": _l("Ce numéro est déjà celui d’une autre attestation."),
}


class Misread(Exception):
    """A cell that cannot be kept as it is; the text is one of the names of `FAULTS`."""


def tidy(text: str) -> str:
    """Give a cell composed (NFC), on one line, without hidden signs, without the mark that keeps spreadsheets from running it."""
    plain = " ".join(_HIDDEN.sub(" ", unicodedata.normalize("NFC", text[:LONGEST])).split())
    return plain[1:] if plain[:1] == "'" and plain[1:2] in tuple("=+-@") else plain


def short(text: str, most: int) -> str:
    """Give a text of at most `most` signs."""
    if len(text) > most:
        raise Misread("long")
    return text


def neq(text: str) -> str:
    """Give the ten digits of an enterprise number."""
    digits = re.sub(r"[\s-]|\.0$", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise Misread("neq")
    return digits


def postal_code(text: str) -> str:
    """Give a Canadian postal code as `G1R 4S9`."""
    code = re.sub(r"[\s-]", "", text).upper()
    if not _POSTAL_CODE.fullmatch(code):
        raise Misread("postal_code")
    return f"{code[:3]} {code[3:]}"


def email(text: str) -> str:
    """Give an address in its usual form."""
    try:
        return str(validate_email(text, check_deliverability=False, test_environment=True).normalized)
    except EmailNotValidError:
        raise Misread("email") from None


def phone(text: str) -> str:
    """Give a telephone number as `+14185551234`, with `;ext=` when there is one."""
    import phonenumbers  # late: what it knows of every country takes its time to read

    try:
        number = phonenumbers.parse(text, "CA")
    except phonenumbers.NumberParseException:
        raise Misread("phone") from None
    if not phonenumbers.is_possible_number(number):
        raise Misread("phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966).removeprefix("tel:").replace("-", "")


def day(text: str) -> str:
    """Give a day as `2026-11-03`, however it was written: so, with strokes (day first when the year is last), or as a sheet counts it."""
    plain = text.removesuffix(" 00:00:00")
    try:
        if re.fullmatch(r"\d{5}(\.0)?", plain) and _FIRST_SERIAL < float(plain) < _LAST_SERIAL:
            return (_SERIAL_EPOCH + dt.timedelta(days=int(float(plain)))).isoformat()
        if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", plain):
            return dt.date(*(int(part) for part in found.groups())).isoformat()
        if found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", plain):
            date, month, year = (int(part) for part in found.groups())
            return dt.date(year, month, date).isoformat()
    except ValueError:
        raise Misread("day") from None
    raise Misread("day")
