"""What is typed in an examination: what the employer shows and replies, and what staff find and conclude."""

from __future__ import annotations

from certif.kit.forms import Choice, Form, LongText
from certif.kit.languages import _l
from certif.sampling.model import Outcome
from certif.standing import piece_field


class AnswerForm(Form):
    """What the employer shows."""

    words = LongText(
        _l("Ce que vous faites pour tenir vos engagements"),
        most=3000,
        hint=_l("Par exemple : comment les horaires sont faits, ce qui change pendant les examens, qui y veille. Ne nommez aucun élève."),
    )
    piece = piece_field(_l("Pièce à l’appui, si vous voulez : PDF, PNG ou JPEG de 2 Mo au plus"))


class ReplyForm(Form):
    """The employer's reply to a finding."""

    words = LongText(_l("Votre réponse"), most=3000, hint=_l("Elle sera lue avant toute conclusion."))


class JudgementForm(Form):
    """What staff find, or conclude, and why."""

    outcome = Choice(_l("Constat"), radio=True)
    reason = LongText(_l("Motif"), most=2000, hint=_l("L’employeur le lira tel quel."))

    def offer(self) -> JudgementForm:
        """Give the outcomes, in the reader's language."""
        self.outcome.choices = [(one.value, one.label) for one in Outcome]
        return self
