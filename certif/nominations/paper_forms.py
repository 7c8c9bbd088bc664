"""What staff type from a nomination on paper."""

from __future__ import annotations

from collections.abc import Sequence

from certif.kit.forms import ShortText, Tick
from certif.kit.languages import _l
from certif.nominations.nominate_forms import SaidForm
from certif.nominations.nominate_queries import Area, Door
from certif.nominations.nominate_said import asks_parent


class PaperForm(SaidForm):
    """What a student wrote, and the number printed on the form."""

    number = ShortText(
        _l("Numéro du formulaire"), most=40, required=False,
        hint=_l("S’il en porte un. Sinon, un prénom et une école désignent une personne : la même ne compte qu’une fois par boss."),
    )  # fmt: skip
    parent_signed = Tick(_l("Un parent a signé le formulaire"), hint=_l("Obligatoire avant 14 ans."))

    def offer(self, door: Door, areas: Sequence[Area]) -> PaperForm:
        """Ask what this contest needs, and nothing else."""
        super().offer(door, areas)
        if not asks_parent(door.definition.eligibility):
            del self.parent_signed
        return self
