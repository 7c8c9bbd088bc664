"""What an organisation can be, how large, whom it hires, and what a person may do for it. Labels stand beside, once."""

from __future__ import annotations

from enum import StrEnum

from certif.kit.languages import _l


class Hires(StrEnum):
    """Whom an employer takes on. `NONE` leads to the path of supporters."""

    STUDENTS = "students"
    INTERNS_ONLY = "interns_only"
    NONE = "none"


class MemberRole(StrEnum):
    """What a person may do for an employer: an owner also decides who else may; a signatory reads and signs."""

    OWNER = "owner"
    MEMBER = "member"
    SIGNATORY = "signatory"


KINDS = {
    "company": _l("Entreprise"),
    "self_employed": _l("Travailleuse ou travailleur autonome"),
    "coop": _l("Coopérative"),
    "non_profit": _l("Organisme sans but lucratif"),
    "municipality": _l("Municipalité, MRC ou organisme municipal"),
    "school": _l("École, centre de services scolaire, cégep ou université"),
    "public_body": _l("Ministère ou autre organisme public"),
    "first_nation": _l("Conseil de bande ou organisme d’une Première Nation ou inuit"),
    "other": _l("Autre organisation"),
}
"""Kinds of organisation. Source: those that regions have certified (companies, municipalities, schools, non-profits, chambers)."""

HIRING = {
    Hires.STUDENTS: _l("Oui, des élèves, étudiantes ou étudiants"),
    Hires.INTERNS_ONLY: _l("Seulement des stagiaires"),
    Hires.NONE: _l("Non, mais nous voulons appuyer la cause"),
}

ROLES = {
    MemberRole.OWNER: _l("Responsable"),
    MemberRole.MEMBER: _l("Membre"),
    MemberRole.SIGNATORY: _l("Signataire"),
}
