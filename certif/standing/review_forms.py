"""What is typed when a decision of a machine is reviewed by a person."""

from __future__ import annotations

from certif.kit.forms import Choice, Form, LongText
from certif.kit.languages import _l
from certif.standing.review_model import Outcome


class AskReviewForm(Form):
    """What the employer has to say of the decision."""

    words = LongText(
        _l("Vos observations"), most=2000,
        hint=_l("Ce que vous pensez de la décision, ce qui n’est pas exact, ou ce que vous voulez savoir."),
    )  # fmt: skip


class AnswerReviewForm(Form):
    """What came of the review, and why."""

    outcome = Choice(_l("Issue"), radio=True, choices=[(one.value, one.label) for one in Outcome])
    answer = LongText(_l("Réponse"), hint=_l("Elle part à la personne-ressource, et reste au journal."), most=2000)
