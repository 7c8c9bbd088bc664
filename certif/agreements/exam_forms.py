"""What staff type of exam weeks."""

from __future__ import annotations

from typing import Any

from certif.agreements.exam_actions import PeriodTerms
from certif.agreements.exam_model import EXAM_KINDS, ExamKind
from certif.kit.forms import Choice, Choices, Day, Form, ShortText
from certif.kit.languages import _l
from certif.territory import Partner

CONFIDENCE = {
    "A": _l("Vu dans le calendrier officiel"),
    "B": _l("Dit par l’organisme scolaire"),
    "C": _l("Déduit d’une autre année"),
    "U": _l("À confirmer"),
}


class PeriodForm(Form):
    """When exams are held, by one or more school bodies."""

    bodies = Choices(_l("Organismes scolaires"))
    kind = Choice(_l("Examens"), choices=list(EXAM_KINDS.items()))
    first_day = Day(_l("Premier jour"))
    last_day = Day(_l("Dernier jour"))
    source = ShortText(_l("Source"), hint=_l("Où ces dates sont écrites : calendrier scolaire, courriel de la direction…"))
    confidence = Choice(_l("Fiabilité"), choices=list(CONFIDENCE.items()))

    def offer(self, bodies: list[Partner]) -> PeriodForm:
        """Offer the school bodies of the region."""
        self._bodies = {one.ref: one for one in bodies}
        self.bodies.choices = [(one.ref, one.name) for one in bodies]
        return self

    @property
    def chosen(self) -> list[Partner]:
        """The school bodies that were ticked."""
        return [self._bodies[ref] for ref in self.bodies.data]

    @property
    def terms(self) -> PeriodTerms:
        """What is noted."""
        said: Any = (self.first_day.data, self.last_day.data, self.source.data, self.confidence.data)
        return PeriodTerms(ExamKind(self.kind.data), *said)
