"""The indicators, each defined once: a name, how it is counted, in words, and the rows that are counted.

A figure and the list behind it are read from the same rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from certif.kit.languages import _l
from certif.reports import field_rows, path_rows
from certif.reports.asked import AUDIENCE, MRC, OBJECTIVE, Asked

_FIELD = frozenset({MRC, OBJECTIVE, AUDIENCE})
_PLACED = frozenset({MRC})


@dataclass(frozen=True)
class Indicator:
    """One indicator. `method`: how it is counted; `rows`: what is counted, as `field_rows` says, None where a portrait tells it; `cuts`:
    what may narrow it; `link`: the page of one row, if there is one; `unit`: what an amount counts, for lists."""

    name: str
    label: object
    unit: object
    method: object
    rows: Callable[[Asked], Select[Any]] | None
    cuts: frozenset[str]
    link: str | None = None

    def answers(self, asked: Asked) -> bool:
        """Whether it can be narrowed as asked."""
        wanted = {MRC: asked.mrc is not None, OBJECTIVE: asked.by_objective, AUDIENCE: asked.audience is not None}
        return all(cut in self.cuts for cut, is_asked in wanted.items() if is_asked)


_FILE, _NOMINATION = "certification.show_file", "nominations.read_nomination"
_VISIT, _PURSUIT = "visits.show_visit", "visits.show_pursuit"

INDICATORS: dict[str, Indicator] = {
    one.name: one
    for one in (
        Indicator(
            "reached", _l("Personnes rencontrées"), _l("Personnes"),
            _l(
                "Somme des personnes présentes, telles que les rapports de rencontre les disent. "
                "Une personne vue deux fois compte deux fois."
            ),
            field_rows.reached, _FIELD, _VISIT,
        ),
        Indicator(
            "visited", _l("Rencontres tenues"), _l("Rencontres"),
            _l("Rencontres de toute nature qui ont un rapport, sauf celles où la personne à rencontrer n’y était pas."),
            field_rows.visited, _FIELD, _VISIT,
        ),
        Indicator(
            "workshops", _l("Ateliers tenus"), _l("Ateliers"),
            _l("Rencontres de groupe qui ont un rapport, par public."),
            field_rows.workshops, _FIELD, _VISIT,
        ),
        Indicator(
            "handed_out", _l("Outils remis"), _l("Exemplaires"), _l("Somme des exemplaires remis, tels que notés à chaque remise."),
            field_rows.handed_out, _FIELD, _VISIT,
        ),
        Indicator(
            "prospects", _l("Nouveaux prospects"), _l("Employeurs"),
            _l("Employeurs pressentis, le jour où ils ont été notés, quelle que soit la source."),
            path_rows.prospects, _PLACED, _PURSUIT,
        ),
        Indicator(
            "signed", _l("Contrats signés"), _l("Contrats"),
            _l(
                "Contrats moraux signés, à l’instant de la signature (ou de sa saisie, sur papier), sauf ceux mis de côté. "
                "MRC de l’établissement principal."
            ),
            path_rows.signed, _PLACED, _FILE,
        ),
        Indicator(
            "certified", _l("Premières certifications"), _l("Employeurs"),
            _l(
                "Certifications accordées pour un premier cycle, le jour de la décision. "
                "Ce qui a été accordé avant la plateforme n’y est pas."
            ),
            path_rows.certified, _PLACED, _FILE,
        ),
        Indicator(
            "renewed", _l("Renouvellements"), _l("Employeurs"),
            _l("Certifications accordées pour un cycle suivant, le jour de la décision."), path_rows.renewed, _PLACED, _FILE,
        ),
        Indicator(
            "in_force", _l("Employeurs certifiés au dernier jour"), _l("Employeurs"),
            _l(
                "Employeurs dont la certification compte le dernier jour de la période, ou aujourd’hui tant qu’elle dure "
                "(délai de grâce compris), "
                "ni suspendue ni révoquée."
            ),
            path_rows.in_force, _PLACED, _FILE,
        ),
        Indicator(
            "nominated", _l("Nominations reçues"), _l("Nominations"),
            _l("Nominations d’élèves, ni retirées ni mises de côté, le jour où elles ont été reçues. MRC du lieu de travail."),
            path_rows.nominated, _PLACED, _NOMINATION,
        ),
        Indicator(
            "surveyed", _l("Élèves sondés"), _l("Réponses"),
            _l(
                "Réponses d’élèves, telles que le portrait de l’année scolaire les dit : arrondies à cinq près, "
                "retenues sous le seuil. Comptées le jour de sa première parution."
            ),
            None, _PLACED,
        ),
        Indicator(
            "kilometres", _l("Kilomètres parcourus"), _l("Kilomètres"),
            _l("Somme des kilomètres, aller et retour, de tous les rapports de rencontre."),
            field_rows.kilometres, _FIELD, _VISIT,
        ),
        Indicator(
            "minutes", _l("Temps de rencontre (minutes)"), _l("Minutes"),
            _l("Somme des minutes de tous les rapports de rencontre, sans la route."),
            field_rows.minutes, _FIELD, _VISIT,
        ),
    )
}  # fmt: skip
