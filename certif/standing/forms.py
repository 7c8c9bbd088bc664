"""What staff type when they suspend, reinstate or revoke."""

from __future__ import annotations

from wtforms import HiddenField

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


class RenewForm(Form):
    """Each thing answered last time is still right. `seen`: the digest of what was on the screen."""

    seen = HiddenField()
    employer_is_right = Tick(
        _l("L’organisation : c’est toujours exact"),
        required=_l("Relisez ce qui est dit de l’organisation, puis cochez sa case ; ou corrigez d’abord ce qui a changé."),
    )
    places_are_right = Tick(
        _l("Les établissements : c’est toujours exact"),
        required=_l("Relisez les établissements, puis cochez leur case ; ou corrigez d’abord ce qui a changé."),
    )
    contact_is_right = Tick(
        _l("La personne-ressource : c’est toujours exact"),
        required=_l("Relisez ce qui est dit de la personne-ressource, puis cochez sa case ; ou corrigez d’abord ce qui a changé."),
    )
    commitments_are_right = Tick(
        _l("Les engagements : nous continuons"),
        required=_l("Relisez les engagements, puis cochez leur case pour continuer."),
    )
