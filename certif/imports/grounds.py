"""Why someone may be written to who has not asked for it. Source: Canada's anti-spam legislation (S.C. 2010, c. 23), s. 6 and 10."""

from __future__ import annotations

from enum import StrEnum

from certif.kit.languages import _l


class Ground(StrEnum):
    """What makes it lawful to write to a contact."""

    EXPRESS = "express"
    PUBLISHED = "published"
    GIVEN = "given"
    RELATION = "relation"


GROUNDS = {
    Ground.EXPRESS: _l("Consentement exprès"),
    Ground.PUBLISHED: _l("Adresse professionnelle publiée"),
    Ground.GIVEN: _l("Adresse remise par la personne"),
    Ground.RELATION: _l("Relation en cours"),
}
