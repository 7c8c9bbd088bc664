"""What an address can be told of, and which entries of the journal tell it."""

from __future__ import annotations

from enum import StrEnum

from certif.kit.languages import _l


class Kind(StrEnum):
    """What is told, as receivers read it."""

    LAUREATES_PUBLISHED = "laureates.published"
    LAUREATES_CHANGED = "laureates.changed"
    GALA_CHANGED = "gala.changed"
    PORTRAIT_RELEASED = "portrait.released"
    PORTRAIT_WITHDRAWN = "portrait.withdrawn"
    TEST = "webhook.test"


OF_GALAS = (Kind.LAUREATES_PUBLISHED, Kind.LAUREATES_CHANGED, Kind.GALA_CHANGED)
OF_PROGRAMS = (*OF_GALAS, Kind.PORTRAIT_RELEASED, Kind.PORTRAIT_WITHDRAWN)

LABELS = {
    Kind.LAUREATES_PUBLISHED: _l("L’embargo est levé : la liste des lauréates et lauréats est publique"),
    Kind.LAUREATES_CHANGED: _l("La liste des lauréates et lauréats change"),
    Kind.GALA_CHANGED: _l("La soirée change ou est annulée"),
    Kind.PORTRAIT_RELEASED: _l("De nouveaux résultats de sondage sont publiés dans le portrait"),
    Kind.PORTRAIT_WITHDRAWN: _l("Des résultats de sondage sont retirés du portrait"),
    Kind.TEST: _l("Essai"),
}

TOLD = {
    "embargo_lifted": (Kind.LAUREATES_PUBLISHED, "published"),
    "laureates_named": (Kind.LAUREATES_CHANGED, "named"),
    "laureate_prepared": (Kind.LAUREATES_CHANGED, "worded"),
    "laureate_worded": (Kind.LAUREATES_CHANGED, "worded"),
    "laureate_withdrawn": (Kind.LAUREATES_CHANGED, "withdrawn"),
    "laureate_replaced": (Kind.LAUREATES_CHANGED, "replaced"),
    "consent_given": (Kind.LAUREATES_CHANGED, "consents"),
    "consent_withdrawn": (Kind.LAUREATES_CHANGED, "consents"),
    "gala_contests_chosen": (Kind.LAUREATES_CHANGED, "contests"),
    "gala_edited": (Kind.GALA_CHANGED, "edited"),
    "gala_cancelled": (Kind.GALA_CHANGED, "cancelled"),
    "portrait_released": (Kind.PORTRAIT_RELEASED, "released"),
    "portrait_withdrawn": (Kind.PORTRAIT_WITHDRAWN, "withdrawn"),
}
"""By the event of the journal: what is told, and the word that says what changed."""
