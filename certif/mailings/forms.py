"""What staff choose: whom to write to, and a word of their own."""

from __future__ import annotations

from certif.kit.forms import Choice, Form, LongText
from certif.kit.languages import _l
from certif.mailings.model import AUDIENCES, Audience

_CHOSEN_ELSEWHERE = {Audience.SELECTED, Audience.BULLETIN}


class DraftForm(Form):
    """Whom a letter is for, and what the sender adds."""

    program = Choice(_l("Programme"))
    audience = Choice(
        _l("Destinataires"), radio=True, choices=[(one.value, label) for one, label in AUDIENCES.items() if one not in _CHOSEN_ELSEWHERE]
    )
    note = LongText(_l("Un mot de votre part"), hint=_l("Il sera placé au début du courriel, tel quel."), required=False, most=1000)

    def offer(self, programs: list[tuple[str, str]]) -> DraftForm:
        """Offer the programs whose staff this person is."""
        self.program.choices = programs
        return self
