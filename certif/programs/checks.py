"""What must hold for a file to be validated without a person looking at it: names that a version lists. Answered elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from certif.kit.languages import _l


class Check(StrEnum):
    """One thing to hold. The order is the one in which they are shown."""

    SIGNED = "signed"
    CONTRIBUTION = "contribution"
    NEQ = "neq"
    NO_TWIN = "no_twin"
    TERRITORY = "territory"
    NO_REVOCATION = "no_revocation"
    ENTRY_LEVEL = "entry_level"
    NO_VISIT = "no_visit"
    UNTOUCHED = "untouched"

    @property
    def label(self) -> object:
        """What holds, in words (lazy)."""
        return _HOLDS[self]

    @property
    def failure(self) -> object:
        """What does not, in words (lazy)."""
        return _FAILS[self]


_HOLDS = {
    Check.SIGNED: _l("contrat signé depuis une adresse confirmée"),
    Check.CONTRIBUTION: _l("contribution reçue, dispensée ou nulle"),
    Check.NEQ: _l("NEQ de dix chiffres, qui n’est à personne d’autre"),
    Check.NO_TWIN: _l("aucun doublon apparent dans le registre"),
    Check.TERRITORY: _l("tous les établissements dans le territoire du programme"),
    Check.NO_REVOCATION: _l("aucune révocation antérieure"),
    Check.ENTRY_LEVEL: _l("premier niveau, ou programme sans niveaux"),
    Check.NO_VISIT: _l("aucune visite requise"),
    Check.UNTOUCHED: _l("ni renvoi du dossier, ni suspension en cours"),
}
_FAILS = {
    Check.SIGNED: _l("contrat non signé depuis une adresse confirmée"),
    Check.CONTRIBUTION: _l("contribution attendue"),
    Check.NEQ: _l("NEQ absent, ou porté par une autre organisation"),
    Check.NO_TWIN: _l("une organisation du même nom est au même code postal"),
    Check.TERRITORY: _l("un établissement hors du territoire du programme"),
    Check.NO_REVOCATION: _l("une certification a déjà été révoquée"),
    Check.ENTRY_LEVEL: _l("un autre niveau que le premier est en jeu"),
    Check.NO_VISIT: _l("une visite est requise"),
    Check.UNTOUCHED: _l("une personne s’est déjà penchée sur ce dossier"),
}
DRAWN = _l("tiré au sort pour qu’une personne le regarde")


@dataclass(frozen=True)
class Automatic:
    """A file is validated by itself when these checks hold. Takes: `hand_percent`, the share that a person looks at all the same."""

    checks: tuple[Check, ...]
    hand_percent: int = 0
