"""What is typed of an invitation: whom, and what they answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wtforms import ValidationError

from certif.kit.forms import Choice, Day, Email, Form, LongText, ShortText
from certif.kit.languages import LANGUAGES, _, _l
from certif.visits.invitation_model import ANSWERS, InvitationAnswer
from certif.visits.plan_forms import Hour, at_hour


class InviteForm(Form):
    """Somebody to invite."""

    name = ShortText(_l("Nom"), most=120)
    email = Email(_l("Courriel"), hint=_l("L’invitation part aussitôt, avec de quoi l’ajouter à un agenda."))
    language = Choice(_l("Langue de l’invitation"), choices=list(LANGUAGES.items()))


class AnswerForm(Form):
    """What whoever is invited answers."""

    answer = Choice(_l("Votre réponse"), radio=True, choices=list(ANSWERS.items()))
    day = Day(_l("Date qui vous conviendrait"), required=False, hint=_l("Si vous proposez un autre moment."))
    hour = Hour(_l("Heure"), most=10, required=False, hint=_l("Comme 13 h 30."))
    note = LongText(_l("Un mot"), most=500, required=False)

    proposed_at: dt.datetime | None = None

    @property
    def said(self) -> InvitationAnswer:
        """What was answered."""
        return InvitationAnswer(self.answer.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; another time must be said in full."""
        if not super().validate(extra_validators):
            return False
        if self.answer.data != InvitationAnswer.PROPOSED:
            return True
        if not self.day.data or not self.hour.data:
            self.day.errors = [*self.day.errors, _("Écrivez la date et l’heure qui vous conviendraient.")]
            return False
        try:
            self.proposed_at = at_hour(self.day.data, self.hour.data)
        except ValidationError as fault:
            self.hour.errors = [*self.hour.errors, str(fault)]
            return False
        return True
