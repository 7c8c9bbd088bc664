"""What staff type when they suspend, reinstate or revoke."""

from __future__ import annotations

from certif.kit.forms import Form, LongText, Tick
from certif.kit.languages import _l


class ReasonForm(Form):
    """Why: the employer will read it."""

    reason = LongText(
        _l("Motif"), hint=_l("Il sera envoyé à la personne-ressource et gardé au journal ; le public ne le voit pas."), most=2000
    )


class RevokeForm(ReasonForm):
    """Why, and a box that says that it is for good."""

    understood = Tick(_l("Je comprends que la révocation est définitive"), required=True)
