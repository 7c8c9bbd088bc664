"""May someone this young work at all? The minimum age, and the cases in which the regulation allows less.

Source: *Loi sur les normes du travail*, s. 84.3; its regulation (N-1.1, r. 3); CNESST, « Jeunes de moins de 14 ans » [A].
"""

from __future__ import annotations

from dataclasses import dataclass

from certif.kit.languages import _l


@dataclass(frozen=True)
class AgeException:
    """A kind of work that someone under 14 may do, with the parent’s written form.

    Takes: `from_age`, the youngest allowed, None when the regulation names none.
    """

    code: str
    sentence: object
    from_age: int | None = None


UNDER_14_EXCEPTIONS: tuple[AgeException, ...] = (
    AgeException("artistic", _l("Création ou interprétation dans un domaine de production artistique")),
    AgeException("delivery", _l("Livraison de journaux ou d’autres publications")),
    AgeException("babysitting", _l("Garde d’enfants")),
    AgeException("tutoring", _l("Aide aux devoirs ou tutorat")),
    AgeException(
        "family_business",
        _l(
            "Entreprise familiale de moins de 10 personnes salariées, pour l’enfant de l’employeur, d’une personne associée ou dirigeante "
            "ou de leur conjointe "
            "ou conjoint, sous la surveillance d’un adulte"
        ),
    ),
    AgeException(
        "community",
        _l("Organisme à but non lucratif à vocation sociale ou communautaire, comme un camp ou un organisme de loisirs, avec surveillance"),
    ),
    AgeException(
        "sport",
        _l(
            "Organisme sportif à but non lucratif, pour assister ou soutenir une autre personne : aide-entraîneuse, aide-entraîneur, "
            "marqueuse, marqueur"
        ),
    ),
    AgeException(
        "farm",
        _l("Travaux agricoles manuels légers dans une entreprise de moins de 10 personnes salariées, avec surveillance, dès 12 ans"),
        from_age=12,
    ),
)
"""The eight cases, as data: the regulation may change them without changing a line of code."""


def allows(exception: str | None, age: int) -> bool:
    """Whether one of the regulation’s cases, by its code, allows work at that age (14 and over needs none)."""
    case = next((known for known in UNDER_14_EXCEPTIONS if known.code == exception), None)
    return case is not None and (case.from_age is None or age >= case.from_age)
