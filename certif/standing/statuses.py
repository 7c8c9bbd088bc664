"""What a code can be worth today, in words for anyone."""

from __future__ import annotations

from enum import StrEnum

from certif.kit.languages import _l


class Status(StrEnum):
    """What the public is told of a code; the names are those of the JSON."""

    REVOKED = "revoked"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    PAUSED = "paused"
    SUPPORTER = "supporter"
    CERTIFIED = "certified"
    IN_PROGRESS = "in_progress"

    @property
    def label(self) -> str:
        """The status in one or two words."""
        return str(_LABELS[self])

    @property
    def sentence(self) -> str:
        """What it means, with `%(employer)s` to fill in."""
        return str(_SENTENCES[self])

    @property
    def is_held(self) -> bool:
        """Whether the certification counts today, so that its promise may be shown."""
        return self in {Status.CERTIFIED, Status.SUPPORTER, Status.PAUSED}


_LABELS = {
    Status.REVOKED: _l("Révoqué"),
    Status.EXPIRED: _l("Échu"),
    Status.SUSPENDED: _l("Suspendu"),
    Status.PAUSED: _l("En pause"),
    Status.SUPPORTER: _l("Supporteur"),
    Status.CERTIFIED: _l("Certifié"),
    Status.IN_PROGRESS: _l("En démarche"),
}

_SENTENCES = {
    Status.REVOKED: _l("La certification de %(employer)s a été retirée. Cette vignette ne vaut plus rien."),
    Status.EXPIRED: _l("La certification de %(employer)s est terminée et n’a pas été renouvelée. Cette vignette ne vaut plus."),
    Status.SUSPENDED: _l("La certification de %(employer)s est suspendue pour le moment : elle ne compte pas aujourd’hui."),
    Status.PAUSED: _l(
        "Le programme de cette région est en pause. Ce qui a été accordé à %(employer)s demeure, mais rien de nouveau n’est délivré."
    ),
    Status.SUPPORTER: _l("%(employer)s n’embauche pas d’élèves, mais appuie publiquement la conciliation études-travail."),
    Status.CERTIFIED: _l("%(employer)s s’est engagé envers la réussite des élèves à son emploi, et un programme régional l’a validé."),
    Status.IN_PROGRESS: _l("%(employer)s a entrepris sa certification. Elle n’est pas encore accordée."),
}
