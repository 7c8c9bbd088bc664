"""What deciders type: what they say of an entry, and the minutes of a phase."""

from __future__ import annotations

from certif.kit.forms import Choice, Form, LongText, Number
from certif.kit.languages import _l


class VerdictForm(Form):
    """Whether an entry may go on, its place among equals, and why."""

    outcome = Choice(_l("Décision"), radio=True, choices=[("kept", _l("Peut continuer")), ("left", _l("Ne continue pas"))])
    place = Number(
        _l("Place parmi les égaux"), least=1, most=10_000, required=False, hint=_l("Seulement pour départager : 1 passe en premier.")
    )  # fmt: skip
    reason = LongText(_l("Raison"), most=1000, hint=_l("Elle reste dans le dossier du concours. Ne nommez aucun élève."))


class ClosingForm(Form):
    """The minutes of a phase."""

    minutes = LongText(
        _l("Procès-verbal"), most=5000,
        hint=_l("Qui était là, ce qui a été décidé et pourquoi. Le classement et les raisons y sont joints. Il ne se change plus ensuite."),
    )  # fmt: skip
